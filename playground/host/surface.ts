/**
 * What a person sees and touches of a run besides the canvas: the plugin's window, toasts, the console, the viewport.
 * State only; the page draws it, tests read it.
 */
import type { Rect } from '../document/transform';
import { union } from '../document/transform';
import type { ConsoleLevel, Notice, UiOptions, Viewport } from './calls';

export interface PluginWindow extends UiOptions {
  readonly html: string;
  /** Counts the windows of this host: a new number is a new frame. */
  readonly serial: number;
}

export interface ConsoleLine {
  readonly level: ConsoleLevel;
  readonly text: string;
}

export type NoticeEnd = 'timeout' | 'dismiss' | 'action_button_click';

export interface ShownNotice extends Notice {
  readonly open: boolean;
}

export interface Surface {
  window(): PluginWindow | null;
  /** Every toast of this host, the oldest first, with whether it is still there. */
  notices(): readonly ShownNotice[];
  console(): readonly ConsoleLine[];
  links(): readonly string[];
  viewport(): Viewport;
  showWindow(options: UiOptions & { readonly html: string }): null;
  changeWindow(change: Partial<UiOptions>): null;
  closeWindow(): null;
  toWindow(message: unknown): null;
  onWindowMessage(hear: (message: unknown) => void): () => void;
  showNotice(notice: Notice): null;
  endNotice(id: number, reason: NoticeEnd): null;
  onNotice(hear: (notice: Notice) => void): () => void;
  onNoticeEnd(hear: (id: number, reason: NoticeEnd) => void): () => void;
  write(level: ConsoleLevel, text: string): null;
  openLink(address: string): null;
  /** The person moved the canvas, or the screen changed: nobody is told. */
  setViewport(viewport: Viewport): void;
  moveViewport(change: Partial<Pick<Viewport, 'center' | 'zoom'>>): null;
  showLayers(ids: readonly string[]): null;
  onChange(hear: () => void): () => void;
}

/** `boxOf` gives the box of a layer on its page. */
export function createSurface(boxOf: (id: string) => Rect): Surface {
  let window: PluginWindow | null = null;
  let serial = 0;
  let notices: readonly ShownNotice[] = [];
  let lines: readonly ConsoleLine[] = [];
  let links: readonly string[] = [];
  let viewport: Viewport = { center: { x: 0, y: 0 }, zoom: 1, bounds: { x: -640, y: -400, width: 1280, height: 800 } };
  const messages = new Set<(message: unknown) => void>();
  const starts = new Set<(notice: Notice) => void>();
  const ends = new Set<(id: number, reason: NoticeEnd) => void>();
  const changes = new Set<() => void>();
  const changed = (): null => {
    for (const hear of changes) hear();
    return null;
  };
  const heard = <Hear>(set: Set<Hear>, hear: Hear) => {
    set.add(hear);
    return () => {
      set.delete(hear);
    };
  };
  return {
    window: () => window,
    notices: () => notices,
    console: () => lines,
    links: () => links,
    viewport: () => viewport,
    showWindow(options) {
      serial += 1;
      window = { ...options, serial };
      return changed();
    },
    changeWindow(change) {
      if (window !== null) window = { ...window, ...change };
      return changed();
    },
    closeWindow() {
      window = null;
      return changed();
    },
    toWindow(message) {
      for (const hear of messages) hear(message);
      return null;
    },
    onWindowMessage: (hear) => heard(messages, hear),
    showNotice(notice) {
      notices = [...notices, { ...notice, open: true }];
      for (const hear of starts) hear(notice);
      return changed();
    },
    endNotice(id, reason) {
      const open = notices.some((notice) => notice.id === id && notice.open);
      if (!open) return null;
      notices = notices.map((notice) => (notice.id === id ? { ...notice, open: false } : notice));
      for (const hear of ends) hear(id, reason);
      return changed();
    },
    onNotice: (hear) => heard(starts, hear),
    onNoticeEnd: (hear) => heard(ends, hear),
    write(level, text) {
      lines = [...lines, { level, text }];
      return changed();
    },
    openLink(address) {
      links = [...links, address];
      return changed();
    },
    setViewport(next) {
      viewport = next;
    },
    moveViewport({ center = viewport.center, zoom = viewport.zoom }) {
      const width = (viewport.bounds.width * viewport.zoom) / zoom;
      const height = (viewport.bounds.height * viewport.zoom) / zoom;
      viewport = { center, zoom, bounds: { x: center.x - width / 2, y: center.y - height / 2, width, height } };
      return changed();
    },
    showLayers(ids) {
      if (ids.length === 0) return null;
      const box = union(ids.map(boxOf));
      const screen = { width: viewport.bounds.width * viewport.zoom, height: viewport.bounds.height * viewport.zoom };
      const zoom = Math.min(1, (screen.width * 0.8) / box.width, (screen.height * 0.8) / box.height);
      return this.moveViewport({ center: { x: box.x + box.width / 2, y: box.y + box.height / 2 }, zoom });
    },
    onChange: (hear) => heard(changes, hear),
  };
}
