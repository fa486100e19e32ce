/** The pictures that the probe sends: committed ones, all public domain or made for this project. */
import { readFile } from 'node:fs/promises';
import { decodePicture } from '../../engine/picture/decode';
import type { Pictures } from './job';

const place = (path: string): URL => new URL(`../../${path}`, import.meta.url);
const read = async (path: string): Promise<Uint8Array> => new Uint8Array(await readFile(place(path)));

/** Hand-checked, in pixels of the portrait. */
const FACE = { x: 170, y: 132, width: 192, height: 206 } as const;

export async function readPictures(): Promise<Pictures> {
  const [portrait, coffee, webp, dot, turned] = await Promise.all(
    [
      'playground/samples/grace_hopper.jpg',
      'playground/samples/coffee.png',
      'test/pictures/lossy.webp',
      'test/pictures/one-pixel.png',
      'test/pictures/orientation-6.jpg',
    ].map(read),
  );
  const decoded = await decodePicture(portrait!);
  if (!decoded.ok) throw new Error('playground/samples/grace_hopper.jpg cannot be decoded.');
  const { image } = decoded.value;
  return {
    face: {
      name: '',
      type: 'image/jpeg',
      bytes: portrait!,
      width: image.width,
      height: image.height,
      image,
      box: FACE,
    },
    coffee: { name: '', type: 'image/png', bytes: coffee!, width: 600, height: 400 },
    webp: { name: '', type: 'image/webp', bytes: webp!, width: 64, height: 48 },
    dot: { name: 'dot.png', type: 'image/png', bytes: dot!, width: 1, height: 1 },
    turned: { name: '', type: 'image/jpeg', bytes: turned!, width: 48, height: 64 },
  };
}
