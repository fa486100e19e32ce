/** What is written beside a result: its recipe, and the relaunch buttons that show it. */
import { imageHash } from '../core/ids';
import type { Recipe } from '../core/recipe';
import { recipeText } from '../core/words/hostWords';
import type { PlaceRequest } from '../protocol/messages';

/** The recipe with the hashes that only the host knows. */
export function recipeOf(request: PlaceRequest, resultHash: string): Recipe {
  const { form, target } = request;
  return { ...request.recipe, v: 1, form, sourceHash: target.imageHash, resultHash: imageHash(resultHash) };
}

/** The relaunch buttons, with what was done as text. They replace all earlier ones of this plugin. */
export function label(node: Pick<SceneNode, 'setRelaunchData'>, done: Recipe): void {
  try {
    node.setRelaunchData({ adjust: recipeText(done), compare: '', revert: '' });
  } catch {
    // Not every kind of layer takes buttons; the result is on the canvas and the menu has the same commands.
  }
}
