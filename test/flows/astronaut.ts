/**
 * The portrait of most stories, at half of its width: the face is found in it as surely as in the whole, and a third of
 * the work is left of looking for it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodePicture } from '../../engine/picture/decode';
import type { SamplePicture } from '../../playground/document/sampleCanvas';
import { resample } from '../../playground/samples/resample';
import { NO_PACE } from '../../src/pixels/pace';
import { encodePng } from '../../src/pixels/png/encode';
import { brighten, type HeldRestorer } from './restorer';

const SIDE = 256;
const file = join(import.meta.dirname, '../../playground/samples/astronaut.png');
const whole = await decodePicture(new Uint8Array(readFileSync(file)));
if (!whole.ok) throw new Error('The portrait cannot be decoded');

/** One face. */
export const astronaut: SamplePicture = {
  title: 'Astronaut',
  bytes: await encodePng(resample(whole.value.image, SIDE, SIDE), null, NO_PACE),
  width: SIDE,
  height: SIDE,
};

/** Brightens that face. */
export const brightenAstronaut = (): HeldRestorer => brighten({ x: 88, y: 27, width: 47, height: 59 });
