/** What happens to pictures before they reach us, made on the fly: smaller, squeezed, blurred, noisy, torn, turned. */
import { decode, encode } from 'jpeg-js';
import { type Box, type RgbaImage, rgbaImage } from '../../src/pixels/image';

export interface Damage {
  readonly name: string;
  readonly image: (image: RgbaImage) => RgbaImage;
  /** Where a face's box has gone. */
  readonly box: (box: Box, image: RgbaImage) => Box;
}

const stays = (box: Box): Box => box;

export const DAMAGES: readonly Damage[] = [
  { name: 'orig', image: (image) => image, box: stays },
  { name: '1/4', image: (image) => shrunk(image, 4), box: (box) => scaled(box, 1 / 4) },
  { name: '1/8', image: (image) => shrunk(image, 8), box: (box) => scaled(box, 1 / 8) },
  {
    name: '1/8 up',
    image: (image) => enlarged(shrunk(image, 8), image.width, image.height),
    box: stays,
  },
  { name: 'JPEG q10', image: squeezed, box: stays },
  { name: 'blur', image: (image) => blurred(image, 3), box: stays },
  { name: 'noise', image: (image) => noisy(image, 25), box: stays },
  { name: 'damaged', image: scratched, box: stays },
  ...[20, 45, 90, 180].map((degrees) => ({
    name: `rot ${degrees}`,
    image: (image: RgbaImage) => turned(image, degrees),
    box: (box: Box, image: RgbaImage) => turnedBox(box, image, degrees),
  })),
];

const scaled = (box: Box, by: number): Box => ({
  x: box.x * by,
  y: box.y * by,
  width: box.width * by,
  height: box.height * by,
});

function map(width: number, height: number, pixel: (x: number, y: number, channel: number) => number): RgbaImage {
  const image = rgbaImage(width, height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      for (let c = 0; c < 3; c++) image.data[at + c] = pixel(x, y, c);
      image.data[at + 3] = 255;
    }
  }
  return image;
}

/** Means of `by` x `by` pixels; a rest at the right and bottom is dropped. */
function shrunk(image: RgbaImage, by: number): RgbaImage {
  return map(Math.max(1, Math.floor(image.width / by)), Math.max(1, Math.floor(image.height / by)), (x, y, c) => {
    let sum = 0;
    let count = 0;
    for (let j = y * by; j < Math.min(image.height, (y + 1) * by); j++) {
      for (let i = x * by; i < Math.min(image.width, (x + 1) * by); i++, count++) {
        sum += image.data[(j * image.width + i) * 4 + c]!;
      }
    }
    return sum / count;
  });
}

/** Bilinear at a place in pixels, edges repeated; `outside` beyond the edge when given. */
function at(image: RgbaImage, x: number, y: number, c: number, outside?: number): number {
  if (outside !== undefined && (x < -0.5 || y < -0.5 || x > image.width - 0.5 || y > image.height - 0.5))
    return outside;
  const u = Math.min(image.width - 1, Math.max(0, x));
  const v = Math.min(image.height - 1, Math.max(0, y));
  const [left, top] = [Math.floor(u), Math.floor(v)];
  const [right, bottom] = [Math.min(image.width - 1, left + 1), Math.min(image.height - 1, top + 1)];
  const value = (i: number, j: number): number => image.data[(j * image.width + i) * 4 + c]!;
  const upper = value(left, top) * (1 - u + left) + value(right, top) * (u - left);
  const lower = value(left, bottom) * (1 - u + left) + value(right, bottom) * (u - left);
  return upper * (1 - v + top) + lower * (v - top);
}

function enlarged(image: RgbaImage, width: number, height: number): RgbaImage {
  return map(width, height, (x, y, c) =>
    at(image, ((x + 0.5) * image.width) / width - 0.5, ((y + 0.5) * image.height) / height - 0.5, c),
  );
}

function squeezed(image: RgbaImage): RgbaImage {
  const { data } = encode({ width: image.width, height: image.height, data: new Uint8Array(image.data) }, 10);
  const back = decode(data, { useTArray: true, formatAsRGBA: true });
  return rgbaImage(back.width, back.height, new Uint8ClampedArray(back.data));
}

/** Gauss; sigma in pixels. */
function blurred(image: RgbaImage, sigma: number): RgbaImage {
  const reach = Math.ceil(3 * sigma);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma ** 2)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const along = (from: RgbaImage, dx: number, dy: number): RgbaImage =>
    map(from.width, from.height, (x, y, c) => {
      let sum = 0;
      for (let k = -reach; k <= reach; k++) {
        const i = Math.min(from.width - 1, Math.max(0, x + k * dx));
        const j = Math.min(from.height - 1, Math.max(0, y + k * dy));
        sum += weights[k + reach]! * from.data[(j * from.width + i) * 4 + c]!;
      }
      return sum / total;
    });
  return along(along(image, 1, 0), 0, 1);
}

/** The same numbers every time: mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Gaussian noise in each channel; sigma in 0..255. */
function noisy(image: RgbaImage, sigma: number): RgbaImage {
  const random = randomFrom(1);
  return map(image.width, image.height, (x, y, c) => {
    const gauss = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return image.data[(y * image.width + x) * 4 + c]! + sigma * gauss;
  });
}

/** Faded, with scratches from top to bottom, specks and a crease, as on an old print: as many as fit its size. */
function scratched(image: RgbaImage): RgbaImage {
  const random = randomFrom(2);
  const { width, height } = image;
  const size = Math.max(1, Math.round(Math.min(width, height) / 150));
  const out = map(width, height, (x, y, c) => 40 + 0.7 * image.data[(y * width + x) * 4 + c]!);
  const dot = (cx: number, cy: number, radius: number, light: number): void => {
    for (let y = Math.max(0, Math.floor(cy - radius)); y <= Math.min(height - 1, cy + radius); y++) {
      for (let x = Math.max(0, Math.floor(cx - radius)); x <= Math.min(width - 1, cx + radius); x++) {
        if (Math.hypot(x - cx, y - cy) > radius) continue;
        for (let c = 0; c < 3; c++) out.data[(y * width + x) * 4 + c] = light;
      }
    }
  };
  for (let i = 0; i < Math.max(1, width / 80); i++) {
    let x = random() * width;
    for (let y = 0; y < height; y++, x += random() - 0.5) dot(x, y, size * 0.6, i % 3 === 0 ? 20 : 235);
  }
  for (let i = 0; i < (width * height) / 4000; i++)
    dot(random() * width, random() * height, size * (0.5 + 1.5 * random()), random() * 255);
  for (let x = 0; x < width; x++) dot(x, height * (0.3 + (0.2 * x) / width), size, 240);
  return out;
}

/** Clockwise about the middle, the frame grown to hold it, grey corners. */
function turned(image: RgbaImage, degrees: number): RgbaImage {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const { width, height } = grown(image, degrees);
  return map(width, height, (x, y, c) => {
    const dx = x + 0.5 - width / 2;
    const dy = y + 0.5 - height / 2;
    return at(image, cos * dx + sin * dy + image.width / 2 - 0.5, cos * dy - sin * dx + image.height / 2 - 0.5, c, 128);
  });
}

function grown(image: RgbaImage, degrees: number): { width: number; height: number } {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))];
  return {
    width: Math.round(image.width * cos + image.height * sin),
    height: Math.round(image.width * sin + image.height * cos),
  };
}

/** The upright box of the turned face, taken as an ellipse, as for a face drawn by hand. */
function turnedBox(box: Box, image: RgbaImage, degrees: number): Box {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const frame = grown(image, degrees);
  const dx = box.x + box.width / 2 - image.width / 2;
  const dy = box.y + box.height / 2 - image.height / 2;
  const width = Math.hypot(box.width * cos, box.height * sin);
  const height = Math.hypot(box.width * sin, box.height * cos);
  return {
    x: cos * dx - sin * dy + frame.width / 2 - width / 2,
    y: sin * dx + cos * dy + frame.height / 2 - height / 2,
    width,
    height,
  };
}
