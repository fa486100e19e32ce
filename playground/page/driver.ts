/**
 * What tests and the demo read and set without clicking: `window.playground`. Whatever a person can click, they click.
 */
import { solidFill } from '../document/build';
import { remove, write } from '../document/edits';
import type { Paint } from '../document/node';
import { subtree } from '../document/tree';
import { paintLayer } from '../paint/layer';
import type { Session } from './session';

export interface Driver {
  /** Names of the layers of the open page, lowest first, those inside others included. */
  nodes(): readonly {
    readonly id: string;
    readonly name: string;
    readonly type: string;
    readonly parent: string | null;
  }[];
  /** Selects the layer with this name, or throws. */
  select(...names: readonly string[]): void;
  fills(name: string): readonly Paint[] | 'mixed' | null;
  pluginData(name: string): Readonly<Record<string, string>>;
  /** The layer as the canvas paints it, alone, one pixel a page pixel: RGBA, not premultiplied. */
  pixels(
    name: string,
    scale?: number,
  ): Promise<{ readonly width: number; readonly height: number; readonly data: Uint8ClampedArray }>;
  /** The bytes of a stored picture. */
  image(hash: string): Uint8Array | null;
  undo(): boolean;
  redo(): boolean;
  /** Like the menu. */
  run(command: string): Promise<void>;
  running(): boolean;
  readonly consoleErrors: readonly string[];
  /** Texts of all toasts so far, the oldest first. */
  readonly toasts: readonly string[];
  /** A second person deletes the layer. */
  teammateDeletes(name: string): void;
  /** A second person puts one plain colour, or the fills of the layer `like`, in place of the layer's fills. */
  teammateRefills(name: string, like?: string): void;
  readonly session: Session;
}

declare global {
  interface Window {
    playground: Driver;
  }
}

/** Throws, with the names that there are, for a layer that is not there. */
export function createDriver(session: Session): Driver {
  const { document } = session;
  const all = () => subtree(document.tree(), document.currentPage()).slice(1);
  const named = (name: string) => {
    const found = all().find((node) => node.name === name);
    if (found === undefined)
      throw new Error(
        `No layer is named "${name}"; there are ${all()
          .map((node) => node.name)
          .join(', ')}`,
      );
    return found;
  };
  return {
    nodes: () => all().map(({ id, name, type, parent }) => ({ id, name, type, parent })),
    select: (...names) => document.select(names.map((name) => named(name).id)),
    fills: (name) => named(name).fills,
    pluginData: (name) => named(name).pluginData,
    async pixels(name, scale = 1) {
      const image = await paintLayer(
        document.tree(),
        named(name).id,
        { type: 'SCALE', value: scale },
        session.pictures,
      );
      if (image === null) throw new Error(`"${name}" shows nothing`);
      return image;
    },
    image: (hash) => document.images.get(hash),
    undo: () => document.undo(),
    redo: () => document.redo(),
    run: (command) => session.host().run(command),
    running: () => session.host().running(),
    get consoleErrors() {
      return session.problems();
    },
    get toasts() {
      return session
        .host()
        .surface.notices()
        .map((notice) => notice.text);
    },
    teammateDeletes(name) {
      const { id } = named(name);
      document.change('teammate', (tree) => {
        const edit = remove(tree, id);
        return 'refused' in edit ? tree : edit.tree;
      });
    },
    teammateRefills(name, like) {
      const { id } = named(name);
      const fills = like === undefined ? [solidFill(0.4, 0.6, 0.4)] : named(like).fills;
      document.change('teammate', (tree) => write(tree, id, { fills }));
    },
    session,
  };
}
