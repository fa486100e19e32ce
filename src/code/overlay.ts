/**
 * The default form of a result: a second image fill directly above its source, equal to it in everything but the
 * picture, which is transparent outside the faces. So nothing moves under any crop, and removing it is the way back.
 * Pure.
 */
import { type Fills, insertedAbove, withPicture } from './fills';
import type { Bare } from './stack';

/**
 * A hidden source gives a hidden overlay: both are shown together. A translucent or blended source cannot be matched
 * by any second fill; its opacity and blend mode are copied, and the user is told (`fill-blended`).
 */
export function withOverlay(bare: Bare, imageHash: string, scale: number): Fills {
  const source = bare.fills[bare.at] as ImagePaint;
  return insertedAbove(bare.fills, bare.at, withPicture(source, imageHash, scale));
}
