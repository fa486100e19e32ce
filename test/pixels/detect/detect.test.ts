import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readPicture } from '../../../bench/faces/photos';
import { overlapOf } from '../../../bench/faces/tally';
import { packWeights } from '../../../scripts/pack-weights';
import { detectFaces } from '../../../src/pixels/detect/detect';
import { loadNetwork, type Network } from '../../../src/pixels/detect/network';
import type { Face } from '../../../src/pixels/face';
import { type Box, type RgbaImage, rgbaImage } from '../../../src/pixels/image';

/** Hand-checked, forehead to chin. */
const ASTRONAUT: Box = { x: 178, y: 63, width: 89, height: 112 };
const HOPPER: Box = { x: 168, y: 128, width: 196, height: 208 };

const sample = async (name: string): Promise<RgbaImage> =>
  readPicture(new Uint8Array(await readFile(join(import.meta.dirname, '../../../playground/samples', name))));

/** A quarter turn clockwise. */
function turned({ width, height, data }: RgbaImage): RgbaImage {
  const image = rgbaImage(height, width);
  const from = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const to = new Uint32Array(image.data.buffer);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) to[x * height + (height - 1 - y)] = from[y * width + x]!;
  }
  return image;
}

/** Means of n x n pixels. */
function shrunk({ width, height, data }: RgbaImage, n: number): RgbaImage {
  const image = rgbaImage(Math.floor(width / n), Math.floor(height / n));
  for (let at = 0; at < image.data.length; at++) {
    const [x, y, c] = [(at >> 2) % image.width, Math.floor(at / 4 / image.width), at % 4];
    let sum = 0;
    for (let i = 0; i < n * n; i++) sum += data[((y * n + Math.floor(i / n)) * width + x * n + (i % n)) * 4 + c]!;
    image.data[at] = sum / (n * n);
  }
  return image;
}

/** A part of a picture. */
function part(image: RgbaImage, left: number, top: number, width: number, height: number): RgbaImage {
  const cut = rgbaImage(width, height);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * image.width + left) * 4;
    cut.data.set(image.data.subarray(from, from + width * 4), y * width * 4);
  }
  return cut;
}

const boxes = (faces: readonly Face[]): number[] => faces.flatMap(({ box }) => Object.values(box));

let network: Network;
let plain: Network;

beforeAll(async () => {
  const weights = await packWeights();
  network = loadNetwork(weights);
  plain = loadNetwork(weights, 'plain');
});

describe('the face detector', () => {
  it.each([
    ['astronaut.png', ASTRONAUT],
    ['grace_hopper.jpg', HOPPER],
  ])('finds the one face of %s from forehead to chin', async (name, box) => {
    const [face, ...others] = await detectFaces(await sample(name), network);
    expect(others).toEqual([]);
    expect(overlapOf(face!.box, box)).toBeGreaterThan(0.75);
    expect(face!.score).toBeGreaterThan(0.8);
  });

  it('places eyes, nose and mouth of the astronaut, her own right eye on the left of the picture', async () => {
    const [face] = await detectFaces(await sample('astronaut.png'), network);
    const expected = { rightEye: [204, 103], leftEye: [248, 104], nose: [226, 129], mouth: [224, 149] };
    for (const [name, [x, y]] of Object.entries(expected)) {
      const point = face!.points![name as 'nose'];
      expect(Math.hypot(point.x - x!, point.y - y!), name).toBeLessThan(8);
    }
  });

  it('finds no face in a cup of coffee', async () => {
    expect(await detectFaces(await sample('coffee.png'), network)).toEqual([]);
  });

  it('finds a face of 12 pixels', async () => {
    const [face, ...others] = await detectFaces(shrunk(await sample('astronaut.png'), 8), network);
    expect(others).toEqual([]);
    expect(overlapOf(face!.box, { x: 22.2, y: 7.9, width: 11.1, height: 14 })).toBeGreaterThan(0.6);
  });

  it('finds a face that fills the picture to its edges', async () => {
    const { x, y, width, height } = HOPPER;
    const [face, ...others] = await detectFaces(part(await sample('grace_hopper.jpg'), x, y, width, height), network);
    expect(others).toEqual([]);
    expect(overlapOf(face!.box, { x: 0, y: 0, width, height })).toBeGreaterThan(0.7);
  });

  it('finds a face that lies on its side or stands on its head, and says where its eyes are', async () => {
    const lying = turned(await sample('astronaut.png'));
    const { x, y, width, height } = ASTRONAUT;
    const [face] = await detectFaces(lying, network);
    expect(overlapOf(face!.box, { x: 512 - y - height, y: x, width: height, height: width })).toBeGreaterThan(0.7);
    expect(face!.points!.leftEye.y).toBeGreaterThan(face!.points!.rightEye.y + 30);
    const [standing] = await detectFaces(turned(lying), network);
    expect(overlapOf(standing!.box, { x: 512 - x - width, y: 512 - y - height, width, height })).toBeGreaterThan(0.7);
    expect(standing!.points!.leftEye.x).toBeLessThan(standing!.points!.rightEye.x - 30);
  });

  it('finds the same faces with and without WebAssembly', async () => {
    expect([network.makeKernels().name, plain.makeKernels().name]).toEqual(['simd', 'plain']);
    const image = shrunk(await sample('astronaut.png'), 2);
    const [fast, slow] = await Promise.all([detectFaces(image, network), detectFaces(image, plain)]);
    expect(slow).toHaveLength(1);
    boxes(fast).forEach((value, i) => {
      expect(value).toBeCloseTo(boxes(slow)[i]!, 2);
    });
    expect(fast[0]!.score).toBeCloseTo(slow[0]!.score, 4);
  });

  it('finds the same faces of two pictures at once as of one after the other', async () => {
    const images = [shrunk(await sample('astronaut.png'), 4), shrunk(await sample('grace_hopper.jpg'), 4)] as const;
    const pause = (): Promise<void> => new Promise(setImmediate);
    const together = await Promise.all(images.map((image) => detectFaces(image, network, { pause })));
    expect(together).toEqual([await detectFaces(images[0], network), await detectFaces(images[1], network)]);
    expect(together.map(({ length }) => length)).toEqual([1, 1]);
  });

  it('tells early what the quick looks found in a large picture', async () => {
    const image = await sample('grace_hopper.jpg');
    const early: (readonly Face[])[] = [];
    const faces = await detectFaces(image, network, { onFirst: (first) => early.push(first) });
    expect(early.map(({ length }) => length)).toEqual([1]);
    expect(overlapOf(early[0]![0]!.box, faces[0]!.box)).toBeGreaterThan(0.8);
  });

  it.each([
    ['one pixel', 1, 1],
    ['a strip of 4096 pixels', 4096, 1],
    ['a strip on its end', 1, 4096],
    ['two pixels', 2, 1],
  ])('finds nothing in %s, without fail', async (_, width, height) => {
    expect(await detectFaces(rgbaImage(width, height), network)).toEqual([]);
  });
});

describe('an abort', () => {
  it('before the start is heard before any work', async () => {
    const reason = new Error('closed');
    const pause = (): Promise<void> => Promise.reject(new Error('work was done'));
    const promise = detectFaces(await sample('astronaut.png'), network, { signal: AbortSignal.abort(reason), pause });
    await expect(promise).rejects.toBe(reason);
  });

  it('in a pause is heard at the end of that pause', async () => {
    const controller = new AbortController();
    let pauses = 0;
    const pause = async (): Promise<void> => {
      pauses++;
      if (pauses === 2) controller.abort(new Error('closed'));
    };
    const promise = detectFaces(await sample('astronaut.png'), plain, { signal: controller.signal, pause });
    await expect(promise).rejects.toThrow('closed');
    expect(pauses).toBe(2);
  });
});
