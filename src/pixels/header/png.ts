/** What a PNG says of itself: core's checked chunk walk, plus transparency and the eXIf orientation. */
import { inspectPng } from '../../core/png';
import { failed, ok } from '../../core/result';
import type { HeaderResult } from './header';
import { type Orientation, orientationOf } from './orientation';

export function readPng(bytes: Uint8Array): HeaderResult {
  const facts = inspectPng(bytes);
  if (!facts.ok) return failed('damaged');
  const { width, height, colourType, animated, profile } = facts.value;
  let orientation: Orientation = 1;
  let alpha = colourType === 4 || colourType === 6;
  for (const chunk of chunks(bytes)) {
    if (chunk.name === 'tRNS') alpha = true;
    if (chunk.name === 'eXIf') orientation = orientationOf(chunk.data);
  }
  return ok({ size: { width, height }, animated, orientation, cmyk: false, alpha, profile });
}

export interface Chunk {
  readonly name: string;
  readonly data: Uint8Array;
}

/** The chunks of a PNG that `inspectPng` has found whole, up to IEND. */
export function* chunks(bytes: Uint8Array): Generator<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 8;
  while (at + 12 <= bytes.length) {
    const length = view.getUint32(at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (name === 'IEND') return;
    yield { name, data: bytes.subarray(at + 8, at + 8 + length) };
    at += 12 + length;
  }
}
