/**
 * A PNG decoder of our own (PNG 1.2), for what a canvas cannot read exactly: semi-transparent pixels. All colour
 * types and depths, interlaced or not. Knows nothing of colour profiles: files that carry one are left to the browser.
 */
import { Unzlib } from 'fflate';
import { inspectPng, type PngFacts } from '../../core/picture/png';
import { chunks } from '../header/png';
import { type RgbaImage, rgbaImage } from '../image';
import type { Pace } from '../pace';
import { unfilter } from './unfilter';

/** Bytes of the stream handed to the inflater at a time: under a slice of work. */
const PIECE = 1 << 16;

/** Samples a pixel, by colour type. */
const CHANNELS: { readonly [colourType: number]: number } = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Adam7 (8.2): first column and row of each pass, and the steps. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

interface Pass {
  readonly left: number;
  readonly top: number;
  readonly stepX: number;
  readonly stepY: number;
  readonly width: number;
  readonly height: number;
  /** Bytes of a row without its filter type. */
  readonly stride: number;
}

/** The pixels, or null when the stream inside does not hold what the header promises. */
export async function decodePng(bytes: Uint8Array, pace: Pace): Promise<RgbaImage | null> {
  const facts = inspectPng(bytes);
  if (!facts.ok) return null;
  const passes = passesOf(facts.value);
  const raw = await inflate(
    bytes,
    passes.reduce((sum, pass) => sum + (pass.stride + 1) * pass.height, 0),
    pace,
  );
  if (raw === null) return null;
  const palette = new Palette(bytes);
  const image = rgbaImage(facts.value.width, facts.value.height);
  const pixelBytes = Math.max(1, (CHANNELS[facts.value.colourType]! * facts.value.bitDepth) >> 3);
  let at = 0;
  for (const pass of passes) {
    for (let y = 0; y < pass.height; y++, at += pass.stride + 1) {
      if (!unfilter(raw, at, pass.stride, y === 0 ? -1 : at - pass.stride - 1, pixelBytes)) return null;
      const row = raw.subarray(at + 1, at + 1 + pass.stride);
      if (!writeRow(image, row, pass, y, facts.value, palette)) return null;
      if (pace.due()) await pace.rest();
    }
  }
  return image;
}

function passesOf({ width, height, bitDepth, colourType, interlaced }: PngFacts): readonly Pass[] {
  const bits = CHANNELS[colourType]! * bitDepth;
  const steps = interlaced ? PASSES : ([[0, 0, 1, 1]] as const);
  return steps
    .map(([left, top, stepX, stepY]) => {
      const across = Math.ceil((width - left) / stepX);
      const down = Math.ceil((height - top) / stepY);
      return { left, top, stepX, stepY, width: across, height: down, stride: Math.ceil((across * bits) / 8) };
    })
    .filter((pass) => pass.width > 0 && pass.height > 0);
}

/** Exactly `expected` bytes, or null: a stream that holds more is not read to its end. */
async function inflate(bytes: Uint8Array, expected: number, pace: Pace): Promise<Uint8Array | null> {
  const raw = new Uint8Array(expected);
  let filled = 0;
  const stream = new Unzlib((piece) => {
    raw.set(piece.subarray(0, expected - filled), filled);
    filled = Math.min(expected, filled + piece.length);
  });
  try {
    for (const { name, data } of chunks(bytes)) {
      if (name !== 'IDAT') continue;
      for (let at = 0; at < data.length && filled < expected; at += PIECE) {
        stream.push(data.subarray(at, at + PIECE), false);
        if (pace.due()) await pace.rest();
      }
    }
  } catch (problem) {
    // fflate throws errors with a number of its own for broken streams; an abort goes on up.
    if (
      problem instanceof Error &&
      typeof (problem as { code?: unknown }).code === 'number' &&
      problem.name === 'Error'
    ) {
      return null;
    }
    throw problem;
  }
  return filled === expected ? raw : null;
}

/** Colours and their transparency (chunks PLTE and tRNS). */
class Palette {
  colours = new Uint8Array(0);
  transparency = new Uint8Array(0);

  constructor(bytes: Uint8Array) {
    for (const { name, data } of chunks(bytes)) {
      if (name === 'PLTE') this.colours = data.slice();
      if (name === 'tRNS') this.transparency = data.slice();
    }
  }

  /** For grey and RGB: the one sample value (at the file's depth) that is transparent; -1 when there is none. */
  key(channel: number): number {
    const at = channel * 2;
    return at + 1 < this.transparency.length ? (this.transparency[at]! << 8) | this.transparency[at + 1]! : -1;
  }
}

function writeRow(
  image: RgbaImage,
  row: Uint8Array,
  pass: Pass,
  y: number,
  { bitDepth, colourType }: PngFacts,
  palette: Palette,
): boolean {
  const { data } = image;
  if (colourType === 6 && bitDepth === 8 && pass.stepX === 1) {
    data.set(row, (pass.top + y * pass.stepY) * image.width * 4);
    return true;
  }
  const sample = reader(row, bitDepth);
  const to8 = bitDepth === 16 ? (v: number) => Math.round(v / 257) : (v: number) => (v * 255) / ((1 << bitDepth) - 1);
  let at = ((pass.top + y * pass.stepY) * image.width + pass.left) * 4;
  for (let x = 0; x < pass.width; x++, at += pass.stepX * 4) {
    if (colourType === 3) {
      const index = sample(x);
      if (index * 3 + 2 >= palette.colours.length) return false;
      data.set(palette.colours.subarray(index * 3, index * 3 + 3), at);
      data[at + 3] = palette.transparency[index] ?? 255;
      continue;
    }
    const channels = CHANNELS[colourType]!;
    const grey = channels < 3;
    const first = sample(x * channels);
    const second = grey ? first : sample(x * channels + 1);
    const third = grey ? first : sample(x * channels + 2);
    data[at] = to8(first);
    data[at + 1] = to8(second);
    data[at + 2] = to8(third);
    if (colourType === 4 || colourType === 6) data[at + 3] = to8(sample(x * channels + channels - 1));
    else {
      const keyed = grey
        ? first === palette.key(0)
        : first === palette.key(0) && second === palette.key(1) && third === palette.key(2);
      data[at + 3] = keyed ? 0 : 255;
    }
  }
  return true;
}

/** Gives the n-th sample of a row. */
function reader(row: Uint8Array, bitDepth: number): (index: number) => number {
  if (bitDepth === 8) return (index) => row[index]!;
  if (bitDepth === 16) return (index) => (row[index * 2]! << 8) | row[index * 2 + 1]!;
  const mask = (1 << bitDepth) - 1;
  return (index) => {
    const bit = index * bitDepth;
    return (row[bit >> 3]! >> (8 - bitDepth - (bit & 7))) & mask;
  };
}
