/** Words that the user reads outside the panel: its title, toasts, names of new layers, the text of relaunch buttons. */
import type { ErrorCode, PluginError } from '../errors';
import type { Recipe } from '../recipe';
import { creditText, sizeText } from './names';
import { CANVAS_ERRORS } from './sentences/canvas';
import type { ErrorEntry } from './sentences/entry';
import { UNEXPECTED_ERROR } from './sentences/unexpected';

export const PANEL_TITLE = 'Recover Faces';

/** The host cuts longer toasts off. */
const TOAST_LENGTH = 100;

/** The text in at most 100 characters; a longer one ends in an ellipsis instead of in the middle of a word. */
export function toast(text: string): string {
  if (text.length <= TOAST_LENGTH) return text;
  const head = text.slice(0, TOAST_LENGTH - 1);
  const space = head.lastIndexOf(' ');
  return `${space > TOAST_LENGTH / 2 ? head.slice(0, space) : head}\u2026`;
}

/** The name of a new layer with the result; `source` is the name of the layer whose picture it was. */
export function newLayerName(source: string): string {
  return `${source} - restored`;
}

/** What the revert command did: on how many layers it worked, and what went wrong on the others. */
export function revertToast(reverted: number, errors: readonly PluginError[]): string {
  const real = errors.filter(({ code }) => code !== 'nothing-to-revert');
  const layers = (count: number): string => `${count} ${count === 1 ? 'layer' : 'layers'}`;
  if (reverted > 0) {
    const done = reverted === 1 ? 'The original is back.' : `The original is back on ${layers(reverted)}.`;
    return toast(real.length === 0 ? done : `${done} ${layers(real.length)} could not be changed.`);
  }
  return refusedToast(errors, 'revert');
}

/** What the compare button did: for each layer that it switched over whether it shows the original now. */
export function compareToast(originals: readonly boolean[], errors: readonly PluginError[]): string {
  if (originals.length === 0) return refusedToast(errors, 'compare');
  if (originals.every((original) => original)) return 'This is the original. Compare again for the result.';
  if (originals.some((original) => original)) return 'Switched between the original and the result.';
  return 'This is the result. Compare again for the original.';
}

/** Why nothing was done on any of the selected layers. */
function refusedToast(errors: readonly PluginError[], what: 'revert' | 'compare'): string {
  const first = errors.find(({ code }) => code !== 'nothing-to-revert');
  if (first !== undefined) return toast(happened(first));
  if (errors.length > 0) return `Nothing to ${what}: no result of Recover Faces here.`;
  return 'Select a layer with a restored picture first.';
}

/** What the host itself can meet. The words of all other errors are the panel's: they would double its script. */
const HERE = { ...CANVAS_ERRORS, ...UNEXPECTED_ERROR };

function happened(error: PluginError): string {
  const { code } = error;
  if (!(code in HERE)) return HERE.unexpected.say({ code: 'unexpected', detail: code }).happened;
  // The table has under each code the entry for that code's error.
  return (HERE[code as keyof typeof HERE] as ErrorEntry<ErrorCode>).say(error).happened;
}

/** How a preset that the file carries is offered in quick actions. */
export function teamPresetName(name: string): string {
  return `${name} \u00b7 this file`;
}

/** One line under the relaunch button: "Balanced · 3 faces · 1 credit · Topaz Labs · 2026-11-22". */
export function recipeText(recipe: Recipe): string {
  const { work } = recipe;
  const faces = recipe.faces === 1 ? '1 face' : `${recipe.faces} faces`;
  const what =
    work.kind === 'enhance'
      ? [work.parameters.model, sizeText(work.parameters.output)]
      : [recipe.preset ?? 'Own settings', faces, recipe.seeds ? `seeds ${recipe.seeds.join(', ')}` : ''];
  const day = new Date(recipe.appliedAt).toISOString().slice(0, 10);
  const parts = [...what, creditText(recipe.credits), recipe.service, day];
  return parts.filter((part) => part !== '').join(' \u00b7 ');
}
