/** The photographs with hand-checked faces, whole and cut: from ../shared/photos where it is, else the samples. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decode as decodePng } from 'fast-png';
import { decode as decodeJpeg } from 'jpeg-js';
import { type Box, type RgbaImage, rgbaImage } from '../../src/pixels/image';

export interface Photo {
  readonly name: string;
  readonly kind: 'photo' | 'portrait' | 'tight' | 'faceless';
  readonly image: RgbaImage;
  readonly faces: readonly Box[];
  /** Cut through by the picture's edge: they count neither as found nor as missed. */
  readonly ignored: readonly Box[];
}

/** Hand-checked here, forehead to chin: the samples that faces.json does not list. */
const SAMPLES: Readonly<Record<string, readonly (readonly number[])[]>> = {
  'astronaut.png': [[178, 63, 89, 112]],
  'grace_hopper.jpg': [[168, 128, 196, 208]],
  'coffee.png': [],
};

const ROOT = join(import.meta.dirname, '../..');
const SHARED = join(ROOT, '../shared/photos');

export async function loadPhotos(): Promise<{ readonly photos: readonly Photo[]; readonly source: string }> {
  const listed: { file: string; faces: readonly (readonly number[])[] }[] = Object.entries(SAMPLES).map(
    ([name, faces]) => ({ file: join(ROOT, 'playground/samples', name), faces }),
  );
  const shared = existsSync(join(SHARED, 'faces.json'));
  if (shared) {
    const boxes = JSON.parse(await readFile(join(SHARED, 'faces.json'), 'utf8')) as Record<
      string,
      { readonly faces: readonly (readonly number[])[] }
    >;
    for (const [name, { faces }] of Object.entries(boxes)) {
      if (name.startsWith('test/')) listed.push({ file: join(SHARED, name), faces });
    }
  }
  const whole = await Promise.all(
    listed.map(async ({ file, faces }): Promise<Photo> => {
      const boxes = faces.map(([x = 0, y = 0, width = 0, height = 0]) => ({ x, y, width, height }));
      const image = readPicture(new Uint8Array(await readFile(file)));
      const name = file.split('/').at(-1)!;
      return { name, kind: boxes.length === 0 ? 'faceless' : 'photo', image, faces: boxes, ignored: [] };
    }),
  );
  const cuts = whole.flatMap((photo) => photo.faces.flatMap((face, index) => cutsOf(photo, face, index)));
  return {
    photos: [...whole, ...cuts],
    source: shared ? '../shared/photos and playground/samples' : 'playground/samples',
  };
}

/** PNG (8 bits) or JPEG. */
export function readPicture(bytes: Uint8Array): RgbaImage {
  if (bytes[0] === 0xff) {
    const { width, height, data } = decodeJpeg(bytes, { useTArray: true, formatAsRGBA: true });
    return rgbaImage(width, height, new Uint8ClampedArray(data));
  }
  const { width, height, channels, data } = decodePng(bytes);
  const image = rgbaImage(width, height);
  for (let i = 0; i < width * height; i++) {
    const at = i * channels;
    for (let c = 0; c < 3; c++) image.data[4 * i + c] = data[channels < 3 ? at : at + c]!;
    image.data[4 * i + 3] = channels % 2 === 0 ? data[at + channels - 1]! : 255;
  }
  return image;
}

/** The face with its own size of room on each side, and the face alone. Cuts at the picture's edge are left out. */
function cutsOf(photo: Photo, face: Box, index: number): Photo[] {
  const cut = (kind: 'portrait' | 'tight', room: number): Photo[] => {
    const x = Math.round(face.x - face.width * room);
    const y = Math.round(face.y - face.height * room);
    const width = Math.round(face.width * (1 + 2 * room));
    const height = Math.round(face.height * (1 + 2 * room));
    if (x < 0 || y < 0 || x + width > photo.image.width || y + height > photo.image.height) return [];
    const image = rgbaImage(width, height);
    for (let row = 0; row < height; row++) {
      const from = ((y + row) * photo.image.width + x) * 4;
      image.data.set(photo.image.data.subarray(from, from + width * 4), row * width * 4);
    }
    const moved = photo.faces.map((other) => ({ ...other, x: other.x - x, y: other.y - y }));
    const inside = moved.filter((other) => covered(other, width, height) > 0.95);
    const ignored = moved.filter((other) => covered(other, width, height) > 0 && !inside.includes(other));
    return [{ name: `${photo.name} ${kind} ${index}`, kind, image, faces: inside, ignored }];
  };
  return [...cut('portrait', 1), ...cut('tight', 0.12)];
}

/** The part of a box that lies inside a picture. */
function covered(box: Box, width: number, height: number): number {
  const across = Math.min(width, box.x + box.width) - Math.max(0, box.x);
  const down = Math.min(height, box.y + box.height) - Math.max(0, box.y);
  return (Math.max(0, across) * Math.max(0, down)) / (box.width * box.height);
}
