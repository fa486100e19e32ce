/**
 * Shows the original on the canvas where a result of ours lies on it, by switching paints on and off. Held for a moment,
 * everything comes back exactly as it was, also when the panel is closed meanwhile; switched over, it stays until it is
 * switched back. Nothing is written but the visibility of paints.
 */
import type { PluginError } from '../core/errors';
import type { NodeId } from '../core/ids';
import { failed, ok, type Result } from '../core/result';
import { sameData } from './equal';
import { attemptAsync } from './errors';
import { type Fills, isImage } from './fills';
import { type FilledLayer, isFilled } from './layers';
import { type Mark, readMarks } from './marks';
import { bases } from './stack';
import { asOneStep } from './undo';
import { writeFills } from './writeFills';

/**
 * The fills with the original shown, or the results; null where nothing of ours can be switched: the layer carries no
 * result, or its source was hidden before, and our result is hidden with it. Pure.
 */
export function flipped(fills: Fills, marks: readonly Mark[], original: boolean): Fills | null {
  const switches = switchesOf(fills, marks);
  if (switches.length === 0) return null;
  return fills.map((paint, at) => {
    const found = switches.find((each) => each.at === at);
    return found === undefined ? paint : { ...paint, visible: found.ours !== original };
  });
}

/** Whether these fills show the original instead of what we placed. */
function showsOriginal(fills: Fills, marks: readonly Mark[]): boolean {
  return switchesOf(fills, marks).some(({ at, ours }) => ours && !isShown(fills[at]));
}

interface Switch {
  /** Position in the fills. */
  readonly at: number;
  /** False for the original that we keep hidden below a baked result. */
  readonly ours: boolean;
}

function switchesOf(fills: Fills, marks: readonly Mark[]): readonly Switch[] {
  const own = bases(fills, marks);
  const found: Switch[] = [];
  let below: Paint | undefined;
  fills.forEach((paint, at) => {
    const base = own.find((each) => each.at === at);
    if (base?.baked != null && base.hiddenAt !== null && base.baked.kept === 'shown') {
      found.push({ at, ours: true }, { at: base.hiddenAt, ours: false });
    } else if (base === undefined && isOverlay(paint, marks) && isShown(below)) found.push({ at, ours: true });
    if (base !== undefined) below = base.bare;
  });
  return found;
}

const isOverlay = (paint: Paint, marks: readonly Mark[]): boolean =>
  isImage(paint) && marks.some(({ recipe }) => recipe.form === 'overlay' && recipe.resultHash === paint.imageHash);

const isShown = (paint: Paint | undefined): boolean => paint !== undefined && paint.visible !== false;

/** What a press that is held has switched. */
interface Held {
  readonly node: FilledLayer;
  readonly before: Fills;
  readonly during: Fills;
}

export interface Comparing {
  /** Shows the original for as long as it is held; false puts everything back. Error: nothing-to-revert. */
  hold(id: NodeId, original: boolean): Promise<Result<null, PluginError>>;
  /** Puts everything back, within this turn: also while the plugin is being closed. */
  end(): void;
}

/** One layer is held at a time: holding another puts the first one back. */
export function createComparing(): Comparing {
  let held: Held | null = null;
  let wanted: NodeId | null = null;

  const end = (): void => {
    wanted = null;
    if (held === null) return;
    const { node, before, during } = held;
    held = null;
    if (node.removed || node.fills === figma.mixed) return;
    // What somebody has changed meanwhile stays; only what we have switched is switched back.
    const back = sameData(node.fills, during) ? before : flipped(node.fills, readMarks(node), false);
    // Lists that Figma sets at once are set within this turn. No undo step is closed here: the step that the press
    // began holds no change by now, and what is written next ends it.
    if (back !== null) void writeFills(node, back);
  };

  return {
    end,
    hold: (id, original) =>
      attemptAsync(async () => {
        if (!original) {
          end();
          return ok(null);
        }
        wanted = id;
        const found = await findCarrier(id);
        // Let go, or held elsewhere, before Figma had answered.
        if (!found.ok || wanted !== id) return found.ok ? ok(null) : found;
        end();
        wanted = id;
        const node = found.value;
        const { fills } = node;
        const during = fills === figma.mixed ? null : flipped(fills, readMarks(node), true);
        if (fills === figma.mixed || during === null) return failed({ code: 'nothing-to-revert' });
        // The user's own last step stays apart.
        figma.commitUndo();
        await writeFills(node, during);
        held = { node, before: fills, during: node.fills === figma.mixed ? during : node.fills };
        if (wanted !== id) end();
        return ok(null);
      }),
  };
}

/** Switches one layer over, as one undo step. True: it shows the original now. */
export async function switchOver(id: NodeId): Promise<Result<boolean, PluginError>> {
  return attemptAsync<boolean>(async () => {
    const found = await findCarrier(id);
    if (!found.ok) return found;
    const { fills } = found.value;
    if (fills === figma.mixed) return failed({ code: 'nothing-to-revert' });
    const marks = readMarks(found.value);
    const original = !showsOriginal(fills, marks);
    const next = flipped(fills, marks, original);
    if (next === null) return failed({ code: 'nothing-to-revert' });
    await asOneStep(() => writeFills(found.value, next));
    return ok(original);
  });
}

async function findCarrier(id: NodeId): Promise<Result<FilledLayer, PluginError>> {
  const node = await figma.getNodeByIdAsync(id);
  if (node === null || node.removed) return failed({ code: 'layer-gone' });
  return isFilled(node) ? ok(node) : failed({ code: 'nothing-to-revert' });
}
