/** Which part of a picture a stage shows, and how large. Pure; lengths in CSS pixels, positions in picture pixels. */
import type { Size } from '../../../core/money/price';
import type { Point } from '../../../pixels/face';
import type { Box } from '../../../pixels/image';

export interface Viewport {
  /** CSS pixels a picture pixel. */
  readonly zoom: number;
  /** The picture point at the middle of the stage. */
  readonly x: number;
  readonly y: number;
}

export type Fingers = readonly [Point, Point];

export const LARGEST_ZOOM = 8;
/** From here on a picture pixel is shown as the square that it is. */
export const CRISP_ZOOM = 3;

/** All of the picture, in the middle; a small one is enlarged to fill the stage. */
export function fitted(picture: Size, stage: Size): Viewport {
  const zoom = Math.min(stage.width / picture.width, stage.height / picture.height);
  return { zoom, x: picture.width / 2, y: picture.height / 2 };
}

function allowedZoom(wished: number, picture: Size, stage: Size): number {
  const least = Math.min(fitted(picture, stage).zoom, LARGEST_ZOOM);
  return Math.min(LARGEST_ZOOM, Math.max(least, wished));
}

/** Zoomed by a factor so that the picture point under `at` (from the stage's middle) stays where it is. */
export function zoomed(view: Viewport, factor: number, at: Point, picture: Size, stage: Size): Viewport {
  const zoom = allowedZoom(view.zoom * factor, picture, stage);
  const way = 1 / view.zoom - 1 / zoom;
  return inside({ zoom, x: view.x + at.x * way, y: view.y + at.y * way }, picture, stage);
}

/** Two fingers went from two places to two others (from the stage's middle): what lay under them still does. */
export function pinched(view: Viewport, from: Fingers, to: Fingers, picture: Size, stage: Size): Viewport {
  const middle = ([a, b]: Fingers): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  const apart = ([a, b]: Fingers): number => Math.max(1, Math.hypot(a.x - b.x, a.y - b.y));
  const [start, end] = [middle(from), middle(to)];
  const zoom = allowedZoom(view.zoom * (apart(to) / apart(from)), picture, stage);
  const under = { x: view.x + start.x / view.zoom, y: view.y + start.y / view.zoom };
  return inside({ zoom, x: under.x - end.x / zoom, y: under.y - end.y / zoom }, picture, stage);
}

/** Moved with the pointer: the picture follows it by these CSS pixels. */
export function moved(view: Viewport, right: number, down: number, picture: Size, stage: Size): Viewport {
  return inside({ ...view, x: view.x - right / view.zoom, y: view.y - down / view.zoom }, picture, stage);
}

/** Keeps the stage filled as far as the picture reaches; a picture smaller than the stage stands in its middle. */
export function inside(view: Viewport, picture: Size, stage: Size): Viewport {
  const keep = (middle: number, length: number, shown: number): number =>
    shown >= length ? length / 2 : Math.min(length - shown / 2, Math.max(shown / 2, middle));
  return {
    zoom: view.zoom,
    x: keep(view.x, picture.width, stage.width / view.zoom),
    y: keep(view.y, picture.height, stage.height / view.zoom),
  };
}

/**
 * Pixels of the longer side worth making to show the picture at this zoom. In doublings, so that zooming and a panel being
 * resized do not ask for a new picture at every step. `density`: screen pixels a CSS pixel.
 */
export function detail(picture: Size, zoom: number, density: number): number {
  const all = Math.max(picture.width, picture.height);
  const shown = all * zoom * density;
  let enough = 256;
  while (enough < shown) enough *= 2;
  return Math.min(all, enough);
}

/** Where the picture's left upper corner lies on the stage, in CSS pixels. */
export function corner(view: Viewport, stage: Size): Point {
  return { x: stage.width / 2 - view.x * view.zoom, y: stage.height / 2 - view.y * view.zoom };
}

/** The picture point under a place on the stage; may lie outside the picture. */
export function pictureAt(view: Viewport, stage: Size, x: number, y: number): Point {
  const at = corner(view, stage);
  return { x: (x - at.x) / view.zoom, y: (y - at.y) / view.zoom };
}

/** The part of the picture that the stage shows. */
export function seen(view: Viewport, picture: Size, stage: Size): Box {
  const from = pictureAt(view, stage, 0, 0);
  const to = pictureAt(view, stage, stage.width, stage.height);
  const [x, y] = [Math.max(0, from.x), Math.max(0, from.y)];
  return { x, y, width: Math.min(picture.width, to.x) - x, height: Math.min(picture.height, to.y) - y };
}

/** Moved as little as shows the whole box, or its middle when it is larger than the stage. */
export function revealed(view: Viewport, box: Box, picture: Size, stage: Size): Viewport {
  const along = (middle: number, start: number, length: number, shown: number): number =>
    length > shown ? start + length / 2 : Math.min(start + shown / 2, Math.max(start + length - shown / 2, middle));
  const next = {
    zoom: view.zoom,
    x: along(view.x, box.x, box.width, stage.width / view.zoom),
    y: along(view.y, box.y, box.height, stage.height / view.zoom),
  };
  return inside(next, picture, stage);
}
