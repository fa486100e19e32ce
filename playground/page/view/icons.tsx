/** 16 px line icons. */
import type { NodeType } from '../../document/node';

const PATHS = {
  undo: 'M6.5 3.5 3 7l3.5 3.5M3.5 7H9a3.5 3.5 0 0 1 0 7H7',
  redo: 'M9.5 3.5 13 7l-3.5 3.5M12.5 7H7a3.5 3.5 0 0 0 0 7h2',
  restart: 'M13 8a5 5 0 1 1-1.6-3.7M13 2.5v3h-3',
  sun: 'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6ZM8 1.5v1.5M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1 1M11.6 11.6l1 1M12.6 3.4l-1 1M4.4 11.6l-1 1',
  moon: 'M13 9.6A5.5 5.5 0 0 1 6.4 3a5.5 5.5 0 1 0 6.6 6.6Z',
  plus: 'M8 3.5v9M3.5 8h9',
  minus: 'M3.5 8h9',
  down: 'm5 6.5 3 3 3-3',
  close: 'm4 4 8 8M12 4l-8 8',
  lock: 'M4.5 7.5h7v5h-7zM6 7.5V5.5a2 2 0 0 1 4 0v2',
  plugin: 'M6 2.5v3M10 2.5v3M3.5 5.5h9v2.5a4.5 4.5 0 0 1-9 0zM8 12.5v2',
  trash: 'M3.5 4.5h9M6.5 4.5v-1h3v1M5 4.5l.5 8h5l.5-8',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }) {
  return <Path d={PATHS[name]} />;
}

const KINDS: { readonly [Type in NodeType]: string } = {
  RECTANGLE: 'M3.5 3.5h9v9h-9z',
  ELLIPSE: 'M8 3.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9Z',
  POLYGON: 'M8 3.5 13 12.5H3z',
  STAR: 'm8 3 1.5 3.3 3.5.4-2.6 2.4.7 3.5L8 10.9l-3.1 1.7.7-3.5L3 6.7l3.5-.4z',
  VECTOR: 'M3.5 12C4 6 8 10 12.5 4',
  LINE: 'M3.5 12.5l9-9',
  TEXT: 'M4 4.5v-1h8v1M8 3.5v9M6.5 12.5h3',
  FRAME: 'M5.5 2.5v11M10.5 2.5v11M2.5 5.5h11M2.5 10.5h11',
  GROUP: 'M3.5 3.5h2M10.5 3.5h2v2M12.5 10.5v2h-2M5.5 12.5h-2v-2M3.5 5.5v-2M7 3.5h2M7 12.5h2M3.5 7v2M12.5 7v2',
  SECTION: 'M2.5 3.5h11v9h-11zM2.5 6.5h5v-3',
  COMPONENT: 'm8 2.5 2 2-2 2-2-2zM8 9.5l2 2-2 2-2-2zM4.5 6l2 2-2 2-2-2zM11.5 6l2 2-2 2-2-2z',
  INSTANCE: 'm8 2.5 5.5 5.5L8 13.5 2.5 8z',
  PAGE: 'M4 2.5h5l3 3v8H4z',
  DOCUMENT: 'M4 2.5h5l3 3v8H4z',
};

export function KindIcon({ type }: { readonly type: NodeType }) {
  return <Path d={KINDS[type]} />;
}

function Path({ d }: { readonly d: string }) {
  return (
    <svg class="icon" width="16" height="16" viewBox="0 0 16 16" fill="none" aria-hidden="true">
      <path d={d} stroke="currentColor" stroke-linejoin="round" stroke-linecap="round" />
    </svg>
  );
}
