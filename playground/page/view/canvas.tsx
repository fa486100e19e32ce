/** The canvas: click selects, drag moves, wheel zooms or pans, Space drags the page, a dropped file becomes a layer. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Vec } from '../../document/transform';
import { get } from '../../document/tree';
import { panned, toPage, zoomedAt } from '../canvas/camera';
import { draw } from '../canvas/draw';
import { hit } from '../canvas/hit';
import { createLayerCache } from '../canvas/layerCache';
import { placeFiles } from '../dropped';
import type { Session } from '../session';
import { canvasActions } from './canvasActions';
import { beginMove } from './moving';

export function Canvas({ session }: { readonly session: Session }) {
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const [hovered, setHovered] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const hoveredNow = useRef(hovered);
  hoveredNow.current = hovered;
  usePainting(session, canvasRef, hoveredNow);
  usePointer(session, canvasRef, setHovered);

  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const files = [...(event.dataTransfer?.files ?? [])];
    void placeFiles(session, files, toPage(session.camera(), { x: event.offsetX, y: event.offsetY }));
  };
  return (
    <div class="canvas-area">
      <canvas
        ref={canvasRef}
        class="canvas"
        tabIndex={0}
        role="img"
        aria-label="Canvas"
        onDragOver={(event: DragEvent) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      />
      {over && <div class="drop-hint">Drop the photo to place it on the canvas</div>}
    </div>
  );
}

/** Repaints when something changed, one layer a frame, so that zooming never waits for the painter. */
function usePainting(
  session: Session,
  canvasRef: { readonly current: HTMLCanvasElement | null },
  hovered: { readonly current: string | null },
): void {
  useEffect(() => {
    const canvas = canvasRef.current;
    const context = canvas?.getContext('2d', { alpha: false });
    if (canvas === null || context === null || context === undefined) return;
    let frame = 0;
    let lastZoom = 0;
    let zoomedAgo = 0;
    const paint = (): void => {
      frame = 0;
      const density = devicePixelRatio;
      const size = [Math.round(canvas.clientWidth * density), Math.round(canvas.clientHeight * density)] as const;
      if (canvas.width !== size[0] || canvas.height !== size[1]) [canvas.width, canvas.height] = size;
      const { document } = session;
      const tree = document.tree();
      const camera = session.camera();
      const ids = get(tree, document.currentPage()).children;
      if (camera.zoom !== lastZoom) zoomedAgo = lastZoom === 0 ? SETTLE : 0;
      lastZoom = camera.zoom;
      const more = zoomedAgo++ < SETTLE || cache.work(tree, ids, camera.zoom * density);
      const facts = { tree, pageId: document.currentPage(), selection: document.selection(), hovered: hovered.current };
      draw(context, { ...facts, camera, density, dark: session.theme() === 'dark' }, cache);
      if (more) ask();
    };
    const ask = (): void => {
      if (frame === 0) frame = requestAnimationFrame(paint);
    };
    const cache = createLayerCache(session.pictures, ask);
    const resized = new ResizeObserver(() => {
      session.setScreen({ width: canvas.clientWidth, height: canvas.clientHeight });
      ask();
    });
    resized.observe(canvas);
    const first = requestAnimationFrame(() => canvasActions(session).fit());
    const stop = session.subscribe(ask);
    canvas.addEventListener('pointermove', ask);
    void document.fonts.ready.then(ask);
    ask();
    return () => {
      cancelAnimationFrame(frame);
      cancelAnimationFrame(first);
      resized.disconnect();
      canvas.removeEventListener('pointermove', ask);
      stop();
    };
  }, [session]);
}

/** Frames without a zoom before layers are painted afresh. */
const SETTLE = 6;

function usePointer(
  session: Session,
  canvasRef: { readonly current: HTMLCanvasElement | null },
  setHovered: (id: string | null) => void,
): void {
  useEffect(() => {
    const canvas = canvasRef.current;
    if (canvas === null) return;
    const { document } = session;
    let space = false;
    let drag: ((event: PointerEvent) => void) | null = null;
    let released: (() => void) | null = null;
    const at = (event: { readonly offsetX: number; readonly offsetY: number }): Vec =>
      toPage(session.camera(), { x: event.offsetX, y: event.offsetY });
    const under = (event: PointerEvent | MouseEvent, deep = event.ctrlKey || event.metaKey): string | null =>
      hit(document.tree(), document.currentPage(), at(event), deep);

    const down = (event: PointerEvent): void => {
      canvas.focus();
      canvas.setPointerCapture(event.pointerId);
      if (space || event.button === 1) {
        drag = (move) => session.setCamera(panned(session.camera(), move.movementX, move.movementY));
        return;
      }
      if (event.button !== 0) return;
      const id = under(event);
      const selected = document.selection();
      if (id === null) {
        if (!event.shiftKey) document.select([]);
        return;
      }
      if (event.shiftKey) {
        document.select(selected.includes(id) ? selected.filter((each) => each !== id) : [...selected, id]);
        return;
      }
      if (!selected.includes(id)) document.select([id]);
      const move = beginMove(session, document.selection(), at(event));
      drag = (moved) => move.to(at(moved));
      released = () => {
        if (!move.end() && selected.length > 1) document.select([id]);
      };
    };
    const moved = (event: PointerEvent): void => {
      if (drag !== null) drag(event);
      else setHovered(space ? null : under(event));
    };
    const up = (): void => {
      drag = null;
      released?.();
      released = null;
    };
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      const camera = session.camera();
      if (event.ctrlKey || event.metaKey) {
        session.setCamera(
          zoomedAt(camera, { x: event.offsetX, y: event.offsetY }, camera.zoom * 2 ** (-event.deltaY / 200)),
        );
      } else if (event.shiftKey) session.setCamera(panned(camera, -event.deltaY, 0));
      else session.setCamera(panned(camera, -event.deltaX, -event.deltaY));
    };
    const key = (event: KeyboardEvent): void => {
      if (event.code !== 'Space' || event.target instanceof HTMLButtonElement) return;
      space = event.type === 'keydown';
      canvas.classList.toggle('grabbing', space);
      event.preventDefault();
    };
    const deeper = (event: MouseEvent): void => {
      const id = under(event, true);
      if (id !== null) document.select([id]);
    };
    canvas.addEventListener('pointerdown', down);
    canvas.addEventListener('pointermove', moved);
    canvas.addEventListener('pointerup', up);
    canvas.addEventListener('pointercancel', up);
    canvas.addEventListener('dblclick', deeper);
    canvas.addEventListener('wheel', wheel, { passive: false });
    addEventListener('keydown', key);
    addEventListener('keyup', key);
    return () => {
      canvas.removeEventListener('pointerdown', down);
      canvas.removeEventListener('pointermove', moved);
      canvas.removeEventListener('pointerup', up);
      canvas.removeEventListener('pointercancel', up);
      canvas.removeEventListener('dblclick', deeper);
      canvas.removeEventListener('wheel', wheel);
      removeEventListener('keydown', key);
      removeEventListener('keyup', key);
    };
  }, [session]);
}
