/**
 * What the guest has read of the layers in this turn. While a turn runs nobody else changes the document, so that a
 * layer is asked for once, until the plugin itself writes something. Looking through a page of thousands of layers
 * would take most of a turn's time otherwise.
 */
import type { NodeData } from '../document/node';
import type { AsyncCalls, SyncCalls } from '../host/calls';

export interface Nodes {
  /** The layer as the host keeps it, shared by all who ask: what is handed to the plugin must be a copy. */
  get(id: string): NodeData | null;
  /** Called before every call that goes to the host, and at the beginning of each turn. */
  before(call: keyof SyncCalls | keyof AsyncCalls | 'turn'): void;
}

/** Calls that change no layer. */
const HARMLESS: readonly string[] = [
  'node.get',
  'node.place',
  'node.insideInstance',
  'node.pageOf',
  'style.get',
  'selection.get',
  'page.current',
  'page.loaded',
  'image.has',
  'viewport.get',
  'console.write',
  'timer.set',
  'timer.clear',
] satisfies readonly (keyof SyncCalls)[];

/** `ask` is called at most once for each layer between two writes. */
export function createNodes(ask: (id: string) => NodeData | null): Nodes {
  const known = new Map<string, NodeData | null>();
  return {
    get(id) {
      const found = known.get(id);
      if (found !== undefined) return found;
      const node = ask(id);
      known.set(id, node);
      return node;
    },
    before(call) {
      if (!HARMLESS.includes(call)) known.clear();
    },
  };
}

/** A copy of plain data of a layer. */
export function copied<Value>(value: Value): Value {
  // Layers hold plain data only; it came as JSON.
  return JSON.parse(JSON.stringify(value)) as Value;
}
