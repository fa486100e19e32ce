/** What a PNG says of itself: core's checked chunk walk, plus transparency and the eXIf orientation. */
import { inspectPng } from '../../core/picture/png';
import { failed, ok } from '../../core/result';
import type { HeaderResult } from './header';
import { type Orientation, orientationOf } from './orientation';

/** 'damaged' also for a chunk whose CRC is wrong. */
export function readPng(bytes: Uint8Array): HeaderResult {
  const facts = inspectPng(bytes);
  if (!facts.ok) return failed('damaged');
  const { width, height, colourType, animated } = facts.value;
  let standard = false;
  let converted = false;
  let older = false;
  let orientation: Orientation = 1;
  let alpha = colourType === 4 || colourType === 6;
  for (const chunk of chunks(bytes)) {
    if (chunk.name === 'sRGB') standard = true;
    if (chunk.name === 'iCCP' || chunk.name === 'cICP') converted = true;
    if (chunk.name === 'gAMA' || chunk.name === 'cHRM') older ||= !isSrgb(chunk);
    if (chunk.name === 'tRNS') alpha = true;
    if (chunk.name === 'eXIf') orientation = orientationOf(chunk.data);
  }
  // Each of these makes a browser convert colours; an sRGB chunk outranks the older two (PNG 1.2, 4.2.2).
  const profile = converted || (older && !standard);
  return ok({ size: { width, height }, animated, orientation, cmyk: false, alpha, profile });
}

/** gAMA and cHRM as sRGB has them, in 100,000ths (4.2.2.1, 4.2.2.2). */
const SRGB: { readonly [name: string]: readonly number[] } = {
  gAMA: [45455],
  cHRM: [31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000],
};

function isSrgb({ name, data }: Chunk): boolean {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return SRGB[name]!.every((value, at) => at * 4 + 4 <= data.length && view.getUint32(at * 4) === value);
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
