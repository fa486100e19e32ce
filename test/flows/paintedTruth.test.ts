/**
 * Painted truth: the layer before and after, as the canvas shows it, for every way a picture can lie in a fill. The
 * built plugin places what src/pixels encodes, the playground's painter paints; outside the mattes not one canvas pixel
 * may change, inside it must look as if the composited picture itself lay in the fill.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { difference } from '../../bench/compare';
import { imageFill } from '../../playground/document/build';
import { nodeCodec } from '../../playground/paint/nodeCodec';
import { createPictures, type Pictures } from '../../playground/paint/pictures';
import type { PlacementForm } from '../../src/core/target';
import type { RgbaImage } from '../../src/pixels/image';
import { NO_PACE } from '../../src/pixels/pace';
import { encodePng } from '../../src/pixels/png/encode';
import { type Bench, openBench } from '../code/bench';
import {
  type Chosen,
  canvas,
  drawComposite,
  drawMask,
  drawResult,
  drawSource,
  FACE_AT_EDGE,
  type Fill,
  files,
  painted,
  type Size,
  TWO_FACES,
  touched,
} from './truth';

let bench: Bench;
let pictures: Pictures;
beforeAll(async () => {
  bench = await openBench();
  pictures = createPictures(bench.host.document.images, nodeCodec());
});

interface Way {
  readonly name: string;
  readonly fill: Fill;
  readonly size: Size;
  readonly chosen: readonly Chosen[];
}

const TURNS = [0, 90, 180, 270] as const;
const LARGER: Size = { width: 181, height: 149 };
const SMALLER: Size = { width: 71, height: 52 };

const turned = (scaleMode: 'FILL' | 'FIT', size: Size): readonly Way[] =>
  TURNS.map((rotation) => ({
    name: `${scaleMode} turned by ${rotation} on ${size.width} x ${size.height}`,
    fill: { scaleMode, rotation },
    size,
    chosen: FACE_AT_EDGE,
  }));

/** Where a face touches the picture's edge a tile's seam mixes two pixels that are no neighbours: see below. */
const tiled = (scalingFactor: number): readonly Way[] =>
  TURNS.map((rotation) => ({
    name: `TILE at ${scalingFactor} turned by ${rotation}`,
    fill: { scaleMode: 'TILE', scalingFactor, rotation },
    size: LARGER,
    chosen: TWO_FACES,
  }));

const CROPS: Readonly<Record<string, Fill['imageTransform'] & object>> = {
  straight: [
    [0.6, 0, 0.1],
    [0, 0.7, 0.15],
  ],
  rotated: [
    [0.55, 0.3, 0.05],
    [-0.4, 0.65, 0.3],
  ],
  skewed: [
    [0.8, 0.35, -0.1],
    [0, 0.9, 0.05],
  ],
  mirrored: [
    [-0.9, 0, 0.95],
    [0, 0.8, 0.1],
  ],
  'mirrored, rotated, skewed and reaching over the edge': [
    [-0.8, 0.4, 0.8],
    [0.5, 1.1, -0.2],
  ],
};

const WAYS: readonly Way[] = [
  ...turned('FILL', LARGER),
  ...turned('FIT', LARGER),
  ...turned('FILL', SMALLER),
  ...tiled(0.37),
  ...tiled(1),
  ...tiled(1.3),
  ...Object.entries(CROPS).map(([kind, imageTransform]) => ({
    name: `CROP, ${kind}`,
    fill: { scaleMode: 'CROP' as const, imageTransform },
    size: LARGER,
    chosen: FACE_AT_EDGE,
  })),
];

interface Painting {
  readonly before: RgbaImage;
  readonly after: RgbaImage;
  /** The layer that carries the result, by itself. */
  readonly alone: RgbaImage;
  readonly notes: readonly string[];
  readonly offered: string;
}

/** Encoded once for each set of faces and scale of the result. */
const encoded = new Map<string, Promise<{ source: Uint8Array; overlay: Uint8Array; baked: Uint8Array }>>();
function encodedFor(chosen: readonly Chosen[], scale: number) {
  const key = `${chosen === TWO_FACES} ${scale}`;
  const made = encoded.get(key) ?? encode(chosen, scale);
  encoded.set(key, made);
  return made;
}

async function encode(chosen: readonly Chosen[], scale: number) {
  const source = drawSource(chosen);
  const made = await files(source, drawResult(scale), chosen);
  return { ...made, source: await encodePng(source, null, NO_PACE) };
}

async function place(
  { fill, size, chosen }: Way,
  form: PlacementForm,
  scale: number,
  opacity: number,
): Promise<Painting> {
  const { document } = bench.host;
  const made = await encodedFor(chosen, scale);
  const paint = imageFill({ imageHash: bench.store(made.source), ...fill, opacity });
  const id = bench.add('RECTANGLE', 'Layer', size, { fills: [paint] });
  const show = async (...ids: readonly string[]): Promise<RgbaImage> => {
    await Promise.all(document.images.hashes().map((hash) => pictures.load(hash)));
    return canvas(document.tree(), ids, size, (hash) => pictures.peek(hash) ?? null);
  };
  const before = await show(id);
  const [picture] = await bench.select(id);
  const bytes = form === 'overlay' ? made.overlay : made.baked;
  const placed = await bench.place(picture!.target, form, bytes, { scale: form === 'overlay' ? scale : 1 });
  if (!placed.ok) throw new Error(JSON.stringify(placed.error));
  const { nodeId, notes } = placed.value;
  const all = nodeId === id ? [id] : [id, nodeId];
  const after = await show(...all);
  const alone = await show(nodeId);
  // A page with hundreds of layers is slow to place into, and another test's matter.
  for (const layer of all) bench.remove(layer);
  return { before, after, alone, notes, offered: picture!.forms[form] };
}

const NOTHING = { largest: 0, pixels: 0 };

describe.each([1, 2])('a result with %d times the pixels', (scale) => {
  describe.each(['overlay', 'replace', 'layer'] as const)('as %s', (form) => {
    test.each(WAYS)('changes nothing outside the mattes and looks as composited inside: $name', async (way) => {
      const { fill, size, chosen } = way;
      const finer = form === 'overlay' ? scale : 1;
      const inside = touched(drawMask(chosen, finer), fill, finer, size);
      const { before, after, alone, offered } = await place(way, form, scale, 1);
      expect(offered).toBe('yes');
      expect(difference(before, after, (pixel) => !inside(pixel))).toEqual(NOTHING);
      const expected = painted(drawComposite(chosen, finer), fill, finer, size);
      expect(difference(expected, after, inside).largest).toBeLessThanOrEqual(2);
      // Or nothing was shown at all.
      expect(difference(before, after, inside).largest).toBeGreaterThan(25);
      expect(difference(alone, after)).toEqual(NOTHING);
    });
  });

  describe.each(['replace', 'layer'] as const)('on a translucent fill, as %s', (form) => {
    test.each(WAYS)('changes nothing outside the mattes and looks as composited inside: $name', async (way) => {
      const { size, chosen } = way;
      const fill = { ...way.fill, opacity: 0.6 };
      const inside = touched(drawMask(chosen, 1), fill, 1, size);
      const { before, alone, offered, notes } = await place(way, form, scale, 0.6);
      expect(offered).toBe('yes');
      expect(difference(before, alone, (pixel) => !inside(pixel))).toEqual(NOTHING);
      const expected = painted(drawComposite(chosen, 1), fill, 1, size);
      expect(difference(expected, alone, inside).largest).toBeLessThanOrEqual(2);
      expect(difference(before, alone, inside).largest).toBeGreaterThan(25);
      // Two translucent layers above each other are less translucent than one, and the user is told.
      expect(notes).toEqual(form === 'layer' ? ['both-translucent'] : []);
    });
  });

  describe('on a translucent fill, as overlay', () => {
    test.each(WAYS)('is not offered, says why, and even so changes nothing outside the mattes: $name', async (way) => {
      const { size, chosen } = way;
      const inside = touched(drawMask(chosen, scale), way.fill, scale, size);
      const { before, after, offered, notes } = await place(way, 'overlay', scale, 0.6);
      expect(offered).toBe('fill-blended');
      expect(notes).toContain('fill-blended');
      expect(difference(before, after, (pixel) => !inside(pixel))).toEqual(NOTHING);
    });
  });
});
