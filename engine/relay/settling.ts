/**
 * Looks after jobs that nobody asks about any more: what each cost is logged although its client is gone, and a job
 * whose answer was lost with an earlier relay is found in the list.
 */
import type { RelayContext } from './context';
import { adopt, notice } from './reading';
import { listPath, STATUS_PATH } from './route';
import { askService, jsonOf } from './service';

/** Milliseconds: the service keeps a job for 7 days. */
const KEPT = 7 * 86_400_000;
/** Jobs looked at in one round, and pages of the list. */
const A_ROUND = 20;
const PAGES = 5;

/** One job, once. */
export async function lookAt(context: RelayContext, id: string, signal: AbortSignal): Promise<void> {
  const answer = await askService(context, { method: 'GET', path: `${STATUS_PATH}/${id}` }, signal);
  if (!answer.ok || signal.aborted) return;
  const body = jsonOf(answer.value) as Readonly<Record<string, unknown>> | null | undefined;
  if (answer.value.status < 300 && body?.['process_id'] === id) notice(context, body);
}

/** The list's first pages, newest first: each job in it finds its owner. */
export async function lookThrough(context: RelayContext, signal: AbortSignal): Promise<void> {
  let cursor: string | null = null;
  for (let page = 0; page < PAGES; page++) {
    const answer = await askService(context, { method: 'GET', path: listPath(100, cursor) }, signal);
    if (!answer.ok || signal.aborted || answer.value.status >= 300) return;
    const body = jsonOf(answer.value) as { readonly data?: unknown; readonly pagination?: unknown } | null | undefined;
    if (!Array.isArray(body?.data)) return;
    for (const entry of body.data as unknown[]) {
      if (typeof entry === 'object' && entry !== null) adopt(context, entry as Readonly<Record<string, unknown>>);
    }
    const next = (body.pagination as { readonly next_cursor?: unknown } | undefined)?.next_cursor;
    if (typeof next !== 'string' || next === '') return;
    cursor = next;
  }
}

export interface Settling {
  /** Soon, besides the rounds: its price is known then. */
  look(id: string): void;
  close(): void;
}

/** `every`: milliseconds between two rounds. `log` hears when nothing can be written down. */
export function startSettling(context: RelayContext, every: number, log: (line: string) => void): Settling {
  const closing = new AbortController();
  const { signal } = closing;
  const { journal } = context;
  let from = 0;
  const round = async (): Promise<void> => {
    const all = journal.running();
    const some = Array.from({ length: Math.min(A_ROUND, all.length) }, (_, at) => all[(from + at) % all.length]!);
    from += A_ROUND;
    for (const { id, at } of some) {
      if (signal.aborted) return;
      if (context.now() - at > KEPT) journal.over(id);
      else await lookAt(context, id, signal);
    }
  };
  // Nobody waits for these: a full disk must not take the relay down with the jobs that are on their way.
  const alone = (work: Promise<void>): Promise<void> =>
    work.catch((error: unknown) =>
      log(`A look at the jobs failed: ${(error as NodeJS.ErrnoException).code ?? 'bug'}.`),
    );
  // What an earlier relay sent and never heard of.
  void alone(lookThrough(context, signal));
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    void alone(round()).then(() => {
      busy = false;
    });
  }, every);
  timer.unref();
  return {
    look: (id) => void alone(lookAt(context, id, signal)),
    close: () => {
      clearInterval(timer);
      closing.abort();
    },
  };
}
