/**
 * Copying layers out of a document and pasting them, into the same one or another file. As in Figma a layer takes its
 * plugin data along and the pictures that its fills use, those of hidden fills too, and nothing else of its document:
 * in another file it has new ids, has left its paint style, and an instance without its component is a plain frame.
 */
import type { CanvasDocument } from './document';
import { insert } from './edits';
import type { NodeData, Paint } from './node';
import { find, subtree, type Tree, withNode } from './tree';

/** What the clipboard holds: it outlives the document that it came from. */
export interface Clip {
  /** Lowest first. */
  readonly roots: readonly string[];
  /** Parents before children. */
  readonly nodes: readonly NodeData[];
  readonly images: ReadonlyMap<string, Uint8Array>;
}

/** Throws for an id that does not exist. Later changes of the document do not reach the clip. */
export function copyOut(document: CanvasDocument, ids: readonly string[]): Clip {
  const nodes = ids.flatMap((id) => subtree(document.tree(), id));
  const images = new Map<string, Uint8Array>();
  for (const hash of nodes.flatMap(hashesOf)) {
    const bytes = document.images.get(hash);
    if (bytes !== null) images.set(hash, bytes);
  }
  return { roots: ids, nodes, images };
}

/** Pastes onto the open page, above what is there, as one step of the user's; gives the new layers' ids. */
export function pasteInto(document: CanvasDocument, { roots, nodes, images }: Clip): readonly string[] {
  for (const bytes of images.values()) document.images.add(bytes);
  const names = new Map(nodes.map(({ id }) => [id, document.newId()] as const));
  const fresh = (id: string): string => names.get(id) as string;
  document.change('user', (start) => {
    const loose = nodes.reduce((tree, node) => withNode(tree, renamed(node, fresh, names, roots, start)), start);
    return roots.reduce((tree, root) => {
      const edit = insert(tree, fresh(root), document.currentPage(), Number.MAX_SAFE_INTEGER);
      if ('refused' in edit) throw new Error(edit.refused);
      return edit.tree;
    }, loose);
  });
  return roots.map(fresh);
}

function renamed(
  node: NodeData,
  fresh: (id: string) => string,
  names: ReadonlyMap<string, string>,
  roots: readonly string[],
  here: Tree,
): NodeData {
  const { parent, mirrors, fillStyleId } = node;
  const main = mirrors === null ? null : (names.get(mirrors) ?? (find(here, mirrors) === null ? null : mirrors));
  return {
    ...node,
    id: fresh(node.id),
    parent: parent === null || roots.includes(node.id) ? null : fresh(parent),
    children: node.children.map(fresh),
    mirrors: main,
    type: node.type === 'INSTANCE' && main === null ? 'FRAME' : node.type,
    fillStyleId: here.styles.has(fillStyleId) ? fillStyleId : '',
  };
}

function hashesOf({ fills, strokes }: NodeData): readonly string[] {
  const paints: readonly Paint[] = Array.isArray(fills) ? [...fills, ...strokes] : strokes;
  return paints.flatMap((paint) => (paint.type === 'IMAGE' && paint.imageHash !== null ? [paint.imageHash] : []));
}
