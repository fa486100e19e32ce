/** The painter against the written definition: every scale mode, turned, faint, several at once, clipped and turned. */
import { describe, expect, test } from 'vitest';
import { addLayer, type ImageFill, imageFill, solidFill } from '../../../playground/document/build';
import { createDocument } from '../../../playground/document/document';
import { newNode, type Paint, type Patch, type SceneType } from '../../../playground/document/node';
import { IDENTITY, multiply, scaling, translation, withRotation } from '../../../playground/document/transform';
import { get } from '../../../playground/document/tree';
import { hit } from '../../../playground/page/canvas/hit';
import { mipmaps } from '../../../playground/paint/mipmaps';
import { paintNode } from '../../../playground/paint/paintNode';
import { type RgbaImage, rgbaImage } from '../../../src/pixels/image';
import { fillAt, overlaid, quarterTurn, type ReferencePaint } from './reference';

/** Every pixel its own colour; some of it see-through. */
function colourful(width: number, height: number, seeThrough = false): RgbaImage {
  const image = rgbaImage(width, height);
  for (let i = 0; i < width * height; i++) {
    image.data.set([(i * 37) % 256, (i * 91) % 256, (i * 53) % 256, seeThrough ? 55 + ((i * 29) % 201) : 255], i * 4);
  }
  return image;
}

interface Painting {
  readonly fills: readonly Paint[];
  readonly picture?: RgbaImage;
  readonly width: number;
  readonly height: number;
  readonly type?: SceneType;
  readonly patch?: Patch;
  readonly scale?: number;
}

function painted({ fills, picture, width, height, type = 'RECTANGLE', patch = {}, scale = 1 }: Painting): RgbaImage {
  const document = createDocument('Painting');
  const id = addLayer(document, type, 'Layer', { width, height }, { fills, ...patch });
  const found = picture === undefined ? null : mipmaps(picture);
  const view = {
    width: Math.round(width * scale),
    height: Math.round(height * scale),
    fromPage: scaling(scale, scale),
  };
  return paintNode({ tree: document.tree(), picture: () => found }, id, view);
}

const image = (fill: Partial<ImageFill>): Paint => imageFill({ imageHash: 'a', ...fill });
const at = (picture: RgbaImage, x: number, y: number): readonly number[] => [
  ...picture.data.slice((y * picture.width + x) * 4, (y * picture.width + x) * 4 + 4),
];

/** The largest difference in any channel; colours count only where there is something to see. */
function difference(picture: RgbaImage, expected: (x: number, y: number) => readonly number[]): number {
  let worst = 0;
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) {
      const want = expected(x, y);
      const got = at(picture, x, y);
      worst = Math.max(worst, Math.abs((want[3] ?? 0) - (got[3] ?? 0)));
      if ((want[3] ?? 0) < 1) continue;
      // A faint pixel's colour is only known to as many steps as it has alpha.
      for (const c of [0, 1, 2]) worst = Math.max(worst, (Math.abs(want[c]! - got[c]!) * want[3]!) / 255);
    }
  }
  return worst;
}

const CROP = [
  [0.7, 0.1, 0.12],
  [-0.08, 0.6, 0.2],
] as const;

const MODES = ['FILL', 'FIT', 'CROP', 'TILE'] as const;
const TURNS = [0, 90, 180, 270] as const;
const CASES = MODES.flatMap((scaleMode) =>
  (scaleMode === 'CROP' ? ([0] as const) : TURNS).flatMap((rotation) =>
    [1, 0.35].map((opacity) => ({ scaleMode, rotation, opacity })),
  ),
);

describe('a fill is within 1/255 of its definition', () => {
  test.for(CASES)('$scaleMode turned by $rotation at opacity $opacity', ({ scaleMode, rotation, opacity }) => {
    const picture = colourful(7, 5, true);
    const paint: ReferencePaint = { scaleMode, rotation, opacity, scalingFactor: 1.75, imageTransform: CROP };
    const fill = image({ ...paint, imageTransform: CROP as unknown as NonNullable<ImageFill['imageTransform']> });
    const result = painted({ fills: [fill], picture, width: 24, height: 31 });
    expect(difference(result, (x, y) => fillAt(picture, paint, 24, 31, x, y))).toBeLessThanOrEqual(1);
  });

  test('the reference itself tells the modes and turns apart', () => {
    const picture = colourful(7, 5);
    const looks = CASES.filter(({ opacity }) => opacity === 1).map(({ scaleMode, rotation }) => {
      const paint: ReferencePaint = { scaleMode, rotation, opacity: 1, scalingFactor: 1.75, imageTransform: CROP };
      return fillAt(picture, paint, 24, 31, 3, 9).map(Math.round).join();
    });
    expect(new Set(looks).size).toBe(looks.length);
  });
});

describe('at 1:1 every pixel is the picture’s own', () => {
  test.for(['FILL', 'FIT'] as const)('%s', (scaleMode) => {
    const picture = colourful(9, 6, true);
    const result = painted({ fills: [image({ scaleMode })], picture, width: 9, height: 6 });
    expect(result.data).toEqual(picture.data);
  });

  test('turned by 90 degrees, clockwise', () => {
    const picture = colourful(9, 6);
    const result = painted({ fills: [image({ rotation: 90 })], picture, width: 6, height: 9 });
    expect(result.data).toEqual(quarterTurn(picture).data);
    expect(at(result, 5, 0)).toEqual(at(picture, 0, 0));
  });

  test('TILE at factor 1 repeats from the top left', () => {
    const picture = colourful(4, 3);
    const result = painted({ fills: [image({ scaleMode: 'TILE', scalingFactor: 1 })], picture, width: 10, height: 7 });
    for (const [x, y] of [
      [0, 0],
      [3, 2],
      [4, 3],
      [9, 6],
    ] as const)
      expect(at(result, x, y)).toEqual(at(picture, x % 4, y % 3));
  });

  test('CROP of a part shows that part', () => {
    const picture = colourful(8, 8);
    const transform: NonNullable<ImageFill['imageTransform']> = [
      [0.5, 0, 0.25],
      [0, 0.5, 0.5],
    ];
    const result = painted({
      fills: [image({ scaleMode: 'CROP', imageTransform: transform })],
      picture,
      width: 4,
      height: 4,
    });
    expect(at(result, 0, 0)).toEqual(at(picture, 2, 4));
    expect(at(result, 3, 3)).toEqual(at(picture, 5, 7));
  });
});

describe('several fills', () => {
  test('lie on one another, the last on top', () => {
    const picture = colourful(6, 6, true);
    const fills = [solidFill(0.2, 0.4, 0.6), image({ opacity: 0.5 }), solidFill(1, 0, 0, 0.25)];
    const result = painted({ fills, picture, width: 6, height: 6 });
    const expected = (x: number, y: number): readonly number[] => {
      const [r, g, b, a] = at(picture, x, y) as [number, number, number, number];
      return overlaid(overlaid([51, 102, 153, 255], [r, g, b, a * 0.5]), [255, 0, 0, 63.75]);
    };
    expect(difference(result, expected)).toBeLessThanOrEqual(1);
  });

  test('an overlay that is transparent outside the faces leaves every pixel outside as it was', () => {
    const picture = colourful(8, 8);
    const overlay = rgbaImage(8, 8);
    overlay.data.set([1, 2, 3, 255], (3 * 8 + 4) * 4);
    const document = createDocument('Overlay');
    const fills = [imageFill({ imageHash: 'photo' }), imageFill({ imageHash: 'overlay' })];
    const id = addLayer(document, 'RECTANGLE', 'Layer', { width: 8, height: 8 }, { fills });
    const pictures = new Map([
      ['photo', mipmaps(picture)],
      ['overlay', mipmaps(overlay)],
    ]);
    const scene = { tree: document.tree(), picture: (hash: string) => pictures.get(hash) ?? null };
    const result = paintNode(scene, id, { width: 8, height: 8, fromPage: IDENTITY });
    const changed = [...Array(64).keys()].filter(
      (i) => at(result, i % 8, i >> 3).join() !== at(picture, i % 8, i >> 3).join(),
    );
    expect(changed).toEqual([3 * 8 + 4]);
    expect(at(result, 4, 3)).toEqual([1, 2, 3, 255]);
  });

  test('hidden fills and missing pictures show nothing', () => {
    const fills = [image({ visible: false }), imageFill({ imageHash: null })];
    expect(painted({ fills, picture: colourful(2, 2), width: 2, height: 2 }).data.every((value) => value === 0)).toBe(
      true,
    );
  });

  test.for([
    ['MULTIPLY', [51, 0, 102, 255]],
    ['SCREEN', [179, 128, 230, 255]],
    ['DARKEN', [102, 0, 128, 255]],
    ['LIGHTEN', [128, 128, 204, 255]],
    ['DIFFERENCE', [26, 128, 76, 255]],
    ['LINEAR_BURN', [0, 0, 77, 255]],
    ['LINEAR_DODGE', [230, 128, 255, 255]],
    ['EXCLUSION', [128, 128, 128, 255]],
  ] as const)('%s mixes as its formula says', ([blendMode, expected]) => {
    const below = solidFill(0.4, 0, 0.8);
    const above = { ...solidFill(0.5, 0.5, 0.5), blendMode } as Paint;
    const [r, g, b, a] = at(painted({ fills: [below, above], width: 1, height: 1 }), 0, 0);
    for (const [index, value] of [r, g, b, a].entries())
      expect(Math.abs(value! - expected[index]!)).toBeLessThanOrEqual(1);
  });

  test('a linear gradient runs along its transform', () => {
    const gradient = {
      type: 'GRADIENT_LINEAR',
      gradientTransform: IDENTITY,
      gradientStops: [
        { position: 0, color: { r: 0, g: 0, b: 0, a: 1 } },
        { position: 1, color: { r: 1, g: 1, b: 1, a: 1 } },
      ],
    } as unknown as Paint;
    const result = painted({ fills: [gradient], width: 10, height: 1 });
    expect([0, 4, 9].map((x) => at(result, x, 0)[0])).toEqual([13, 115, 242]);
  });
});

describe('the layer’s own shape', () => {
  const red = [solidFill(1, 0, 0)];

  test('opacity of the layer is put on all fills together', () => {
    const result = painted({
      fills: [solidFill(1, 0, 0), solidFill(0, 0, 1)],
      width: 1,
      height: 1,
      patch: { opacity: 0.5 },
    });
    expect(at(result, 0, 0)).toEqual([0, 0, 255, 128]);
  });

  test('a hidden layer shows nothing', () => {
    expect(
      painted({ fills: red, width: 2, height: 2, patch: { visible: false } }).data.some((value) => value > 0),
    ).toBe(false);
  });

  test('half a pixel is half covered', () => {
    const result = painted({ fills: red, width: 2, height: 1, patch: { transform: translation(0.5, 0) } });
    expect(at(result, 0, 0)).toEqual([255, 0, 0, 128]);
    expect(at(result, 1, 0)).toEqual([255, 0, 0, 255]);
  });

  test('an ellipse covers as much as its area', () => {
    const result = painted({ fills: red, width: 40, height: 24, type: 'ELLIPSE' });
    let covered = 0;
    for (let i = 3; i < result.data.length; i += 4) covered += result.data[i]! / 255;
    expect(Math.abs(covered - Math.PI * 20 * 12)).toBeLessThan(2);
    expect(at(result, 0, 0)[3]).toBe(0);
  });

  test('a corner radius leaves the corners out', () => {
    const result = painted({ fills: red, width: 20, height: 20, patch: { radii: [10, 0, 0, 0] } });
    expect(at(result, 0, 0)[3]).toBe(0);
    expect(at(result, 19, 0)[3]).toBe(255);
    expect(at(result, 10, 10)[3]).toBe(255);
  });

  test('a layer turned by 90 degrees is its picture turned counter-clockwise', () => {
    const picture = colourful(4, 4);
    // Turned about its top left corner it reaches upwards: 4 lower it is back in view.
    const transform = withRotation(translation(0, 4), 90);
    const result = painted({ fills: [image({})], picture, width: 4, height: 4, patch: { transform } });
    const thrice = quarterTurn(quarterTurn(quarterTurn(picture)));
    expect(result.data).toEqual(thrice.data);
  });

  test('a turned layer keeps its area', () => {
    const document = createDocument('Turned');
    const transform = withRotation(translation(20, 40), 30);
    const id = addLayer(document, 'RECTANGLE', 'Layer', { width: 30, height: 20 }, { fills: red, transform });
    const result = paintNode({ tree: document.tree(), picture: () => null }, id, {
      width: 80,
      height: 80,
      fromPage: IDENTITY,
    });
    let covered = 0;
    for (let i = 3; i < result.data.length; i += 4) covered += result.data[i]! / 255;
    expect(Math.abs(covered - 600)).toBeLessThan(4);
  });

  test('a frame cuts off what sticks out, a group does not', () => {
    const sizes = (['FRAME', 'GROUP'] as const).map((type) => {
      const document = createDocument('Clip');
      const holder = addLayer(
        document,
        type,
        'Holder',
        { width: 10, height: 10 },
        type === 'FRAME' ? { fills: [] } : {},
      );
      addLayer(document, 'RECTANGLE', 'Child', { parent: holder, x: 5, y: 5, width: 10, height: 10 }, { fills: red });
      const result = paintNode({ tree: document.tree(), picture: () => null }, holder, {
        width: 20,
        height: 20,
        fromPage: IDENTITY,
      });
      return [...result.data].filter((value, index) => index % 4 === 3 && value === 255).length;
    });
    expect(sizes).toEqual([25, 100]);
  });

  test.for([
    ['HORIZONTAL', true, [255, 0, 0, 255]],
    ['HORIZONTAL', false, [0, 0, 255, 255]],
    ['NONE', true, [0, 0, 255, 255]],
  ] as const)('in a frame of layout %s with the first on top: %s', ([mode, itemReverseZIndex, seen]) => {
    const document = createDocument('Stack');
    const layout = { ...newNode('', 'FRAME').layout, mode, spacing: -10 };
    const frame = addLayer(document, 'FRAME', 'Row', {}, { layout, itemReverseZIndex });
    for (const fill of [solidFill(1, 0, 0), solidFill(0, 0, 1)]) {
      addLayer(document, 'RECTANGLE', 'Item', { parent: frame, width: 10, height: 10 }, { fills: [fill] });
    }
    const view = { width: 10, height: 10, fromPage: IDENTITY };
    expect(at(paintNode({ tree: document.tree(), picture: () => null }, frame, view), 5, 5)).toEqual(seen);
    expect(hit(document.tree(), document.currentPage(), { x: 5, y: 5 }, true)).toBe(
      get(document.tree(), frame).children[seen[0] === 255 ? 0 : 1],
    );
  });
});

describe('smaller and larger than 1:1', () => {
  test('at a half, a pixel is the mean of the four under it', () => {
    const picture = colourful(8, 8);
    const result = painted({ fills: [image({})], picture, width: 8, height: 8, scale: 0.5 });
    const mean = [0, 1, 2].map((c) =>
      [
        [2, 4],
        [3, 4],
        [2, 5],
        [3, 5],
      ].reduce((sum, [x, y]) => sum + at(picture, x!, y!)[c]! / 4, 0),
    );
    for (const c of [0, 1, 2]) expect(Math.abs(at(result, 1, 2)[c]! - mean[c]!)).toBeLessThanOrEqual(1);
  });

  test('nothing is skipped over at an eighth: a white dot among black still lightens', () => {
    const picture = rgbaImage(64, 64);
    for (let i = 0; i < 64 * 64; i++) picture.data.set(i === 64 * 3 + 3 ? [255, 255, 255, 255] : [0, 0, 0, 255], i * 4);
    const result = painted({ fills: [image({})], picture, width: 64, height: 64, scale: 1 / 8 });
    expect(at(result, 0, 0)[0]).toBeGreaterThan(2);
    expect(at(result, 5, 5)[0]).toBe(0);
  });

  test('a view that looks at a part shows the same pixels as the whole', () => {
    const picture = colourful(16, 16);
    const document = createDocument('Part');
    const id = addLayer(document, 'RECTANGLE', 'Layer', { width: 32, height: 32 }, { fills: [image({})] });
    const scene = { tree: document.tree(), picture: () => mipmaps(picture) };
    const whole = paintNode(scene, id, { width: 32, height: 32, fromPage: IDENTITY });
    const part = paintNode(scene, id, { width: 8, height: 8, fromPage: multiply(translation(-10, -6), IDENTITY) });
    expect(at(part, 2, 3)).toEqual(at(whole, 12, 9));
  });
});
