/**
 * The sample document: pictures with unusable faces, made at start from three public-domain originals, so that the
 * truth of each is known. Always the same bytes. For Node (playground server, demo, tests, benchmark).
 */
import { readFile } from 'node:fs/promises';
import { decode as decodePng, encode as encodePng } from 'fast-png';
import { decode as decodeJpeg, encode as encodeJpeg } from 'jpeg-js';
import { type Box, type RgbaImage, rgbaImage } from '../../src/pixels/image';
import { blackAndWhite, blurred, cropped, mirrored, noisy, paste } from './damage';
import { resample } from './resample';

export interface Sample {
  /** File name without its ending. */
  readonly name: string;
  /** The layer's name in the sample document. */
  readonly title: string;
  readonly bytes: Uint8Array;
  readonly format: 'png' | 'jpeg';
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** What the picture was before the damage, pixel for pixel; null for the picture that was not damaged. */
  readonly truth: RgbaImage | null;
  /** Hand-checked faces, forehead to chin, in pixels of the sample. */
  readonly faces: readonly Box[];
}

/** Hand-checked boxes in the originals. */
const HOPPER_FACE: Box = { x: 170, y: 132, width: 192, height: 206 };
const COLLINS_FACE: Box = { x: 178, y: 63, width: 89, height: 112 };

/** Made once a process: it takes about a second. */
let made: Promise<readonly Sample[]> | null = null;

/** The same pictures for everybody in the process: not to be changed. */
export function sampleDocument(): Promise<readonly Sample[]> {
  made ??= makeSamples();
  return made;
}

async function makeSamples(): Promise<readonly Sample[]> {
  const hopper = readJpeg(await original('grace_hopper.jpg'));
  const collins = readPng(await original('astronaut.png'));
  const coffee = await original('coffee.png');
  const coffeeSize = decodePng(coffee);
  return [
    thumbnail(hopper),
    heavyJpeg(collins),
    oldScan(hopper),
    sheet(hopper, collins),
    {
      name: 'coffee',
      title: 'Coffee (no face)',
      bytes: coffee,
      format: 'png',
      width: coffeeSize.width,
      height: coffeeSize.height,
      truth: null,
      faces: [],
    },
  ];
}

/** A portrait that was only ever kept as a 64 px thumbnail, blown up to fill a 512 px layer. */
function thumbnail(hopper: RgbaImage): Sample {
  const truth = cropped(hopper, { x: 0, y: 20, width: 512, height: 512 });
  const small = resample(truth, 64, 64);
  const face = { ...HOPPER_FACE, y: HOPPER_FACE.y - 20 };
  return asPng('thumbnail-portrait', 'Thumbnail portrait', resample(small, 512, 512), truth, [face]);
}

/** Saved at quality 12. */
function heavyJpeg(collins: RgbaImage): Sample {
  return asJpeg('heavy-jpeg', 'Heavy JPEG', collins, 12, collins, [COLLINS_FACE]);
}

/** A soft, grainy black-and-white scan: blur 0.7 px, grain of deviation 22. */
function oldScan(hopper: RgbaImage): Sample {
  const truth = blackAndWhite(hopper);
  return asPng('old-scan', 'Old scan', noisy(blurred(truth, 0.7), 22, 1906, 'grey'), truth, [HOPPER_FACE]);
}

/** Eight heads, faces 45 to 192 px wide, lightly blurred, noisy and compressed. */
function sheet(hopper: RgbaImage, collins: RgbaImage): Sample {
  const truth = rgbaImage(880, 400);
  truth.data.forEach((_, place) => {
    truth.data[place] = place % 4 === 3 ? 255 : 224 - 2 * (place % 4);
  });
  const hopperHead: Head = { image: hopper, head: { x: 120, y: 20, width: 290, height: 360 }, face: HOPPER_FACE };
  const collinsHead: Head = { image: collins, head: { x: 136, y: 8, width: 176, height: 196 }, face: COLLINS_FACE };
  const faces = [
    place(truth, hopperHead, 1, 20, 20, false),
    place(truth, collinsHead, 1, 330, 20, false),
    place(truth, hopperHead, 0.5, 526, 20, true),
    place(truth, collinsHead, 0.75, 691, 20, true),
    place(truth, hopperHead, 0.4, 330, 236, false),
    place(truth, collinsHead, 0.6, 466, 262, false),
    place(truth, hopperHead, 0.3, 591, 252, true),
    place(truth, collinsHead, 0.5, 700, 262, false),
  ];
  const damaged = noisy(blurred(truth, 0.8), 6, 1943, 'colour');
  return asJpeg('sheet-of-faces', 'Sheet of faces', damaged, 80, truth, faces);
}

interface Head {
  readonly image: RgbaImage;
  readonly head: Box;
  readonly face: Box;
}

function place(onto: RgbaImage, { image, head, face }: Head, scale: number, x: number, y: number, flip: boolean): Box {
  const width = Math.round(head.width * scale);
  const part = resample(cropped(image, head), width, Math.round(head.height * scale));
  paste(onto, flip ? mirrored(part) : part, x, y);
  const left = (face.x - head.x) * scale;
  const faceWidth = face.width * scale;
  return {
    x: Math.round(x + (flip ? width - left - faceWidth : left)),
    y: Math.round(y + (face.y - head.y) * scale),
    width: Math.round(faceWidth),
    height: Math.round(face.height * scale),
  };
}

function asPng(name: string, title: string, image: RgbaImage, truth: RgbaImage, faces: readonly Box[]): Sample {
  const { width, height } = image;
  const bytes = encodePng({ width, height, data: new Uint8Array(image.data), channels: 4, depth: 8 });
  return { name, title, bytes, format: 'png', width, height, truth, faces };
}

function asJpeg(
  name: string,
  title: string,
  image: RgbaImage,
  quality: number,
  truth: RgbaImage,
  faces: readonly Box[],
): Sample {
  const { width, height } = image;
  const bytes = new Uint8Array(encodeJpeg({ width, height, data: image.data }, quality).data);
  return { name, title, bytes, format: 'jpeg', width, height, truth, faces };
}

async function original(file: string): Promise<Uint8Array> {
  return new Uint8Array(await readFile(new URL(file, import.meta.url)));
}

function readJpeg(bytes: Uint8Array): RgbaImage {
  const { width, height, data } = decodeJpeg(bytes, { useTArray: true });
  return rgbaImage(width, height, new Uint8ClampedArray(data));
}

function readPng(bytes: Uint8Array): RgbaImage {
  const { width, height, data, channels } = decodePng(bytes);
  const out = rgbaImage(width, height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) out.data[pixel * 4 + channel] = data[pixel * channels + channel]!;
    out.data[pixel * 4 + 3] = 255;
  }
  return out;
}
