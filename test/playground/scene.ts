/** One document with each kind of layer that the plugin meets, named plainly. */
import { readFileSync } from 'node:fs';
import { encode } from 'fast-png';
import { addInstance, addLayer, addPage, addPaintStyle, imageFill, solidFill } from '../../playground/document/build';
import { type CanvasDocument, createDocument } from '../../playground/document/document';

export function pngOf(width: number, height: number, colour: readonly number[] = [200, 100, 50, 255]): Uint8Array {
  const data = new Uint8Array(width * height * 4);
  for (let at = 0; at < data.length; at += 4) data.set(colour, at);
  return encode({ width, height, data, channels: 4 });
}

/** 43 bytes: one white pixel. */
export const GIF = new Uint8Array([
  ...[0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 1, 0, 1, 0, 0x80, 0, 0, 255, 255, 255, 0, 0, 0, 0x21, 0xf9, 4, 0, 0, 0, 0, 0],
  ...[0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b],
]);

export const jpegSample = (): Uint8Array =>
  readFileSync(new URL('../../playground/samples/grace_hopper.jpg', import.meta.url));

/** A header only: enough for what Figma looks at before it decodes. */
export function pngHeader(width: number, height: number): Uint8Array {
  const bytes = pngOf(1, 1).slice();
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return bytes;
}

export function scene(): {
  readonly document: CanvasDocument;
  readonly hash: string;
  readonly ids: Readonly<Record<string, string>>;
} {
  const document = createDocument('Scene');
  const hash = document.images.add(pngOf(4, 3));
  const fills = [imageFill({ imageHash: hash })];
  const photo = addLayer(document, 'RECTANGLE', 'Photo', { x: 10, y: 20, width: 40, height: 30 }, { fills });
  const text = addLayer(document, 'TEXT', 'Words', { x: 200 }, { fills: 'mixed', characters: 'Hello' });
  const row = addLayer(
    document,
    'FRAME',
    'Row',
    { x: 300 },
    { layout: { ...ROW, mode: 'HORIZONTAL', left: 8, spacing: 4 } },
  );
  const inRow = addLayer(document, 'RECTANGLE', 'In row', { parent: row, width: 20, height: 20 }, { fills });
  const component = addLayer(document, 'COMPONENT', 'Card', { y: 200 });
  const inCard = addLayer(document, 'RECTANGLE', 'Card photo', { parent: component, width: 50, height: 50 }, { fills });
  const instance = addInstance(document, component, 'Card copy', { x: 150, y: 200 });
  const locked = addLayer(document, 'RECTANGLE', 'Locked', { x: 400 }, { fills, locked: true });
  const group = addLayer(document, 'GROUP', 'Group');
  const inGroup = addLayer(document, 'ELLIPSE', 'In group', { parent: group, x: 500, y: 7, width: 20, height: 10 });
  const style = addPaintStyle(document, 'Brand', [solidFill(1, 0, 0)]);
  const styled = addLayer(
    document,
    'RECTANGLE',
    'Styled',
    { x: 600 },
    { fills: [solidFill(1, 0, 0)], fillStyleId: style },
  );
  const page = addPage(document, 'Second page');
  const other = addLayer(document, 'RECTANGLE', 'Elsewhere', { parent: page });
  document.select([photo]);
  const ids = {
    photo,
    text,
    row,
    inRow,
    component,
    inCard,
    instance,
    locked,
    group,
    inGroup,
    style,
    styled,
    page,
    other,
  };
  return { document, hash, ids: { ...ids, sublayer: `I${instance};${inCard}` } };
}

const ROW = {
  mode: 'NONE',
  left: 0,
  right: 0,
  top: 0,
  bottom: 0,
  spacing: 0,
  primarySizing: 'AUTO',
  counterSizing: 'AUTO',
  primaryAlign: 'MIN',
  counterAlign: 'MIN',
} as const;
