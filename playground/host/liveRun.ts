/**
 * One run of the plugin: its VM, its timers, and the queue of what it is still to be told. Turns are taken one at a
 * time and never inside one another; when the plugin has closed itself, the turn it did so in is the last.
 */
import type { AsyncAnswers } from './asyncAnswers';
import type { GuestSetup, Suggestion, Turn } from './calls';
import type { Start } from './run';
import type { SyncAnswers, SyncWorld } from './syncAnswers';
import { startVm } from './vm';
import { pack, unpack } from './wire';

export interface Clock {
  setTimeout(act: () => void, milliseconds: number): unknown;
  clearTimeout(handle: unknown): void;
}

export interface RunOptions {
  readonly start: Start;
  readonly setup: GuestSetup;
  readonly code: string;
  readonly wasm: WebAssembly.Module;
  readonly guest: string;
  readonly clock: Clock;
  /** What the run itself adds to the world of its answers. */
  readonly sync: (own: Pick<SyncWorld, 'timers' | 'close' | 'suggested'>) => SyncAnswers;
  readonly later: AsyncAnswers;
  readonly onError: (text: string) => void;
  /** The run is over, with the message that it closed with. Called once. */
  readonly onEnd: (message: string | null) => void;
}

export interface LiveRun {
  readonly start: Start;
  readonly query: boolean;
  /** Evaluates the plugin's code: hand the run out before, it may already be asked things. */
  begin(): void;
  deliver(turn: Turn): void;
  /** True while a turn of this kind waits to be taken. */
  awaits(type: Turn['type']): boolean;
  suggest(turn: Omit<Extract<Turn, { type: 'suggest' }>, 'type' | 'id'>): Promise<Suggestion>;
  /** Nothing to be told and nothing being answered. */
  resting(): boolean;
  /** From outside: the plugin hears `close`, and ends. */
  close(): void;
}

/** Rejects only when the guest itself is broken; what the plugin throws goes to `onError`. */
export async function startRun(options: RunOptions): Promise<LiveRun> {
  const { clock, onError } = options;
  const timers = new Map<number, unknown>();
  const suggestions = new Map<number, (suggestion: Suggestion) => void>();
  let queue: Turn[] = [];
  let flushing = false;
  let answering = 0;
  let lastSuggestion = 0;
  let closed: { readonly message: string | null } | null = null;
  let over = false;

  const sync = options.sync({
    timers: {
      set(id, milliseconds, repeat) {
        const fire = (): void => {
          if (repeat) timers.set(id, clock.setTimeout(fire, milliseconds));
          else timers.delete(id);
          deliver({ type: 'timer', id });
        };
        timers.set(id, clock.setTimeout(fire, milliseconds));
      },
      clear(id) {
        clock.clearTimeout(timers.get(id));
        timers.delete(id);
      },
    },
    close: (message) => {
      closed = { message };
    },
    suggested: (id, suggestion) => suggestions.get(id)?.(suggestion),
  });
  const vm = await startVm(options.wasm, (json, bytes) => {
    // Only the guest calls this, and it packs by the tables of calls.ts.
    const { name, ask, call } = unpack(json, bytes) as { name: string; ask: never; call?: number };
    if (call === undefined) return answered(sync[name as keyof SyncAnswers](ask));
    answering += 1;
    const settle = (turn: Turn): void => {
      answering -= 1;
      deliver(turn);
    };
    void options.later[name as keyof AsyncAnswers](ask).then(
      (value) => settle({ type: 'settle', call, ok: true, value }),
      (thrown: unknown) => settle({ type: 'settle', call, ok: false, message: messageOf(thrown) }),
    );
    return answered(null);
  });
  const setup = JSON.stringify(JSON.stringify(options.setup));
  const broken = vm.evaluate(`globalThis.__setup = ${setup};\n${options.guest}`, 'figma.js');
  if (broken !== null) throw new Error(`The guest does not start: ${broken}`);

  const end = (): void => {
    if (over) return;
    over = true;
    for (const handle of timers.values()) clock.clearTimeout(handle);
    for (const answer of suggestions.values()) answer({ kind: 'list', items: [] });
    queue = [];
    vm.end();
    options.onEnd(closed?.message ?? null);
  };
  /** After every turn: what it threw is told, and a plugin that closed itself ends. */
  const turned = (thrown: string | null): void => {
    if (thrown !== null) onError(thrown);
    if (closed !== null) end();
  };
  const flush = (): void => {
    flushing = false;
    while (!over && queue.length > 0) {
      const { json, bytes } = pack(queue.shift());
      turned(vm.dispatch(json, bytes));
    }
  };
  const deliver = (turn: Turn): void => {
    if (over) return;
    queue.push(turn);
    if (flushing) return;
    flushing = true;
    queueMicrotask(flush);
  };
  return {
    start: options.start,
    query: options.setup.query,
    begin: () => turned(vm.evaluate(options.code, 'code.js')),
    deliver,
    awaits: (type) => queue.some((turn) => turn.type === type),
    suggest(turn) {
      lastSuggestion += 1;
      const id = lastSuggestion;
      deliver({ type: 'suggest', id, ...turn });
      return new Promise((resolve) => suggestions.set(id, resolve));
    },
    resting: () => over || (answering === 0 && queue.length === 0),
    close() {
      if (over) return;
      const thrown = vm.dispatch(pack({ type: 'close' } satisfies Turn).json, []);
      if (thrown !== null) onError(thrown);
      end();
    },
  };
}

function answered(answer: unknown): string {
  const refused = typeof answer === 'object' && answer !== null && 'refused' in answer;
  return JSON.stringify(refused ? answer : { value: answer });
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
