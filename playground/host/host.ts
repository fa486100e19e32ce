/**
 * Figma's place around a plugin: runs the built code against a document, and hands on what it shows.
 * The same in Node and in a page; what differs (the VM's binary, picture codecs, timers) is handed in.
 */
import type { CanvasDocument } from '../document/document';
import { absoluteBox } from '../document/tree';
import { createPictures, type PictureCodec } from '../paint/pictures';
import { asyncAnswers } from './asyncAnswers';
import type { GuestSetup, Suggestion, Turn } from './calls';
import { changedNodes } from './changes';
import { memoryStorage, type StorageBacking } from './clientStorage';
import { type Faults, noFaults } from './faults';
import { type Manifest, parseManifest } from './manifest';
import { refusedCode } from './refusedCode';
import type { Parameters, Start } from './run';
import { createSurface, type Surface } from './surface';
import { syncAnswers } from './syncAnswers';
import { startVm, type Vm } from './vm';
import { pack, unpack } from './wire';

/** What it takes to start a VM anywhere. */
export interface Machine {
  readonly wasm: WebAssembly.Module;
  /** playground/guest/main.ts as one script. */
  readonly guest: string;
  /** `memberNames` of Figma's typings. */
  readonly members: GuestSetup['members'];
  readonly codec: PictureCodec;
}

export interface Clock {
  setTimeout(act: () => void, milliseconds: number): unknown;
  clearTimeout(handle: unknown): void;
}

export interface HostOptions {
  readonly machine: Machine;
  /** The built plugin, as its files are. */
  readonly plugin: { readonly code: string; readonly html: string | null; readonly manifest: unknown };
  readonly document: CanvasDocument;
  readonly storage?: StorageBacking;
  readonly clock?: Clock;
  readonly user?: { readonly id: string; readonly name: string };
}

export interface Host {
  readonly document: CanvasDocument;
  readonly storage: StorageBacking;
  readonly surface: Surface;
  readonly manifest: Manifest;
  /** Change its fields at any time. */
  readonly faults: Faults;
  /** Starts the plugin, ending a run that is still on. Resolves when it has come to rest. */
  run(command: string, parameters?: Parameters): Promise<void>;
  /** Quick actions: what the plugin offers for a parameter while the user types. Null = it offered nothing. */
  suggest(command: string, key: string, query: string, parameters?: Parameters): Promise<Suggestion | null>;
  running(): boolean;
  /** The command of the last start, or the empty text. */
  lastCommand(): string;
  /** From the plugin's window to its main thread. Only plain data and Uint8Array: anything else throws. */
  postToPlugin(message: unknown, origin?: string): void;
  /** From the main thread to the window. */
  onPluginMessage(hear: (message: unknown) => void): () => void;
  /** The user closes the plugin's window, or starts something else: the plugin ends. */
  close(): void;
  /** The user presses a toast's button. */
  pressNotice(id: number): void;
  undo(): void;
  redo(): void;
  /** Ends the run and starts it again with the same command, as a new VM with the document as it is. */
  restart(): Promise<void>;
  /** Resolves when no turn and no answer of the host is waiting; timers of the plugin do not count. */
  settled(): Promise<void>;
}

interface Run {
  readonly start: Start;
  readonly vm: Vm;
  readonly query: boolean;
  readonly suggestions: Map<number, (suggestion: Suggestion) => void>;
  readonly timers: Map<number, unknown>;
  over: boolean;
}

export function createHost(options: HostOptions): Host {
  const { document, machine } = options;
  const clock = options.clock ?? realClock();
  const manifest = parseManifest(options.plugin.manifest);
  const storage = options.storage ?? memoryStorage();
  const faults = noFaults();
  const surface = createSurface((id) => absoluteBox(document.tree(), id));
  const pictures = createPictures(document.images, machine.codec);
  let run: Run | null = null;
  let last: Start = { command: '', parameters: undefined };
  let queue: Turn[] = [];
  let flushing = false;
  let answering = 0;
  let seen = document.tree();
  let lastSuggestion = 0;

  const wait = (milliseconds: number): Promise<void> =>
    milliseconds <= 0 ? Promise.resolve() : new Promise((resolve) => void clock.setTimeout(resolve, milliseconds));

  const flush = (): void => {
    flushing = false;
    while (run !== null && queue.length > 0) {
      const turn = queue.shift() as Turn;
      const { json, bytes } = pack(turn);
      const thrown = run.vm.dispatch(json, bytes);
      if (thrown !== null) surface.write('error', thrown);
      if (run?.over) finish();
    }
  };
  const deliver = (turn: Turn): void => {
    if (run === null || run.over) return;
    queue.push(turn);
    if (flushing) return;
    flushing = true;
    queueMicrotask(flush);
  };
  /** Ends the run after the turn in which it was closed. */
  const finish = (): void => {
    if (run === null) return;
    for (const handle of run.timers.values()) clock.clearTimeout(handle);
    for (const answer of run.suggestions.values()) answer({ kind: 'list', items: [] });
    run.vm.end();
    run = null;
    queue = [];
    document.commit();
    surface.closeWindow();
  };
  const close = (): void => {
    if (run === null) return;
    const thrown = run.vm.dispatch(pack({ type: 'close' } satisfies Turn).json, []);
    if (thrown !== null) surface.write('error', thrown);
    finish();
  };

  document.subscribe((what, author) => {
    if (run === null) return;
    if (what === 'tree') {
      const changes = changedNodes(seen, document.tree(), author === 'teammate' ? 'REMOTE' : 'LOCAL');
      const styles = seen.styles !== document.tree().styles;
      seen = document.tree();
      if (changes.length > 0 || styles) deliver({ type: 'changes', changes, styles });
    }
    if (what === 'page') deliver({ type: 'currentpagechange' });
    const told = queue.some((turn) => turn.type === 'selectionchange');
    if ((what === 'selection' || what === 'page') && !told) deliver({ type: 'selectionchange' });
  });
  surface.onNotice((notice) => {
    if (Number.isFinite(notice.timeout))
      clock.setTimeout(() => surface.endNotice(notice.id, 'timeout'), notice.timeout);
  });
  surface.onNoticeEnd((id, reason) => deliver({ type: 'notice', id, reason }));

  const begin = async (start: Start, query: boolean): Promise<Run | null> => {
    close();
    const refused = refusedCode(options.plugin.code);
    if (refused !== null) {
      surface.write('error', refused);
      return null;
    }
    const loadedPages = new Set<string>();
    const timers = new Map<number, unknown>();
    const suggestions = new Map<number, (suggestion: Suggestion) => void>();
    const sync = syncAnswers({
      document,
      surface,
      faults,
      loadedPages,
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
      close(message) {
        if (message !== null) surface.showNotice({ ...CLOSING, id: surface.notices().length + 1, text: message });
        if (run !== null) run.over = true;
        else ended = true;
      },
      suggested: (id, suggestion) => suggestions.get(id)?.(suggestion),
    });
    const later = asyncAnswers({ document, storage, pictures, faults, loadedPages, wait });
    let ended = false;
    let mine: Run | null = null;
    const settle = (turn: Turn): void => {
      answering -= 1;
      if (run === mine) deliver(turn);
    };
    const vm = await startVm(machine.wasm, (json, bytes) => {
      const { name, ask, call } = unpack(json, bytes) as { name: string; ask: never; call?: number };
      if (call === undefined) {
        const answer: unknown = sync[name as keyof typeof sync](ask);
        const refused = typeof answer === 'object' && answer !== null && 'refused' in answer;
        return JSON.stringify(refused ? answer : { value: answer });
      }
      answering += 1;
      void later[name as keyof typeof later](ask).then(
        (value) => settle({ type: 'settle', call, ok: true, value }),
        (thrown: unknown) => settle({ type: 'settle', call, ok: false, message: messageOf(thrown) }),
      );
      return '{"value":null}';
    });
    const setup: GuestSetup = {
      command: start.command,
      editorType: 'figma',
      html: options.plugin.html,
      pluginId: manifest.id,
      user: manifest.permissions.includes('currentuser') ? (options.user ?? { id: '1', name: 'You' }) : null,
      query,
      lastNotice: surface.notices().length,
      relaunchCommands: manifest.relaunchButtons.map((button) => button.command),
      members: machine.members,
    };
    const prepared = vm.evaluate(
      `globalThis.__setup = ${JSON.stringify(JSON.stringify(setup))};\n${machine.guest}`,
      'figma.js',
    );
    if (prepared !== null) throw new Error(`The guest does not start: ${prepared}`);
    seen = document.tree();
    mine = { start, vm, query, suggestions, timers, over: false };
    run = mine;
    queue = [];
    const thrown = vm.evaluate(options.plugin.code, 'code.js');
    if (thrown !== null) surface.write('error', thrown);
    if (ended || mine.over) {
      finish();
      return null;
    }
    return mine;
  };

  const settled = async (): Promise<void> => {
    do await new Promise<void>((resolve) => setTimeout(resolve, 0));
    while (answering > 0 || (run !== null && queue.length > 0));
  };

  const start = async (next: Start): Promise<void> => {
    last = next;
    document.commit();
    const begun = await begin(next, false);
    if (begun !== null) deliver({ type: 'run', command: next.command, parameters: next.parameters });
    await settled();
  };

  return {
    document,
    storage,
    surface,
    manifest,
    faults,
    run: (command, parameters) => start({ command, parameters }),
    async suggest(command, key, query, parameters = {}) {
      const same = run?.query === true && run.start.command === command;
      const current = same ? run : await begin({ command, parameters: undefined }, true);
      if (current === null) return null;
      const id = ++lastSuggestion;
      const answer = new Promise<Suggestion>((resolve) => current.suggestions.set(id, resolve));
      deliver({ type: 'suggest', id, key, query, parameters });
      const outcome = await Promise.race([answer, settled().then(() => null)]);
      current.suggestions.delete(id);
      return outcome;
    },
    running: () => run !== null,
    lastCommand: () => last.command,
    postToPlugin(message, origin = 'null') {
      pack(message);
      deliver({ type: 'message', message, origin });
    },
    onPluginMessage: (hear) => surface.onWindowMessage(hear),
    close,
    pressNotice: (id) => void surface.endNotice(id, 'action_button_click'),
    undo: () => void document.undo(),
    redo: () => void document.redo(),
    restart: () => start(last),
    settled,
  };
}

/** The toast of `closePlugin(message)`. */
const CLOSING = { error: false, timeout: 3000, button: null };

function realClock(): Clock {
  return {
    setTimeout: (act, milliseconds) => setTimeout(act, milliseconds),
    clearTimeout: (handle) => clearTimeout(handle as ReturnType<typeof setTimeout>),
  };
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
