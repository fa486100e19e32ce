/** The document that the playground opens with: the sample pictures, and one layer of each kind that makes a difference. */
import { addInstance, addLayer, imageFill, solidFill } from './build';
import { type CanvasDocument, createDocument, openDocument, saved } from './document';
import { newNode, type Patch } from './node';

export interface SamplePicture {
  /** Becomes the layer's name. */
  readonly title: string;
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Pixels between layers. */
const GAP = 40;
const FIRST = { y: 64, height: 260 };
const SECOND = { y: FIRST.y + FIRST.height + GAP, height: 230 };
const THIRD = { y: SECOND.y + SECOND.height + 64 };

/** The portraits in the first row, wide pictures in the second, other kinds of layers below; nothing is selected. */
export function sampleCanvas(pictures: readonly SamplePicture[]): CanvasDocument {
  const document = createDocument('Sample pictures');
  addLayer(document, 'TEXT', 'Heading', { x: 0, y: 0, width: 300, height: 36 }, text('Faces to recover', 28, 0.45));
  const placed = pictures.map((picture) => ({ ...picture, hash: document.images.add(picture.bytes) }));
  const isWide = ({ width, height }: SamplePicture): boolean => width > 1.3 * height;
  row(
    document,
    placed.filter((picture) => !isWide(picture)),
    FIRST,
  );
  row(document, placed.filter(isWide), SECOND);
  const hashOf = (part: string): string =>
    placed.find(({ title }) => title.includes(part))?.hash ?? placed[0]?.hash ?? '';
  lastRow(document, hashOf('Thumbnail'), hashOf('JPEG'), hashOf('scan'), THIRD.y);
  // Opened afresh: a person cannot undo the pictures away.
  return openDocument(saved(document));
}

type Placed = SamplePicture & { readonly hash: string };

function row(
  document: CanvasDocument,
  pictures: readonly Placed[],
  at: { readonly y: number; readonly height: number },
): void {
  let x = 0;
  for (const { title, hash, width, height } of pictures) {
    const shown = Math.round((width / height) * at.height);
    addLayer(
      document,
      'RECTANGLE',
      title,
      { x, y: at.y, width: shown, height: at.height },
      filled(hash, { radii: all(6) }),
    );
    x += shown + GAP;
  }
}

function lastRow(document: CanvasDocument, portrait: string, jpeg: string, scan: string, y: number): void {
  addLayer(
    document,
    'ELLIPSE',
    'Avatar (crop)',
    { x: 0, y, width: 160, height: 160 },
    {
      fills: [
        imageFill({
          imageHash: portrait,
          scaleMode: 'CROP',
          imageTransform: [
            [0.625, 0, 0.1875],
            [0, 0.625, 0.14],
          ],
        }),
      ],
    },
  );
  const { layout } = newNode('', 'FRAME');
  const card = addLayer(
    document,
    'FRAME',
    'Card (auto layout)',
    { x: 200, y, width: 160, height: 200 },
    {
      radii: all(12),
      fills: [solidFill(1, 1, 1)],
      layout: { ...layout, mode: 'VERTICAL', left: 12, right: 12, top: 12, bottom: 12, spacing: 8 },
    },
  );
  addLayer(
    document,
    'RECTANGLE',
    'Picture in auto layout',
    { parent: card, width: 136, height: 120 },
    filled(jpeg, { radii: all(6) }),
  );
  addLayer(document, 'TEXT', 'Caption', { parent: card, width: 136, height: 16 }, text('Eileen Collins', 12, 0.12));
  const component = addLayer(
    document,
    'COMPONENT',
    'Badge',
    { x: 400, y, width: 120, height: 160 },
    {
      radii: all(8),
      fills: [solidFill(0.93, 0.95, 1)],
    },
  );
  addLayer(
    document,
    'RECTANGLE',
    'Badge picture',
    { parent: component, x: 10, y: 10, width: 100, height: 140 },
    filled(scan, { radii: all(4) }),
  );
  addInstance(document, component, 'Badge copy', { x: 560, y });
  addLayer(
    document,
    'RECTANGLE',
    'Locked scan',
    { x: 720, y, width: 128, height: 160 },
    filled(scan, { locked: true, radii: all(6) }),
  );
  addLayer(
    document,
    'RECTANGLE',
    'Turned tile',
    { x: 888, y, width: 160, height: 160 },
    {
      fills: [
        solidFill(0.2, 0.2, 0.24),
        imageFill({ imageHash: portrait, scaleMode: 'TILE', scalingFactor: 0.15625, rotation: 90, opacity: 0.85 }),
      ],
    },
  );
}

const all = (radius: number): Patch['radii'] & {} => [radius, radius, radius, radius];

function filled(imageHash: string, patch: Patch): Patch {
  return { fills: [imageFill({ imageHash })], ...patch };
}

/** `grey` 0..1: what stands on the bare canvas must be read in both themes. */
function text(characters: string, fontSize: number, grey: number): Patch {
  return { characters, fontSize, fills: [solidFill(grey, grey, grey)] };
}
