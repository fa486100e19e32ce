/**
 * Figma's place around a plugin: runs the built code against a document, and hands on what it shows.
 * The same in Node and in a page; what differs (the VM's binary, picture codecs, timers) is handed in.
 */
import type { CanvasDocument } from '../document/document';
import { absoluteBox } from '../document/tree';
import { createPictures, type PictureCodec } from '../paint/pictures';
import { asyncAnswers } from './asyncAnswers';
import type { GuestSetup, Suggestion } from './calls';
import { changedNodes } from './changes';
import { memoryStorage, type StorageBacking } from './clientStorage';
import { type Faults, noFaults } from './faults';
import { type Clock, type LiveRun, startRun } from './liveRun';
import { type Manifest, parseManifest } from './manifest';
import { refusedCode } from './refusedCode';
import type { Parameters, Start } from './run';
import { createSurface, type Surface } from './surface';
import { syncAnswers } from './syncAnswers';
import { pack } from './wire';

export type { Clock };

/** What it takes to start a VM anywhere. */
export interface Machine {
  readonly wasm: WebAssembly.Module;
  /** playground/guest/main.ts as one script. */
  readonly guest: string;
  /** `memberNames` of Figma's typings. */
  readonly members: GuestSetup['members'];
  readonly codec: PictureCodec;
}

export interface HostOptions {
  readonly machine: Machine;
  /** The built plugin, as its files are. */
  readonly plugin: { readonly code: string; readonly html: string | null; readonly manifest: unknown };
  readonly document: CanvasDocument;
  readonly storage?: StorageBacking;
  readonly clock?: Clock;
  readonly user?: { readonly id: string; readonly name: string };
  /** Tells the windows on one document from one another. */
  readonly session?: number;
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

/** The toast of `closePlugin(message)`. */
const CLOSING = { error: false, timeout: 3000, button: null };

/** No plugin runs before it is asked for. Throws when the manifest cannot be read. */
export function createHost(options: HostOptions): Host {
  const { document, machine, plugin } = options;
  const clock = options.clock ?? realClock();
  const manifest = parseManifest(plugin.manifest);
  const storage = options.storage ?? memoryStorage();
  const faults = noFaults();
  const surface = createSurface((id) => absoluteBox(document.tree(), id));
  const pictures = createPictures(document.images, machine.codec);
  let run: LiveRun | null = null;
  let last: Start = { command: '', parameters: undefined };
  let seen = document.tree();

  const wait = (milliseconds: number): Promise<void> =>
    milliseconds <= 0 ? Promise.resolve() : new Promise((resolve) => void clock.setTimeout(resolve, milliseconds));

  document.subscribe((what, author) => {
    if (run === null) return;
    if (what === 'tree') {
      const changes = changedNodes(seen, document.tree(), author === 'teammate' ? 'REMOTE' : 'LOCAL');
      const styles = seen.styles !== document.tree().styles;
      seen = document.tree();
      if (changes.length > 0 || styles) run.deliver({ type: 'changes', changes, styles });
    }
    if (what === 'page') run.deliver({ type: 'currentpagechange' });
    const moved = what === 'selection' || what === 'page';
    if (moved && !run.awaits('selectionchange')) run.deliver({ type: 'selectionchange' });
  });
  surface.onNotice(({ id, timeout }) => {
    if (Number.isFinite(timeout)) clock.setTimeout(() => surface.endNotice(id, 'timeout'), timeout);
  });
  surface.onNoticeEnd((id, reason) => run?.deliver({ type: 'notice', id, reason }));

  const setupFor = (command: string, query: boolean): GuestSetup => ({
    command,
    editorType: 'figma',
    html: plugin.html,
    pluginId: manifest.id,
    user: manifest.permissions.includes('currentuser')
      ? { id: '1', name: 'You', ...options.user, session: options.session ?? 1 }
      : null,
    query,
    lastNotice: surface.notices().length,
    relaunchCommands: manifest.relaunchButtons.map((button) => button.command),
    members: machine.members,
  });

  const begin = async (start: Start, query: boolean): Promise<LiveRun | null> => {
    run?.close();
    document.commit();
    const refused = refusedCode(plugin.code);
    if (refused !== null) {
      surface.write('error', refused);
      return null;
    }
    const loadedPages = new Set<string>();
    const started: LiveRun = await startRun({
      start,
      setup: setupFor(start.command, query),
      code: plugin.code,
      wasm: machine.wasm,
      guest: machine.guest,
      clock,
      sync: (own) => syncAnswers({ document, surface, faults, loadedPages, ...own }),
      later: asyncAnswers({ document, storage, pictures, faults, loadedPages, wait }),
      onError: (text) => void surface.write('error', text),
      onEnd(message) {
        if (run === started) run = null;
        document.commit();
        surface.closeWindow();
        const id = surface.notices().length + 1;
        if (message !== null) surface.showNotice({ ...CLOSING, id, text: message });
      },
    });
    seen = document.tree();
    run = started;
    started.begin();
    return run;
  };

  const settled = async (): Promise<void> => {
    do await new Promise<void>((resolve) => setTimeout(resolve, 0));
    while (run !== null && !run.resting());
  };

  const start = async (next: Start): Promise<void> => {
    last = next;
    const begun = await begin(next, false);
    begun?.deliver({ type: 'run', command: next.command, parameters: next.parameters });
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
      return Promise.race([current.suggest({ key, query, parameters }), settled().then(() => null)]);
    },
    running: () => run !== null,
    lastCommand: () => last.command,
    postToPlugin(message, origin = 'null') {
      pack(message);
      run?.deliver({ type: 'message', message, origin });
    },
    onPluginMessage: (hear) => surface.onWindowMessage(hear),
    close: () => run?.close(),
    pressNotice: (id) => void surface.endNotice(id, 'action_button_click'),
    undo: () => void document.undo(),
    redo: () => void document.redo(),
    restart: () => start(last),
    settled,
  };
}

function realClock(): Clock {
  return {
    setTimeout: (act, milliseconds) => setTimeout(act, milliseconds),
    clearTimeout: (handle) => clearTimeout(handle as ReturnType<typeof setTimeout>),
  };
}
