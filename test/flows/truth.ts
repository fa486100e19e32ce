/**
 * A picture, what a service made of it, and what a layer must look like with the faces of the one in the other.
 * Both are smooth where faces are, so that between their pixels they are known too, and noisy where nothing may change.
 */
import { addLayer, type ImageFill, imageFill } from '../../playground/document/build';
import { createDocument } from '../../playground/document/document';
import { write } from '../../playground/document/edits';
import type { Paint } from '../../playground/document/node';
import type { IDENTITY } from '../../playground/document/transform';
import { get, type Tree } from '../../playground/document/tree';
import { type Mipmaps, mipmaps } from '../../playground/paint/mipmaps';
import { paintNode, paintsInto } from '../../playground/paint/paintNode';
import { createRaster } from '../../playground/paint/raster';
import { bake } from '../../src/pixels/bake';
import type { Share } from '../../src/pixels/compose';
import type { Face } from '../../src/pixels/face';
import { plainFit } from '../../src/pixels/fit';
import { type Box, type RgbaImage, rgbaImage } from '../../src/pixels/image';
import { ovalOutline } from '../../src/pixels/outline';
import { overlay } from '../../src/pixels/overlay';
import { NO_PACE } from '../../src/pixels/pace';
import { encodePng } from '../../src/pixels/png/encode';
import { layerOn, shareOf } from '../../src/pixels/shares';

const WIDTH = 160;
const HEIGHT = 100;
/** Source pixels round a matte that are as smooth as it, for the pixels between it and the noise. */
const CALM = 8;

/** Hand-made, apart from each other; `blend` is what the user chose. */
export interface Chosen {
  readonly box: Box;
  readonly blend: number;
}

export const TWO_FACES: readonly Chosen[] = [
  { box: { x: 24, y: 24, width: 34, height: 40 }, blend: 1 },
  { box: { x: 104, y: 30, width: 26, height: 32 }, blend: 0.7 },
];

/** The second one reaches over the picture's edge. */
export const FACE_AT_EDGE: readonly Chosen[] = [
  TWO_FACES[0]!,
  { box: { x: 134, y: -10, width: 34, height: 38 }, blend: 1 },
];

/** 0..1: how much of the result is taken at a point of the source, by the matte's definition, face by face. */
function share(chosen: readonly Chosen[], x: number, y: number): number {
  const parts = chosen.map(({ box, blend }) => blend * matteAt(box, x, y));
  return Math.max(...parts);
}

/** An oval a tenth larger than the box, and a soft edge 0.4 times as wide as the oval: 1 - 3t^2 + 2t^3. */
function matteAt(box: Box, x: number, y: number): number {
  const across = (x - box.x - box.width / 2) / (box.width * 0.55);
  const down = (y - box.y - box.height / 2) / (box.height * 0.55);
  const t = (Math.sqrt(across * across + down * down) - 1) / 0.4;
  if (t <= 0) return 1;
  return t >= 1 ? 0 : 1 - t * t * (3 - 2 * t);
}

/** Further than `CALM` from every matte. */
function isFar(chosen: readonly Chosen[], x: number, y: number): boolean {
  return chosen.every(({ box }) => {
    const grown = {
      x: box.x - CALM,
      y: box.y - CALM,
      width: box.width + 2 * CALM,
      height: box.height + 2 * CALM,
    };
    return matteAt(grown, x, y) === 0;
  });
}

type Colour = readonly [number, number, number];
const sourceAt = (x: number, y: number): Colour => [
  120 + 50 * Math.sin(x / 17 + y / 29),
  130 + 45 * Math.sin(y / 15 - x / 40),
  110 + 40 * Math.cos(x / 23 + y / 19),
];
const resultAt = (x: number, y: number): Colour => {
  const [r, g, b] = sourceAt(x, y);
  return [r + 45 + 12 * Math.sin(x / 9), g - 40, b + 35 * Math.cos(y / 12)];
};

type Drawing = (chosen: readonly Chosen[], scale: number) => RgbaImage;

/** Drawn once for each set of faces and scale: hundreds of ways compare with the same few. Nobody may write into it. */
function once(draw: Drawing): Drawing {
  const known = new Map<readonly Chosen[], Map<number, RgbaImage>>();
  return (chosen, scale) => {
    const ofFaces = known.get(chosen) ?? new Map<number, RgbaImage>();
    known.set(chosen, ofFaces);
    const image = ofFaces.get(scale) ?? draw(chosen, scale);
    ofFaces.set(scale, image);
    return image;
  };
}

/** `scale` pixels for each pixel of the source. */
function drawn(scale: number, colour: (x: number, y: number) => readonly number[]): RgbaImage {
  const image = rgbaImage(WIDTH * scale, HEIGHT * scale);
  for (let row = 0; row < image.height; row++) {
    for (let column = 0; column < image.width; column++) {
      const [r, g, b, a = 255] = colour((column + 0.5) / scale, (row + 0.5) / scale);
      image.data.set([r!, g!, b!, a], (row * image.width + column) * 4);
    }
  }
  return image;
}

const noise = (x: number, y: number): number => ((Math.floor(x) * 7919 + Math.floor(y) * 104729) % 101) - 50;

export function drawSource(chosen: readonly Chosen[]): RgbaImage {
  return drawn(1, (x, y) => sourceAt(x, y).map((value) => value + (isFar(chosen, x, y) ? noise(x, y) : 0)));
}

/** As a service would that changes the whole frame. */
export function drawResult(scale: number): RgbaImage {
  return drawn(scale, (x, y) => resultAt(x, y));
}

/** The source with the faces of the result laid in, on a grid of `scale` pixels a source pixel. True where faces are. */
export const drawComposite = once((chosen, scale) =>
  drawn(scale, (x, y) => {
    const source = sourceAt(x, y);
    const result = resultAt(x, y);
    const part = share(chosen, x, y);
    return source.map((value, channel) => value + (result[channel]! - value) * part);
  }),
);

/** Opaque where the result has a share. */
export const drawMask = once((chosen, scale) =>
  drawn(scale, (x, y) => [255, 255, 255, share(chosen, x, y) > 0 ? 255 : 0]),
);

/** The two files that go to Figma, made as the panel makes them; the overlay has as many pixels as the result. */
export async function files(source: RgbaImage, result: RgbaImage, chosen: readonly Chosen[]) {
  const sharesOn = async (size: RgbaImage): Promise<readonly Share[]> => {
    const layers = chosen.map(async ({ box, blend }) => {
      const face: Face = { box, score: 1, points: null };
      const whole = { x: 0, y: 0, width: result.width, height: result.height };
      const kept = { face, outline: ovalOutline(face), crop: { region: whole, image: result }, change: 0 };
      const layer = await layerOn(source, size, kept, plainFit(source, result), NO_PACE);
      return shareOf(layer!, true, blend);
    });
    return Promise.all(layers);
  };
  const over = await overlay(result, await sharesOn(result), null);
  const baked = await bake(source, await sharesOn(source));
  return {
    overlay: await encodePng(over.image, over.regions, NO_PACE),
    baked: await encodePng(baked, null, NO_PACE),
  };
}

export type Fill = Omit<ImageFill, 'imageHash'>;
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Canvas pixels shown round the layer, so that what spills over its edge is seen. */
const ROOM = 3;

/** What the canvas shows of these layers of a page, the lowest first: one pixel a unit. */
export function canvas(tree: Tree, ids: readonly string[], size: Size, picture: (hash: string) => Mipmaps | null) {
  const page = write(tree, '0:1', { children: ids });
  const view = { width: size.width + 2 * ROOM, height: size.height + 2 * ROOM, fromPage: roomy };
  return paintNode({ tree: page, picture }, '0:1', view);
}

const roomy = [
  [1, 0, ROOM],
  [0, 1, ROOM],
] as const satisfies typeof IDENTITY;

/** A picture in a fill of a layer by itself. `scale` is pixels of the picture for each pixel of the source. */
function alone(image: RgbaImage, fill: Fill, scale: number, size: Size) {
  const document = createDocument('Alone');
  const factor = fill.scalingFactor === undefined ? {} : { scalingFactor: fill.scalingFactor / scale };
  const paint: Paint = imageFill({ imageHash: 'picture', ...fill, ...factor });
  const id = addLayer(document, 'RECTANGLE', 'Layer', size, { fills: [paint] });
  const levels = mipmaps(image);
  return { tree: document.tree(), id, paint, picture: () => levels };
}

export function painted(image: RgbaImage, fill: Fill, scale: number, size: Size): RgbaImage {
  const { tree, id, picture } = alone(image, fill, scale, size);
  return canvas(tree, [id], size, picture);
}

/** Canvas pixels for which so much as a part of one pixel of a matte was looked up, however small: before rounding. */
export function touched(mask: RgbaImage, fill: Fill, scale: number, size: Size): (pixel: number) => boolean {
  const { tree, id, paint, picture } = alone(mask, { ...fill, opacity: 1 }, scale, size);
  const raster = createRaster(size.width + 2 * ROOM, size.height + 2 * ROOM);
  paintsInto(raster, get(tree, id), roomy, [paint], picture);
  return (pixel) => raster.data[pixel * 4 + 3]! > 0;
}
