import { beforeAll, describe, expect, it } from 'vitest';
import { alignmentOf, GOALS, landmarksOf, TEMPLATE } from '../../../engine/neural/align';
import { featherAt, weightAt } from '../../../engine/neural/feather';
import { fitted, growth, inverse, moved, type Similarity } from '../../../engine/neural/similarity';
import { stretchFor, warped } from '../../../engine/neural/warp';
import { packWeights } from '../../../scripts/pack-weights';
import { detectFaces } from '../../../src/pixels/detect/detect';
import { loadNetwork, type Network } from '../../../src/pixels/detect/network';
import type { Face, Point } from '../../../src/pixels/face';
import { type RgbaImage, rgbaImage } from '../../../src/pixels/image';
import { portrait } from '../portrait';
import { faceAt, placed } from './waves';

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

describe('the similarity through landmarks', () => {
  it.each([
    ['as large', 512, 0],
    ['small and tilted', 40, 33],
    ['large and upside down', 3000, 180],
    ['on its side', 200, -90],
  ])('is found exactly where they fit: %s', (_, size, tilt) => {
    const truth = placed({ x: 123.4, y: -56.7 }, size, tilt);
    const found = alignmentOf(faceAt(truth))!;
    for (const corner of [
      { x: 0, y: 0 },
      { x: 300, y: 700 },
    ]) {
      expect(distance(moved(found, corner), moved(truth, corner))).toBeLessThan(1e-6 * 512);
      expect(distance(moved(inverse(found), moved(found, corner)), corner)).toBeLessThan(1e-6);
    }
  });

  it('is the best in the sense of least squares where they do not', () => {
    const goals = GOALS.map(({ x, y }, index) => ({ x: x + [9, -4, 6, -13][index]!, y: y + [2, 8, -7, 5][index]! }));
    const best = fitted(GOALS, goals)!;
    const error = (with_: Similarity): number =>
      GOALS.reduce((sum, point, index) => sum + distance(moved(with_, point), goals[index]!) ** 2, 0);
    for (const [name, step] of [
      ['a', 0.001],
      ['b', 0.001],
      ['dx', 0.1],
      ['dy', 0.1],
    ] as const) {
      expect(error({ ...best, [name]: best[name] + step })).toBeGreaterThan(error(best));
      expect(error({ ...best, [name]: best[name] - step })).toBeGreaterThan(error(best));
    }
  });

  it('is none without landmarks, or when they are one point', () => {
    const face = faceAt(placed({ x: 50, y: 50 }, 60));
    expect(alignmentOf({ ...face, points: null })).toBeNull();
    const one = { x: 5, y: 6 };
    const points = { rightEye: one, leftEye: one, nose: one, mouth: one, rightEar: one, leftEar: one };
    expect(alignmentOf({ ...face, points })).toBeNull();
  });
});

describe('a real face', () => {
  let picture: RgbaImage;
  let detector: Network;
  let face: Face;
  let toFace: Similarity;
  beforeAll(async () => {
    picture = await portrait();
    detector = loadNetwork(await packWeights());
    face = (await detectFaces(picture, detector))[0]!;
    toFace = alignmentOf(face)!;
  });

  it('comes to lie on the template, its four landmarks within a fortieth of its side', () => {
    const landmarks = landmarksOf(face)!;
    const off = landmarks.map((point, index) => distance(moved(toFace, point), GOALS[index]!));
    expect(Math.max(...off)).toBeLessThan(512 / 40);
  });

  it.each([
    [20, 1],
    [-40, 1],
    [10, 2],
    [0, 0.6],
  ])('turned by %i degrees and %f times as large is aligned to the same place', async (tilt, factor) => {
    const size = { width: Math.round(picture.width * factor), height: Math.round(picture.height * factor) };
    const angle = (tilt * Math.PI) / 180;
    const [a, b] = [factor * Math.cos(angle), factor * Math.sin(angle)];
    const [x, y] = [picture.width / 2, picture.height / 2];
    const turn = { a, b, dx: size.width / 2 - (a * x - b * y), dy: size.height / 2 - (b * x + a * y) };
    const turned = asPicture(warped(stretchFor(picture, turn, size), turn, { x: 0, y: 0, ...size }), size);
    const again = alignmentOf((await detectFaces(turned, detector))[0]!)!;
    // Where the two alignments put the same pixels of the face, in pixels of the aligned face.
    const off = Object.values(TEMPLATE).map((goal) =>
      distance(moved(again, moved(turn, moved(inverse(toFace), goal))), goal),
    );
    expect(Math.max(...off)).toBeLessThan(512 / 32);
    expect(growth(again) * factor).toBeCloseTo(growth(toFace), 0);
  });
});

function asPicture(planes: Float32Array, { width, height }: { readonly width: number; readonly height: number }) {
  const image = rgbaImage(width, height);
  const plane = width * height;
  for (let at = 0; at < image.data.length; at++)
    image.data[at] = at % 4 === 3 ? 255 : planes[(at % 4) * plane + (at >> 2)]!;
  return image;
}

describe('the soft edge', () => {
  it('is whole over the landmarks, falls without steps, and is nothing at the border', () => {
    for (const goal of GOALS) expect(featherAt(goal)).toBe(1);
    let before = 0;
    for (let x = 0; x <= 256; x++) {
      const weight = featherAt({ x, y: 256 });
      expect(weight - before).toBeLessThan(0.03);
      expect(weight).toBeGreaterThanOrEqual(before);
      before = weight;
    }
    expect(featherAt({ x: 8, y: 256 })).toBe(0);
    expect(featherAt({ x: 40, y: 40 })).toBe(0);
  });

  it('leaves the middle of a face to that face, and shares out no more than there is', () => {
    const [left, right] = [placed({ x: 100, y: 100 }, 140), placed({ x: 170, y: 100 }, 140)];
    const nose = moved(inverse(left), TEMPLATE.nose);
    expect(weightAt(left, [right], nose)).toBeGreaterThan(0.98);
    for (let x = 0; x < 270; x += 3) {
      const point = { x, y: 120 };
      const [one, other] = [weightAt(left, [right], point), weightAt(right, [left], point)];
      const most = Math.max(weightAt(left, [], point), weightAt(right, [], point));
      expect(one + other).toBeCloseTo(most, 9);
    }
  });
});
