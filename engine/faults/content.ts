/** Files that are not the result: no picture, another picture's format or size, a picture with one wrong bit. */
import { randomFillSync } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { type RgbaImage, rgbaImage } from '../../src/pixels/image';
import { decodePicture } from '../picture/decode';
import { encodePicture, MIME_TYPES } from '../picture/encode';
import { type Answer, bodyOf } from './answer';
import type { Content, Fault } from './plan';

const NOISE_BYTES = 100_000;

/** The file's answer with other content, and one bit flipped where that is asked for. */
export async function spoil(
  answer: Answer,
  { content, length, flip }: Pick<Extract<Fault, { readonly kind: 'bytes' }>, 'content' | 'length' | 'flip'>,
): Promise<Answer> {
  const { type, body } =
    content === undefined ? { type: null, body: answer.body } : await contentOf(content, answer, length);
  const headers = type === null ? answer.headers : { ...answer.headers, 'content-type': type };
  if (flip === undefined || body.length === 0) return { ...answer, headers, body };
  const flipped = Buffer.from(body);
  const at = Math.min(body.length - 1, Math.floor(body.length * flip));
  flipped[at]! ^= 0x10;
  return { ...answer, headers, body: flipped };
}

interface File {
  /** Null: as the answer says. */
  readonly type: string | null;
  readonly body: Buffer;
}

async function contentOf(content: Content, answer: Answer, length = NOISE_BYTES): Promise<File> {
  switch (content) {
    case 'empty':
      return { type: null, body: Buffer.alloc(0) };
    case 'html':
    case 'xml':
      return bodyOf(content, answer.status, answer);
    case 'noise':
      return { type: null, body: randomFillSync(Buffer.alloc(length)) };
    case 'undecodable':
      return { type: MIME_TYPES.png, body: undecodablePng(await pictureOf(answer.body)) };
    case 'jpeg':
      return { type: MIME_TYPES.jpeg, body: await encoded(await pictureOf(answer.body), 'jpeg') };
    case 'half':
      return { type: MIME_TYPES.png, body: await encoded(resized(await pictureOf(answer.body), 0.5), 'png') };
    case 'double':
      return { type: MIME_TYPES.png, body: await encoded(resized(await pictureOf(answer.body), 2), 'png') };
    case 'fourfold':
      return { type: MIME_TYPES.png, body: await encoded(resized(await pictureOf(answer.body), 4), 'png') };
  }
}

const encoded = async (image: RgbaImage, format: 'png' | 'jpeg'): Promise<Buffer> =>
  Buffer.from(await encodePicture(image, format, null));

async function pictureOf(bytes: Buffer): Promise<RgbaImage> {
  const picture = await decodePicture(new Uint8Array(bytes));
  return picture.ok ? picture.value.image : rgbaImage(1, 1);
}

/** The nearest pixel: it only has to have another size. */
function resized(image: RgbaImage, factor: number): RgbaImage {
  const [width, height] = [image.width, image.height].map((side) => Math.max(1, Math.round(side * factor))) as [
    number,
    number,
  ];
  const out = rgbaImage(width, height);
  const [from, to] = [image, out].map(({ data }) => new Uint32Array(data.buffer, data.byteOffset, data.length / 4)) as [
    Uint32Array,
    Uint32Array,
  ];
  for (let y = 0; y < height; y += 1) {
    const row = Math.min(image.height - 1, Math.floor(y / factor)) * image.width;
    for (let x = 0; x < width; x += 1) {
      to[y * width + x] = from[row + Math.min(image.width - 1, Math.floor(x / factor))]!;
    }
  }
  return out;
}

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Every chunk's checksum is right (PNG specification, 5.3), and the pixels are no zlib stream. */
function undecodablePng({ width, height }: RgbaImage): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const pixels = Buffer.alloc(64, 0xff);
  return Buffer.concat([PNG_SIGNATURE, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(data.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}
