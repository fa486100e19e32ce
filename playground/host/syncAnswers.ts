/** What the host answers at once: the document, the window, timers, toasts. Refusals are Figma's words. */
import type { CanvasDocument } from '../document/document';
import { copied, type Edit, grouped, insert, remove, write } from '../document/edits';
import { imageRefusal } from '../document/imageFile';
import { enclosingInstance, instantiated } from '../document/instances';
import { newNode } from '../document/node';
import {
  absoluteBox,
  absoluteTransform,
  find,
  pageOf,
  ROOT_ID,
  relativeBox,
  type Tree,
  withNode,
} from '../document/tree';
import type { Refusal, SyncCalls } from './calls';
import type { Faults } from './faults';
import type { Surface } from './surface';

export type SyncAnswers = {
  readonly [Name in keyof SyncCalls]: (ask: SyncCalls[Name]['ask']) => SyncCalls[Name]['answer'] | Refusal;
};

export interface SyncWorld {
  readonly document: CanvasDocument;
  readonly surface: Surface;
  readonly faults: Faults;
  readonly loadedPages: ReadonlySet<string>;
  readonly timers: { set(id: number, milliseconds: number, repeat: boolean): void; clear(id: number): void };
  readonly close: (message: string | null) => void;
  readonly suggested: (id: number, suggestion: SyncCalls['suggestion.answer']['ask']['suggestion']) => void;
}

/** What Figma would refuse is a `Refusal`; an id that does not exist throws, for the guest asks for the layer first. */
export function syncAnswers({
  document,
  surface,
  faults,
  loadedPages,
  timers,
  close,
  suggested,
}: SyncWorld): SyncAnswers {
  const tree = (): Tree => document.tree();
  const edited = (edit: (now: Tree) => Edit): Refusal | null => {
    const result = edit(tree());
    if ('refused' in result) return result;
    document.change('plugin', () => result.tree);
    return null;
  };
  /** Puts a new layer on the open page, above the others. */
  const placed = (id: string, make: (now: Tree) => Tree, parent = document.currentPage()): string | Refusal =>
    edited((now) => insert(make(now), id, parent, Number.MAX_SAFE_INTEGER)) ?? id;
  return {
    'node.get': ({ id }) => find(tree(), id),
    'node.place': ({ id }) => ({
      absolute: absoluteTransform(tree(), id),
      absoluteBox: absoluteBox(tree(), id),
      relativeBox: relativeBox(tree(), id),
    }),
    'node.create': ({ type }) => {
      const id = document.newId();
      return placed(id, (now) => withNode(now, newNode(id, type)), type === 'PAGE' ? ROOT_ID : document.currentPage());
    },
    'node.write': ({ id, patch }) => {
      document.change('plugin', (now) => write(now, id, patch));
      return null;
    },
    'node.insert': ({ id, parent, index }) => edited((now) => insert(now, id, parent, index)),
    'node.remove': ({ id }) => edited((now) => remove(now, id)),
    'node.clone': ({ id }) => {
      const copy = copied(tree(), id, document.newId);
      return placed(copy.id, () => copy.tree);
    },
    'node.group': ({ ids, parent, index }) => {
      const group = newNode(document.newId(), 'GROUP');
      return edited((now) => grouped(now, ids, group, parent, index)) ?? group.id;
    },
    'node.instance': ({ component }) => {
      const id = document.newId();
      return placed(id, (now) => instantiated(now, component, id));
    },
    'node.insideInstance': ({ id }) => enclosingInstance(tree(), id) !== null,
    'node.pageOf': ({ id }) => pageOf(tree(), id)?.id ?? null,
    'style.get': ({ id }) => tree().styles.get(id) ?? null,
    'style.create': () => {
      const id = `S:${document.newId()},`;
      const style = { id, name: 'Paint Style', paints: [] };
      document.change('plugin', (now) => ({ ...now, styles: new Map(now.styles).set(id, style) }));
      return id;
    },
    'style.write': ({ style }) => {
      document.change('plugin', (now) => {
        const users = [...now.nodes.values()].filter((node) => node.fillStyleId === style.id);
        const styled = { ...now, styles: new Map(now.styles).set(style.id, style) };
        return users.reduce(
          (next, node) => write(next, node.id, { fills: style.paints, fillStyleId: style.id }),
          styled as Tree,
        );
      });
      return null;
    },
    'style.remove': ({ id }) => {
      document.change('plugin', (now) => {
        const styles = new Map(now.styles);
        styles.delete(id);
        const users = [...now.nodes.values()].filter((node) => node.fillStyleId === id);
        return users.reduce((next, node) => write(next, node.id, { fillStyleId: '' }), { ...now, styles } as Tree);
      });
      return null;
    },
    'selection.get': ({ page }) => document.selection(page),
    'selection.set': ({ page, ids }) => {
      document.select(ids, page);
      return null;
    },
    'page.current': () => document.currentPage(),
    'page.loaded': ({ id }) => id === document.currentPage() || loadedPages.has(id),
    'image.add': ({ bytes }) => {
      const why = imageRefusal(bytes);
      return why === null ? document.images.add(bytes) : { refused: why };
    },
    'image.has': ({ hash }) => document.images.get(hash) !== null && !faults.missingImages.has(hash),
    'ui.show': (options) => surface.showWindow(options),
    'ui.change': (change) => surface.changeWindow(change),
    'ui.close': () => surface.closeWindow(),
    'ui.post': ({ message }) => surface.toWindow(message),
    'notice.show': (notice) => surface.showNotice(notice),
    'notice.cancel': ({ id }) => surface.endNotice(id, 'dismiss'),
    'undo.commit': () => {
      document.commit();
      return null;
    },
    'undo.trigger': () => {
      document.undo();
      return null;
    },
    'timer.set': ({ id, milliseconds, repeat }) => {
      timers.set(id, milliseconds, repeat);
      return null;
    },
    'timer.clear': ({ id }) => {
      timers.clear(id);
      return null;
    },
    'console.write': ({ level, text }) => surface.write(level, text),
    'plugin.close': ({ message }) => {
      close(message);
      return null;
    },
    'link.open': ({ address }) => surface.openLink(address),
    'viewport.get': () => surface.viewport(),
    'viewport.set': (change) => surface.moveViewport(change),
    'viewport.show': ({ ids }) => surface.showLayers(ids),
    'suggestion.answer': ({ id, suggestion }) => {
      suggested(id, suggestion);
      return null;
    },
  };
}
