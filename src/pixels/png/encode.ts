/**
 * A PNG encoder of our own (PNG 1.2), for what a canvas cannot write exactly: semi-transparent pixels. Eight bits,
 * RGBA, each row filtered by whichever filter leaves the smallest differences (9.6). Blank rows cost next to nothing.
 */
import { crc32 } from '../../core/picture/crc32';
import type { RgbaImage } from '../image';
import type { Pace } from '../pace';
import type { Region } from '../region';
import { Deflater } from './deflate';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const RGBA = 6;
/** Filter types None, Sub, Up, Paeth; Average hardly ever wins. */
const FILTERS = [0, 1, 2, 4] as const;

/** `regions`: outside of them every pixel is 0, 0, 0, 0, which saves looking; null: look everywhere. */
export async function encodePng(image: RgbaImage, regions: readonly Region[] | null, pace: Pace): Promise<Uint8Array> {
  const { width, height, data } = image;
  const stride = width * 4;
  const deflater = new Deflater();
  const lines = FILTERS.map(() => new Uint8Array(stride));
  const type = new Uint8Array(1);
  for (let y = 0; y < height; y++) {
    const span = spanOf(regions, y, width);
    if (span === null) {
      deflater.addZeros(stride + 1);
      continue;
    }
    const from = span.from * 4;
    const to = span.to * 4;
    const best = filterRow(data, y * stride, y === 0 ? -1 : (y - 1) * stride, from, to, lines);
    type[0] = FILTERS[best]!;
    deflater.add(type, 0, 1);
    deflater.addZeros(from);
    deflater.add(lines[best]!, from, to);
    deflater.addZeros(stride - to);
    if (pace.due()) await pace.rest();
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, RGBA, 0, 0, 0], 8);
  return joined([
    Uint8Array.from(SIGNATURE),
    chunk('IHDR', header),
    chunk('IDAT', deflater.finish()),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

/** The pixels of a row that can differ from zero after filtering: its own, those of the row above, and one to the right. */
function spanOf(regions: readonly Region[] | null, y: number, width: number): { from: number; to: number } | null {
  if (regions === null) return { from: 0, to: width };
  let from = width;
  let to = 0;
  for (const region of regions) {
    if (y < region.y || y > region.y + region.height) continue;
    from = Math.min(from, region.x);
    to = Math.max(to, Math.min(width, region.x + region.width + 1));
  }
  return from < to ? { from, to } : null;
}

/** Fills `lines` with the row under each filter and returns the index of the one with the smallest sum of magnitudes. */
function filterRow(
  data: Uint8ClampedArray,
  row: number,
  above: number,
  from: number,
  to: number,
  lines: readonly Uint8Array[],
): number {
  const [none, sub, up, paeth] = lines as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  let sumNone = 0;
  let sumSub = 0;
  let sumUp = 0;
  let sumPaeth = 0;
  for (let i = from; i < to; i++) {
    const value = data[row + i]!;
    const a = i >= 4 ? data[row + i - 4]! : 0;
    const b = above >= 0 ? data[above + i]! : 0;
    const c = above >= 0 && i >= 4 ? data[above + i - 4]! : 0;
    none[i] = value;
    sub[i] = value - a;
    up[i] = value - b;
    // Paeth: the neighbour nearest to a + b - c (6.6).
    const pa = b > c ? b - c : c - b;
    const pb = a > c ? a - c : c - a;
    const pc = Math.abs(a + b - 2 * c);
    paeth[i] = value - (pa <= pb && pa <= pc ? a : pb <= pc ? b : c);
    sumNone += magnitude(value);
    sumSub += magnitude(sub[i]!);
    sumUp += magnitude(up[i]!);
    sumPaeth += magnitude(paeth[i]!);
  }
  const sums = [sumNone, sumSub, sumUp, sumPaeth];
  return sums.indexOf(Math.min(...sums));
}

/** Of a byte read as signed. */
const magnitude = (byte: number): number => (byte < 128 ? byte : 256 - byte);

function chunk(name: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = name.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(data.length + 8, crc32(bytes, 4, data.length + 8));
  return bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
