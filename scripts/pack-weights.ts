/**
 * Packs the face network for the plugin: reads MediaPipe's full-range model (Apache-2.0) from its npm package, joins
 * its operators into the steps of src/pixels/detect/graph.ts, stores the weights as int8 with a scale per output
 * channel, and compresses. The result is kept in .cache/, so that tests, engine and build share one pass of a second.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'fflate';
import { channelOf, convolutionsOf, type Header } from '../src/pixels/detect/graph';
import { type FusedStep, fuse } from './fuse';
import { readTflite } from './tflite';

/** Raise it when the file format or the joining of steps changes: the cache is keyed by it. */
const PACKING = 1;

/** The packed network, as `loadNetwork` reads it. `float32` is for measuring what int8 costs. */
export async function packWeights(precision: Header['precision'] = 'int8'): Promise<Uint8Array> {
  const model = await readFile(
    createRequire(import.meta.url).resolve('@mediapipe/face_detection/face_detection_full_range.tflite'),
  );
  const key = createHash('sha256').update(model).update(`${PACKING} ${precision}`).digest('hex').slice(0, 16);
  const root = join(dirname(fileURLToPath(import.meta.url)), '..');
  const file = join(root, '.cache', `face-weights-${key}.bin.gz`);
  try {
    return new Uint8Array(await readFile(file));
  } catch {
    const packed = pack(fuse(readTflite(model)), precision);
    await mkdir(dirname(file), { recursive: true });
    // Written aside and renamed: several test processes may do this at once.
    await writeFile(`${file}.${process.pid}`, packed);
    await rename(`${file}.${process.pid}`, file);
    return packed;
  }
}

export function pack(
  graph: { readonly steps: readonly FusedStep[]; readonly output: number },
  precision: Header['precision'],
): Uint8Array {
  const header: Header = { v: 1, precision, steps: graph.steps.map(({ step }) => step), output: graph.output };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const parts: Uint8Array[] = [new Uint8Array(Uint32Array.of(text.length).buffer), text];
  for (const { step, convolutions } of graph.steps) {
    convolutionsOf(step).forEach((shape, index) => {
      const { weights, bias } = convolutions[index]!;
      if (weights.length !== shape.weights || bias.length !== shape.outputs) {
        throw new Error(`${step.kind} needs ${shape.weights} weights, got ${weights.length}`);
      }
      if (precision === 'float32') {
        parts.push(new Uint8Array(weights.slice().buffer));
      } else {
        const peaks = new Float32Array(shape.outputs);
        weights.forEach((weight, i) => {
          const channel = channelOf(i, shape);
          peaks[channel] = Math.max(peaks[channel]!, Math.abs(weight));
        });
        const scales = Array.from(peaks, (peak) => roundUpToHalf(peak / 127));
        const bytes = Int8Array.from(weights, (weight, i) => {
          const scale = scales[channelOf(i, shape)]!;
          return scale === 0 ? 0 : Math.round(weight / scale);
        });
        parts.push(new Uint8Array(bytes.buffer), halves(scales));
      }
      parts.push(halves(Array.from(bias)));
    });
  }
  return gzipSync(concatenate(parts), { level: 9, mtime: 0 });
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function halves(values: readonly number[]): Uint8Array {
  return new Uint8Array(Uint16Array.from(values, (value) => toHalf(value, Math.round)).buffer);
}

/** The nearest float16 at or above a value >= 0, so that the largest weight still fits in 127 steps. */
function roundUpToHalf(value: number): number {
  const bits = toHalf(value, Math.ceil);
  const exponent = bits >> 10;
  return exponent === 0 ? bits * 2 ** -24 : (1 + (bits & 0x3ff) / 1024) * 2 ** (exponent - 15);
}

/** IEEE 754 binary16 of a finite number within +-65504. */
export function toHalf(value: number, round: (value: number) => number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  const exponent = Math.max(-14, Math.floor(Math.log2(size || 2 ** -24)));
  const fraction = round(size / 2 ** (exponent - 10));
  // A fraction of 1024 and more carries into the exponent by itself; below 1024 the number is subnormal.
  return sign | (fraction < 1024 ? fraction : ((exponent + 15) << 10) + (fraction - 1024));
}
