/**
 * Figma's 2 x 3 matrices: `[[a, c, e], [b, d, f]]` maps (x, y) to (a x + c y + e, b x + d y + f), y down.
 * Source: the typings of `Transform`, `relativeTransform` and `rotation`.
 */
import type { Transform } from '@figma/plugin-typings/plugin-api-standalone';

export type { Transform };

export interface Vec {
  readonly x: number;
  readonly y: number;
}

export interface Rect extends Vec {
  readonly width: number;
  readonly height: number;
}

export const IDENTITY: Transform = [
  [1, 0, 0],
  [0, 1, 0],
];

/** First `inner`, then `outer`. */
export function multiply(outer: Transform, inner: Transform): Transform {
  const [[a, c, e], [b, d, f]] = outer;
  const [[A, C, E], [B, D, F]] = inner;
  return [
    [a * A + c * B, a * C + c * D, a * E + c * F + e],
    [b * A + d * B, b * C + d * D, b * E + d * F + f],
  ];
}

/** Throws on a matrix that flattens the plane: a layer or paint with one has no inside. */
export function invert(matrix: Transform): Transform {
  const [[a, c, e], [b, d, f]] = matrix;
  const determinant = a * d - b * c;
  if (determinant === 0) throw new RangeError('This transform has no inverse');
  return [
    [d / determinant, -c / determinant, (c * f - d * e) / determinant],
    [-b / determinant, a / determinant, (b * e - a * f) / determinant],
  ];
}

/** The point in the space that the matrix leads to. */
export function apply(matrix: Transform, point: Vec): Vec {
  const [[a, c, e], [b, d, f]] = matrix;
  return { x: a * point.x + c * point.y + e, y: b * point.x + d * point.y + f };
}

/** To the right and down, in pixels. */
export const translation = (x: number, y: number): Transform => [
  [1, 0, x],
  [0, 1, y],
];

/** About the origin; factors of 0 make a matrix without an inverse. */
export const scaling = (x: number, y: number): Transform => [
  [x, 0, 0],
  [0, y, 0],
];

/** Figma's rotation: degrees, counter-clockwise, about the layer's top left corner. -180..180. */
export function rotationOf(matrix: Transform): number {
  const degrees = (Math.atan2(-matrix[1][0], matrix[0][0]) * 180) / Math.PI;
  return Math.abs(degrees) < 1e-9 ? 0 : degrees;
}

/** As `rotationOf` measures it. The scale and slant that the matrix had are lost, the place is kept. */
export function withRotation(matrix: Transform, degrees: number): Transform {
  const [cos, sin] = quarterTurns(degrees);
  return [
    [cos, sin, matrix[0][2]],
    [-sin, cos, matrix[1][2]],
  ];
}

/** Cosine and sine, exact at multiples of 90 degrees. */
function quarterTurns(degrees: number): readonly [number, number] {
  if (degrees % 90 !== 0) return [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const quarters = (((degrees / 90) % 4) + 4) % 4;
  return (
    [
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, -1],
    ] as const
  )[quarters as 0 | 1 | 2 | 3];
}

/** The smallest upright rectangle round a box after the matrix. */
export function bounds(matrix: Transform, width: number, height: number): Rect {
  const corners = [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: 0, y: height },
    { x: width, y: height },
  ].map((corner) => apply(matrix, corner));
  return around(corners);
}

/** The upright box of the points, of which there is at least one. */
export function around(points: readonly Vec[]): Rect {
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** The upright box around all of them, of which there is at least one. */
export function union(rects: readonly Rect[]): Rect {
  return around(
    rects.flatMap(({ x, y, width, height }) => [
      { x, y },
      { x: x + width, y: y + height },
    ]),
  );
}
