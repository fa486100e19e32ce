/** Turning, growing and moving in the plane, without mirroring. */
import type { Size } from '../../src/core/money/price';
import type { Point } from '../../src/pixels/face';

/** Takes (x, y) to (a x - b y + dx, b x + a y + dy). */
export interface Similarity {
  readonly a: number;
  readonly b: number;
  readonly dx: number;
  readonly dy: number;
}

export function moved({ a, b, dx, dy }: Similarity, { x, y }: Point): Point {
  return { x: a * x - b * y + dx, y: b * x + a * y + dy };
}

/** How much longer every distance becomes. */
export const growth = ({ a, b }: Similarity): number => Math.hypot(a, b);

export function inverse({ a, b, dx, dy }: Similarity): Similarity {
  const square = a * a + b * b;
  return { a: a / square, b: -b / square, dx: -(a * dx + b * dy) / square, dy: (b * dx - a * dy) / square };
}

/** The same from a grid that is `factor` times as fine. */
export const finer = ({ a, b, dx, dy }: Similarity, factor: number): Similarity => ({
  a: a / factor,
  b: b / factor,
  dx,
  dy,
});

/** The same to a grid that is `factor` times as coarse. */
export const coarser = ({ a, b, dx, dy }: Similarity, factor: number): Similarity => ({
  a: a / factor,
  b: b / factor,
  dx: dx / factor,
  dy: dy / factor,
});

/** What the rectangle from the origin becomes: the upright one round it. */
export function span(
  similarity: Similarity,
  { width, height }: Size,
): { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number } {
  const points = [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: 0, y: height },
    { x: width, y: height },
  ].map((corner) => moved(similarity, corner));
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

/**
 * The similarity that takes `from` nearest to `to` in the sense of least squares: Umeyama, "Least-squares estimation of
 * transformation parameters between two point patterns", IEEE PAMI 13 (4), 1991. In the plane and without mirroring its
 * singular value decomposition is one quotient of complex numbers. Null when all points of `from` are one.
 */
export function fitted(from: readonly Point[], to: readonly Point[]): Similarity | null {
  const [middle, goal] = [mean(from), mean(to)];
  let [square, real, imaginary] = [0, 0, 0];
  for (const [index, point] of from.entries()) {
    const [x, y] = [point.x - middle.x, point.y - middle.y];
    const [u, v] = [to[index]!.x - goal.x, to[index]!.y - goal.y];
    square += x * x + y * y;
    real += x * u + y * v;
    imaginary += x * v - y * u;
  }
  if (square === 0 || (real === 0 && imaginary === 0)) return null;
  const [a, b] = [real / square, imaginary / square];
  return { a, b, dx: goal.x - (a * middle.x - b * middle.y), dy: goal.y - (b * middle.x + a * middle.y) };
}

function mean(points: readonly Point[]): Point {
  const sum = points.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}
