/** A picture whose value is known between its pixels too, and after blurring: a sum of a few waves on grey. */
import { GOALS } from '../../../engine/neural/align';
import { inverse, moved, type Similarity } from '../../../engine/neural/similarity';
import type { Face, Point } from '../../../src/pixels/face';
import { type RgbaImage, rgbaImage } from '../../../src/pixels/image';

/** Of 255, each wave's. */
const HEIGHT = 30;

/** Directions and phases of the waves; the first is the shortest. */
const WAVES = [
  { across: 0.96, down: 0.28, phase: 0.5 },
  { across: -0.4, down: 0.8, phase: 2 },
  { across: 0.1, down: -0.5, phase: 4 },
] as const;

/**
 * 0..255 at a point. `length`: of the shortest wave, in pixels; `blur`: the deviation of a Gaussian blur, in pixels.
 * Red, green and blue are a little apart.
 */
export function waveAt({ x, y }: Point, length: number, colour: number, blur = 0): number {
  const rate = (2 * Math.PI) / length;
  let value = 128;
  for (const { across, down, phase } of WAVES) {
    const left = blur === 0 ? 1 : Math.exp(-((blur * rate) ** 2 * (across * across + down * down)) / 2);
    value += HEIGHT * left * Math.cos(rate * (across * x + down * y) + phase + colour);
  }
  return value;
}

export function wavy(width: number, height: number, length: number): RgbaImage {
  const image = rgbaImage(width, height);
  for (let at = 0; at < image.data.length; at++) {
    const pixel = at >> 2;
    const centre = { x: (pixel % width) + 0.5, y: Math.floor(pixel / width) + 0.5 };
    image.data[at] = at % 4 === 3 ? 255 : waveAt(centre, length, at % 4);
  }
  return image;
}

/** From the picture to a face whose middle is at `middle`, `size` pixels a side, tilted by so many degrees. */
export function placed(middle: Point, size: number, tilt = 0): Similarity {
  const angle = (tilt * Math.PI) / 180;
  const [a, b] = [(512 / size) * Math.cos(angle), (512 / size) * Math.sin(angle)];
  return { a, b, dx: 256 - (a * middle.x - b * middle.y), dy: 256 - (b * middle.x + a * middle.y) };
}

/** A face whose landmarks lie exactly as in the template. */
export function faceAt(toFace: Similarity): Face {
  const back = inverse(toFace);
  const [rightEye, leftEye, nose, mouth] = GOALS.map((goal) => moved(back, goal)) as [Point, Point, Point, Point];
  return {
    box: { x: rightEye.x, y: rightEye.y, width: 1, height: 1 },
    score: 1,
    points: { rightEye, leftEye, nose, mouth, rightEar: rightEye, leftEar: leftEye },
  };
}
