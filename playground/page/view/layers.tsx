/** The layers list: topmost first, as in Figma. Click selects, with Shift several. */
import type { NodeData } from '../../document/node';
import { get, type Tree } from '../../document/tree';
import type { Session } from '../session';
import { Icon, KindIcon } from './icons';

export function Layers({ session }: { readonly session: Session }) {
  const { document } = session;
  const tree = document.tree();
  const pages = get(tree, '0:0').children.map((id) => get(tree, id));
  const page = get(tree, document.currentPage());
  return (
    <nav class="layers" aria-label="Layers">
      {pages.length > 1 && (
        <div class="pages">
          {pages.map(({ id, name }) => (
            <button
              key={id}
              type="button"
              class="row"
              aria-pressed={id === page.id}
              onClick={() => document.openPage(id)}
            >
              <KindIcon type="PAGE" />
              <span class="row-name">{name}</span>
            </button>
          ))}
        </div>
      )}
      <h2 class="list-title">Layers</h2>
      <ul class="list">
        <Rows session={session} tree={tree} ids={page.children} depth={0} />
      </ul>
    </nav>
  );
}

interface RowsProps {
  readonly session: Session;
  readonly tree: Tree;
  readonly ids: readonly string[];
  readonly depth: number;
}

function Rows({ session, tree, ids, depth }: RowsProps) {
  return (
    <>
      {[...ids].reverse().map((id) => {
        const node = get(tree, id);
        return (
          <>
            <li key={id}>
              <Row session={session} node={node} depth={depth} />
            </li>
            <Rows session={session} tree={tree} ids={node.children} depth={depth + 1} />
          </>
        );
      })}
    </>
  );
}

function Row({ session, node, depth }: { readonly session: Session; readonly node: NodeData; readonly depth: number }) {
  const { document } = session;
  const selected = document.selection();
  const isSelected = selected.includes(node.id);
  const click = (event: MouseEvent): void => {
    const adds = event.shiftKey || event.ctrlKey || event.metaKey;
    if (!adds) document.select([node.id]);
    else document.select(isSelected ? selected.filter((id) => id !== node.id) : [...selected, node.id]);
  };
  const ofComponent = node.type === 'COMPONENT' || node.type === 'INSTANCE';
  return (
    <button
      type="button"
      class={`row${ofComponent ? ' row-component' : ''}${node.visible ? '' : ' row-hidden'}`}
      style={{ '--depth': `${depth}` }}
      aria-pressed={isSelected}
      onClick={click}
    >
      <KindIcon type={node.type} />
      <span class="row-name">{node.name}</span>
      {node.locked && <Icon name="lock" />}
    </button>
  );
}
