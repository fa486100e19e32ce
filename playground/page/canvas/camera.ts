/** Which part of the page is on the screen. Screen pixels = (page - origin) * zoom; a zoom of 1 is 100 %. */
import type { Rect, Vec } from '../../document/transform';
import type { Viewport } from '../../host/calls';

export interface Camera {
  /** The page point at the screen's top left corner. */
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export interface Screen {
  readonly width: number;
  readonly height: number;
}

const ZOOM = { min: 0.05, max: 32 };

/** `screen`: CSS pixels from the canvas' upper left corner. */
export const toPage = (camera: Camera, screen: Vec): Vec => ({
  x: camera.x + screen.x / camera.zoom,
  y: camera.y + screen.y / camera.zoom,
});

/** By CSS pixels, as the pointer went: the page follows it. */
export const panned = (camera: Camera, dx: number, dy: number): Camera => ({
  ...camera,
  x: camera.x - dx / camera.zoom,
  y: camera.y - dy / camera.zoom,
});

/** Keeps the page point under `at` where it is on the screen. */
export function zoomedAt(camera: Camera, at: Vec, zoom: number): Camera {
  const next = Math.min(ZOOM.max, Math.max(ZOOM.min, zoom));
  const fixed = toPage(camera, at);
  return { x: fixed.x - at.x / next, y: fixed.y - at.y / next, zoom: next };
}

/** Shows the whole box with a margin, at 100 % at most; `covered` pixels at the right are left free. */
export function fitted(box: Rect, screen: Screen, covered = 0, margin = 40): Camera {
  const room = {
    width: Math.max(1, screen.width - covered - 2 * margin),
    height: Math.max(1, screen.height - 2 * margin),
  };
  const zoom = Math.min(1, Math.max(ZOOM.min, Math.min(room.width / box.width, room.height / box.height)));
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  return centred(middle, zoom, { width: screen.width - covered, height: screen.height });
}

/** The page point `at` in the middle of the screen; `zoom` is not bounded here. */
function centred(at: Vec, zoom: number, screen: Screen): Camera {
  return { x: at.x - screen.width / 2 / zoom, y: at.y - screen.height / 2 / zoom, zoom };
}

/** The same, as `figma.viewport` tells it. */
export function viewportOf({ x, y, zoom }: Camera, screen: Screen): Viewport {
  const bounds = { x, y, width: screen.width / zoom, height: screen.height / zoom };
  return { center: { x: x + bounds.width / 2, y: y + bounds.height / 2 }, zoom, bounds };
}
