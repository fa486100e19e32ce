/** Which part of a picture a stage shows, and how large. Pure; lengths in CSS pixels, positions in picture pixels. */
import type { Size } from '../../../core/price';

export interface Viewport {
  /** CSS pixels a picture pixel. */
  readonly zoom: number;
  /** The picture point at the middle of the stage. */
  readonly x: number;
  readonly y: number;
}

export const LARGEST_ZOOM = 8;

export function fitted(picture: Size, stage: Size): Viewport {
  const zoom = Math.min(stage.width / picture.width, stage.height / picture.height);
  return { zoom, x: picture.width / 2, y: picture.height / 2 };
}

/** Zoomed by a factor so that the picture point under `at` (from the stage's middle) stays where it is. */
export function zoomed(
  view: Viewport,
  factor: number,
  at: { readonly x: number; readonly y: number },
  picture: Size,
  stage: Size,
): Viewport {
  const least = Math.min(fitted(picture, stage).zoom, LARGEST_ZOOM);
  const zoom = Math.min(LARGEST_ZOOM, Math.max(least, view.zoom * factor));
  const way = 1 / view.zoom - 1 / zoom;
  return inside({ zoom, x: view.x + at.x * way, y: view.y + at.y * way }, picture, stage);
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
