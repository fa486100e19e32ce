/**
 * Everything the page shows, in one place: the document, the host that runs the plugin on it, theme and camera.
 * A new build of the plugin gets a new host on the same document.
 */
import { STANDARD_SETTINGS } from '../../src/core/settings';
import { type CanvasDocument, openDocument, type SavedDocument, saved } from '../document/document';
import { copied, insert, remove } from '../document/edits';
import { type SamplePicture, sampleCanvas } from '../document/sampleCanvas';
import { find, get, type Tree } from '../document/tree';
import { createHost, type Host, type HostOptions, type Machine } from '../host/host';
import { createPictures, type Pictures } from '../paint/pictures';
import { type Camera, type Screen, viewportOf } from './canvas/camera';
import type { Theme } from './figmaTheme';
import { localStorageBacking } from './localStorageBacking';
import { createKeeper } from './savedDocument';

export interface Session {
  readonly document: CanvasDocument;
  readonly pictures: Pictures;
  host(): Host;
  theme(): Theme;
  setTheme(theme: Theme): void;
  camera(): Camera;
  setCamera(camera: Camera): void;
  /** CSS pixels of the canvas: what "into view" means to the plugin. */
  setScreen(screen: Screen): void;
  /** What went wrong since the page was opened: the plugin's errors, refused requests, refused messages. */
  problems(): readonly string[];
  report(text: string): void;
  /** A new build: the plugin starts again if it was running. */
  swap(plugin: HostOptions['plugin']): Promise<void>;
  deleteSelected(): void;
  duplicateSelected(): void;
  subscribe(hear: () => void): () => void;
}

export interface SessionStart {
  readonly machine: Machine;
  readonly plugin: HostOptions['plugin'];
  readonly saved: SavedDocument | null;
  readonly samples: readonly SamplePicture[];
  readonly engineAddress: string | null;
  readonly storage: Storage;
  /** Who works here; null: the person of the plain address. */
  readonly user?: string | null;
}

/** Begins with the samples where nothing was saved. One for each opening of the page. */
export function createSession(start: SessionStart): Session {
  const document = start.saved === null ? sampleCanvas(start.samples) : openDocument(start.saved);
  const pictures = createPictures(document.images, start.machine.codec);
  const user = start.user ?? null;
  const backing = localStorageBacking(start.storage, () => Object.keys(start.storage), user);
  seedSettings(backing, start.engineAddress, start.storage, user);
  const hearers = new Set<() => void>();
  const changed = (): void => {
    for (const hear of hearers) hear();
  };
  const session = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  let theme: Theme = start.storage.getItem('theme') === 'dark' ? 'dark' : 'light';
  let camera: Camera = { x: 0, y: 0, zoom: 1 };
  let screen: Screen = { width: 1280, height: 800 };
  let problems: readonly string[] = [];
  let lastCommand = '';
  const report = (text: string): void => {
    problems = [...problems, text];
    changed();
  };
  const makeHost = (plugin: HostOptions['plugin']): Host => {
    const made = createHost({
      machine: start.machine,
      plugin,
      document,
      storage: backing,
      session,
      ...(user === null ? {} : { user: { id: user, name: user } }),
    });
    made.surface.setViewport(viewportOf(camera, screen));
    let lines = 0;
    made.surface.onChange(() => {
      const fresh = made.surface.console().slice(lines);
      lines += fresh.length;
      for (const line of fresh) console[line.level](`[plugin] ${line.text}`);
      const errors = fresh.filter((line) => line.level === 'error').map((line) => line.text);
      problems = [...problems, ...errors];
      const { bounds, zoom } = made.surface.viewport();
      camera = { x: bounds.x, y: bounds.y, zoom };
      changed();
    });
    return made;
  };
  let host = makeHost(start.plugin);

  const keeper = createKeeper(
    () => saved(document),
    (thrown) => report(`The document could not be kept: ${String(thrown)}`),
  );
  // Also a document of fresh samples: a second window must find the same one.
  keeper.keep();
  document.subscribe(() => {
    changed();
    keeper.keep();
  });

  const eachSelected = (act: (tree: Tree, id: string) => Tree): void => {
    const ids = document.selection();
    document.change('user', (tree) => ids.reduce((next, id) => (find(next, id) === null ? next : act(next, id)), tree));
  };
  return {
    document,
    pictures,
    host: () => host,
    theme: () => theme,
    setTheme(next) {
      theme = next;
      start.storage.setItem('theme', next);
      changed();
    },
    camera: () => camera,
    setCamera(next) {
      camera = next;
      host.surface.setViewport(viewportOf(camera, screen));
      changed();
    },
    setScreen(next) {
      screen = next;
      host.surface.setViewport(viewportOf(camera, screen));
    },
    problems: () => problems,
    report,
    async swap(plugin) {
      const running = host.running();
      lastCommand = host.lastCommand();
      host.close();
      host = makeHost(plugin);
      changed();
      if (running) await host.run(lastCommand);
    },
    deleteSelected: () =>
      eachSelected((tree, id) => {
        const edit = remove(tree, id);
        return 'refused' in edit ? tree : edit.tree;
      }),
    duplicateSelected() {
      const copies: string[] = [];
      eachSelected((tree, id) => {
        const { parent } = get(tree, id);
        if (parent === null) return tree;
        const copy = copied(tree, id, document.newId);
        const place = { ...get(copy.tree, copy.id), transform: get(tree, id).transform };
        const index = get(tree, parent).children.indexOf(id) + 1;
        const edit = insert(
          { ...copy.tree, nodes: new Map(copy.tree.nodes).set(copy.id, place) },
          copy.id,
          parent,
          index,
        );
        if ('refused' in edit) return tree;
        copies.push(copy.id);
        return edit.tree;
      });
      if (copies.length > 0) document.select(copies);
    },
    subscribe(hear) {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
  };
}

/**
 * So that "try the local engine" finds it although its port may differ from the usual one. Only the address is set;
 * an address that the user typed is left alone.
 */
function seedSettings(
  backing: ReturnType<typeof localStorageBacking>,
  engine: string | null,
  storage: Storage,
  user: string | null,
): void {
  if (engine === null) return;
  const found = backing.get('settings') as { readonly localAddress?: unknown } | undefined;
  const seeded = storage.getItem(`seededAddress${user ?? ''}`);
  if (found !== undefined && found.localAddress !== seeded) return;
  backing.set('settings', { ...STANDARD_SETTINGS, ...found, localAddress: engine });
  storage.setItem(`seededAddress${user ?? ''}`, engine);
}
