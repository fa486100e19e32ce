/**
 * Boxes drawn, moved and resized in a picture. Pure; in source pixels, whole ones, always inside the picture and never
 * smaller than a face can be seen in.
 */
import type { Size } from '../core/money/price';
import type { Point } from '../pixels/face';
import type { Box } from '../pixels/image';

/** Source pixels a side: the detector finds nothing below it, and no model rebuilds a face from less. */
export const SMALLEST_BOX = 8;

/** Which corner is held: -1 = left or top, 1 = right or bottom. */
export interface Corner {
  readonly across: -1 | 1;
  readonly down: -1 | 1;
}

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** The nearest allowed box: whole pixels, large enough, inside the picture. */
export function allowed(box: Box, picture: Size): Box {
  const side = (length: number, all: number): number => clamp(Math.round(length), Math.min(SMALLEST_BOX, all), all);
  const width = side(box.width, picture.width);
  const height = side(box.height, picture.height);
  return {
    x: clamp(Math.round(box.x), 0, picture.width - width),
    y: clamp(Math.round(box.y), 0, picture.height - height),
    width,
    height,
  };
}

/** The box between two points, in any direction; what reaches past the picture is cut off. */
export function between(from: Point, to: Point, picture: Size): Box {
  const inside = ({ x, y }: Point): Point => ({ x: clamp(x, 0, picture.width), y: clamp(y, 0, picture.height) });
  const [a, b] = [inside(from), inside(to)];
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return allowed({ x, y, width: Math.max(a.x, b.x) - x, height: Math.max(a.y, b.y) - y }, picture);
}

/** Keeps its size: at the picture's edge it stops. */
export function shifted(box: Box, right: number, down: number, picture: Size): Box {
  return allowed({ ...box, x: box.x + right, y: box.y + down }, picture);
}

/** The held corner goes to the point and the opposite one stays, where that leaves a box large enough. */
export function stretched(box: Box, corner: Corner, to: Point, picture: Size): Box {
  const along = (start: number, length: number, held: -1 | 1, at: number, all: number): readonly [number, number] => {
    const least = Math.min(SMALLEST_BOX, all);
    if (held === 1) return [start, Math.max(least, clamp(at, 0, all) - start)];
    const end = start + length;
    const first = Math.min(clamp(at, 0, all), end - least);
    return [first, end - first];
  };
  // A found box may reach past the picture's edge.
  const start = allowed(box, picture);
  const [x, width] = along(start.x, start.width, corner.across, to.x, picture.width);
  const [y, height] = along(start.y, start.height, corner.down, to.y, picture.height);
  return allowed({ x, y, width, height }, picture);
}

/** Wider and higher at its right and bottom edge, or narrower and lower: what the arrow keys do. */
export function grown(box: Box, wider: number, higher: number, picture: Size): Box {
  const corner = { x: box.x + box.width + wider, y: box.y + box.height + higher };
  return stretched(box, { across: 1, down: 1 }, corner, picture);
}

/** A face is about this much narrower than high. */
const FACE_SHAPE = 0.8;
/** A box that nobody drew is this part of the shorter side of what is seen. */
const FACE_SHARE = 0.3;

/** A box in the middle of what is seen, where none of the others lies exactly. `seen` is the visible part of the picture. */
export function middleBox(seen: Box, others: readonly Box[], picture: Size): Box {
  const height = Math.min(seen.width, seen.height) * FACE_SHARE;
  const width = height * FACE_SHAPE;
  const middle = { x: seen.x + (seen.width - width) / 2, y: seen.y + (seen.height - height) / 2, width, height };
  let box = allowed(middle, picture);
  // Each box there makes at most one place taken, so one more place than boxes is enough.
  for (let turn = 0; turn < others.length && others.some((other) => sameBox(other, box)); turn++) {
    box = shifted(box, Math.max(1, Math.round(box.width / 4)), Math.max(1, Math.round(box.height / 4)), picture);
  }
  return box;
}

/** To the pixel. */
export function sameBox(a: Box, b: Box): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

/** True when both can only mean one face: the middle of one lies in the other. */
export function meet(a: Box, b: Box): boolean {
  return holds(a, middleOf(b)) || holds(b, middleOf(a));
}

/** The rim counts as inside. */
export function holds({ x, y, width, height }: Box, at: Point): boolean {
  return at.x >= x && at.x <= x + width && at.y >= y && at.y <= y + height;
}

const middleOf = ({ x, y, width, height }: Box): Point => ({ x: x + width / 2, y: y + height / 2 });
