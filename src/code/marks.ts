/**
 * What a layer remembers of the results it carries: the recipe of each, and what is needed to put everything back.
 * Kept in the layer's plugin data, so it travels with copies and is undone together with the fills.
 */
import { parseRecipe, type Recipe } from '../core/recipe';
import type { Target } from '../core/target';

export interface Mark {
  readonly recipe: Recipe;
  /** The scaling factor of a TILE fill before (null = it had none) and after the result took its place; null otherwise. */
  readonly tile: { readonly before: number | null; readonly after: number } | null;
  /** How the original was before we hid it below a baked result; null where none was hidden. */
  readonly kept: 'shown' | 'hidden' | null;
  /** Id of the paint style that writing the fills detached, or empty. */
  readonly style: string;
}

type Keeper = Pick<PluginDataMixin, 'getPluginData' | 'setPluginData'>;

export const RESULTS = 'results';
const MADE_FROM = 'madeFrom';

/** What cannot be read is left out; an entry that is damaged as a whole counts as none. */
export function readMarks(node: Keeper): readonly Mark[] {
  const saved = parseJson(node.getPluginData(RESULTS));
  if (!Array.isArray(saved)) return [];
  return saved.map(parseMark).filter((mark): mark is Mark => mark !== null);
}

/** An empty list takes the entry away. Throws, as Figma does, where the layer may not be written to. */
export function writeMarks(node: Keeper, marks: readonly Mark[]): void {
  node.setPluginData(RESULTS, marks.length === 0 ? '' : JSON.stringify(marks));
}

/** What a new layer of ours was made from. A layer's id says something in its own file only: others count anew. */
type Origin = Pick<Target, 'fileId' | 'nodeId'>;

const originText = ({ fileId, nodeId }: Origin): string => `${fileId} ${nodeId}`;

/** True for a new layer that holds a result, and for its copies in any file. */
export function isMade(node: Keeper): boolean {
  return node.getPluginData(MADE_FROM) !== '';
}

/** False for a copy in another file, where the layer of that id is another one. */
export function isMadeFrom(node: Keeper, origin: Origin): boolean {
  return node.getPluginData(MADE_FROM) === originText(origin);
}

/** Null makes it a layer of the user's. */
export function writeMadeFrom(node: Keeper, origin: Origin | null): void {
  node.setPluginData(MADE_FROM, origin === null ? '' : originText(origin));
}

function parseMark(input: unknown): Mark | null {
  if (typeof input !== 'object' || input === null) return null;
  const saved = input as Record<string, unknown>;
  const recipe = parseRecipe(saved['recipe']);
  if (recipe === null) return null;
  const { kept, style } = saved;
  return {
    recipe,
    tile: parseTile(saved['tile']),
    kept: kept === 'shown' || kept === 'hidden' ? kept : null,
    style: typeof style === 'string' ? style : '',
  };
}

function parseTile(input: unknown): Mark['tile'] {
  if (typeof input !== 'object' || input === null) return null;
  const { before, after } = input as Record<string, unknown>;
  if (typeof after !== 'number' || !(after > 0)) return null;
  return { before: typeof before === 'number' && before > 0 ? before : null, after };
}

function parseJson(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    // Another version's or a damaged entry: the layer counts as one without results of ours.
    return null;
  }
}
