/**
 * What a layer remembers of the results it carries: the recipe of each, and what is needed to put everything back.
 * Kept in the layer's plugin data, so it travels with copies and is undone together with the fills.
 */
import { parseRecipe, type Recipe } from '../core/recipe';

export interface Mark {
  readonly recipe: Recipe;
  /** The scaling factor of a TILE fill before (null = it had none) and after the result took its place; null otherwise. */
  readonly tile: { readonly before: number | null; readonly after: number } | null;
  /** Id of the paint style that writing the fills detached, or empty. */
  readonly style: string;
}

type Keeper = Pick<PluginDataMixin, 'getPluginData' | 'setPluginData'>;

const RESULTS = 'results';
const MADE_FROM = 'madeFrom';

export function readMarks(node: Keeper): readonly Mark[] {
  const saved = parseJson(node.getPluginData(RESULTS));
  if (!Array.isArray(saved)) return [];
  return saved.map(parseMark).filter((mark): mark is Mark => mark !== null);
}

export function writeMarks(node: Keeper, marks: readonly Mark[]): void {
  node.setPluginData(RESULTS, marks.length === 0 ? '' : JSON.stringify(marks));
}

/** Id of the layer that this one was made from as a new layer, or empty when it is none of ours. */
export function readMadeFrom(node: Keeper): string {
  return node.getPluginData(MADE_FROM);
}

export function writeMadeFrom(node: Keeper, id: string): void {
  node.setPluginData(MADE_FROM, id);
}

function parseMark(input: unknown): Mark | null {
  if (typeof input !== 'object' || input === null) return null;
  const saved = input as Record<string, unknown>;
  const recipe = parseRecipe(saved['recipe']);
  if (recipe === null) return null;
  return { recipe, tile: parseTile(saved['tile']), style: typeof saved['style'] === 'string' ? saved['style'] : '' };
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
