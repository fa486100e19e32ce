/** Zooming that keys and buttons share; the screen is the canvas element as it is now. */
import type { Rect, Vec } from '../../document/transform';
import { union } from '../../document/transform';
import { absoluteBox, get } from '../../document/tree';
import { fitted, type Screen, zoomedAt } from '../canvas/camera';
import type { Session } from '../session';

/** Pixels that the plugin's window takes at the right, as it opens; left free where the screen has room for both. */
const WINDOW_WIDTH = 352;
const WIDE_SCREEN = 1000;

export interface CanvasActions {
  fit(): void;
  /** 1 = 100 %. */
  zoomTo(zoom: number): void;
  zoomBy(factor: number): void;
}

/** Zoom 1 is 100 %; `zoomBy` multiplies. The middle of the screen stays where it is. */
export function canvasActions(session: Session): CanvasActions {
  const screen = canvasScreen();
  const middle: Vec = { x: screen.width / 2, y: screen.height / 2 };
  const zoomTo = (zoom: number): void => session.setCamera(zoomedAt(session.camera(), middle, zoom));
  return {
    fit: () => session.setCamera(fitted(contentBox(session), screen, screen.width > WIDE_SCREEN ? WINDOW_WIDTH : 0)),
    zoomTo,
    zoomBy: (factor) => zoomTo(session.camera().zoom * factor),
  };
}

/** CSS pixels; 1 x 1 before the canvas is there. */
function canvasScreen(): Screen {
  const canvas = document.querySelector('.canvas');
  return { width: canvas?.clientWidth ?? 1, height: canvas?.clientHeight ?? 1 };
}

function contentBox(session: Session): Rect {
  const tree = session.document.tree();
  const boxes = get(tree, session.document.currentPage()).children.map((id) => absoluteBox(tree, id));
  return boxes.length === 0 ? { x: 0, y: 0, width: 800, height: 600 } : union(boxes);
}
