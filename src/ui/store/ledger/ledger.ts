/**
 * Writes down what was spent, as soon as the service has said it, and reads it back for the screen. Several windows may
 * write the same page: each reads it just before it writes, and reads it once more when a write of another window that
 * was under way has landed. What is lost all the same is written again at the next opening, from the job's own record.
 */
import type { World } from '../../../api/world';
import type { PluginError } from '../../../core/errors';
import type { Job } from '../../../core/job/job';
import { SETTLE } from '../../../core/lease';
import { chargeKey, type Spending, spendingsOf } from '../../../core/money/ledger';
import { LEDGER_KEYS, ledgerKey } from '../../../core/records';
import { failed, ok, type Result } from '../../../core/result';
import type { Host } from '../../../protocol/connect';
import type { Store } from '../store';
import { ASIDE_LEDGER_KEYS, byPage, pageWrites, readPages } from './pages';

export interface Ledger {
  /**
   * Adds a line for each of these jobs that has been charged and has none yet. An error says that at least one is
   * missing: its job's record must then be kept. Says so on the screen by itself.
   */
  settle(jobs: readonly Job[]): Promise<Result<null, PluginError>>;
  /** Reads all pages anew for the screen. */
  read(): Promise<void>;
}

/** Windows that write at the same moment come to rest after one more turn each. */
const MOST_TURNS = 6;

/** Settling takes turns; what comes while one is being written is written together next. */
export function createLedger(host: Host, store: Store, world: Pick<World, 'sleep'>, life: AbortSignal): Ledger {
  const settled = new Set<string>();
  let queue: Promise<unknown> = Promise.resolve();
  /** What is written when the writing that is under way has ended. */
  let next: { readonly jobs: Job[]; readonly turn: Promise<Result<null, PluginError>> } | null = null;

  const writePage = async (month: string, lines: readonly Spending[]): Promise<Result<null, PluginError>> => {
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      const records = await host.call('record.read', { prefix: ledgerKey(month, 0) });
      const aside = await host.call('record.read', { prefix: ASIDE_LEDGER_KEYS });
      if (!records.ok) return records;
      if (!aside.ok) return aside;
      const taken = new Set(aside.value.map(({ key }) => key));
      const writes = pageWrites(records.value, month, lines, (key) => freeKey(key, taken));
      if (writes.length === 0) return ok(null);
      for (const write of writes) {
        const saved = await host.call('record.save', write);
        if (!saved.ok) return saved;
      }
      await world.sleep(SETTLE, life);
    }
    return failed({ code: 'spending-unwritten' });
  };

  const settle = async (lines: readonly Spending[]): Promise<Result<null, PluginError>> => {
    let result: Result<null, PluginError> = ok(null);
    for (const [month, some] of byPage(lines)) {
      const written = await writePage(month, some);
      if (written.ok) for (const line of some) settled.add(chargeKey(line));
      else result = failed({ code: 'spending-unwritten' });
    }
    return result;
  };

  const read = async (): Promise<void> => {
    const pages = await host.call('record.read', { prefix: LEDGER_KEYS });
    const aside = await host.call('record.read', { prefix: ASIDE_LEDGER_KEYS });
    if (!pages.ok) return store.dispatch({ type: 'ledger', ledger: { state: 'failed', error: pages.error } });
    if (!aside.ok) return store.dispatch({ type: 'ledger', ledger: { state: 'failed', error: aside.error } });
    const reading = readPages([...pages.value, ...aside.value]);
    store.dispatch({ type: 'ledger', ledger: { state: 'known', ...reading } });
  };

  const isShown = (): boolean => {
    const state = store.get();
    return state.phase === 'ready' && state.ledger.state !== 'unread';
  };

  const write = async (jobs: readonly Job[]): Promise<Result<null, PluginError>> => {
    const lines = jobs.flatMap(spendingsOf).filter((line) => !settled.has(chargeKey(line)));
    if (lines.length === 0) return ok(null);
    try {
      const result = await settle(lines);
      if (!result.ok) store.dispatch({ type: 'trouble', error: result.error });
      if (isShown()) await read();
      return result;
    } catch (thrown) {
      // The panel goes away: the next opening writes it.
      if (life.aborted) return failed<PluginError>({ code: 'spending-unwritten' });
      throw thrown;
    }
  };

  return {
    read,
    settle(jobs) {
      if (next !== null) {
        // Many results of a batch are written together.
        next.jobs.push(...jobs);
        return next.turn;
      }
      const mine: Job[] = [...jobs];
      const turn = queue.then(() => {
        next = null;
        return write(mine);
      });
      next = { jobs: mine, turn };
      queue = turn.catch(() => undefined);
      return turn;
    },
  };
}

/** Nothing that was put aside is written over. */
function freeKey(key: string, taken: ReadonlySet<string>): string {
  let free = key;
  for (let count = 2; taken.has(free); count++) free = `${key} ${count}`;
  return free;
}
