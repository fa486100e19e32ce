import { readFile } from 'node:fs/promises';
import { deflateSync } from 'node:zlib';
import { encode as encodeJpeg } from 'jpeg-js';
import { describe, expect, it } from 'vitest';
import { decodePicture } from '../../../engine/picture/decode';
import { encodePicture } from '../../../engine/picture/encode';
import { readJpegTables } from '../../../engine/picture/jpegTables';
import { profileOfJpeg, profileOfPng, withJpegProfile, withPngProfile } from '../../../engine/picture/profile';
import { type RgbaImage, rgbaImage } from '../../../src/pixels/image';
import { rms } from '../portrait';

const read = async (name: string) => new Uint8Array(await readFile(new URL(`../../pictures/${name}`, import.meta.url)));

async function decoded(bytes: Uint8Array) {
  const picture = await decodePicture(bytes);
  if (!picture.ok) throw new Error(`not decoded: ${picture.error}`);
  return picture.value;
}

function colours(width = 13, height = 9, opaque = true): RgbaImage {
  const image = rgbaImage(width, height);
  for (let at = 0; at < image.data.length; at++)
    image.data[at] = at % 4 === 3 && opaque ? 255 : (at * 73 + (at >> 5) * 31) % 256;
  return image;
}

describe('files that keep every pixel', () => {
  it.each(['png', 'tiff'] as const)('%s comes back as it went', async (format) => {
    const image = colours(13, 9, false);
    const picture = await decoded(await encodePicture(image, format, null));
    expect(picture.format).toBe(format);
    expect(picture.image).toEqual(image);
  });
});

describe('JPEG', () => {
  it('comes back nearly as it went', async () => {
    const smooth = rgbaImage(32, 32);
    smooth.data.forEach((_, at) => {
      smooth.data[at] = at % 4 === 3 ? 255 : 60 + Math.floor(at / 4 / 32) * 4 + (at % 4) * 10;
    });
    const picture = await decoded(await encodePicture(smooth, 'jpeg', null));
    expect(rms(picture.image, smooth)).toBeLessThan(2);
  });

  it('stands upright, whatever its orientation says', async () => {
    const first = await decoded(await read('orientation-1.jpg'));
    for (let orientation = 2; orientation <= 8; orientation++) {
      const { image, tables } = await decoded(await read(`orientation-${orientation}.jpg`));
      expect([image.width, image.height]).toEqual([first.image.width, first.image.height]);
      expect(rms(image, first.image), `orientation ${orientation}`).toBeLessThan(6);
      // Its blocks no longer lie where the tables say.
      expect(tables).toBeNull();
    }
    expect(first.tables).not.toBeNull();
  });

  it.each(['cmyk.jpg', 'progressive.jpg', 'grey.jpg'])('%s is read', async (name) => {
    const { image } = await decoded(await read(name));
    const mean =
      image.data.reduce((sum, value, at) => (at % 4 === 3 ? sum : sum + value), 0) / (image.width * image.height * 3);
    expect(mean).toBeGreaterThan(40);
    expect(mean).toBeLessThan(215);
  });

  it('tells its tables: finer ones for a better quality, and chroma apart', () => {
    const { width, height, data } = colours(16, 16);
    const at = (quality: number) => readJpegTables(new Uint8Array(encodeJpeg({ width, height, data }, quality).data))!;
    expect(at(50).luma.slice(0, 3)).toEqual([16, 11, 10]);
    expect(at(50).luma[8]).toBe(12);
    expect(at(50).chroma[0]).toBe(17);
    expect(at(90).luma[0]).toBeLessThan(at(10).luma[0]!);
  });

  it('tells no tables where they are cut off', () => {
    const { width, height, data } = colours(16, 16);
    const bytes = new Uint8Array(encodeJpeg({ width, height, data }, 50).data);
    for (const length of [0, 2, 5, 40, 100]) expect(readJpegTables(bytes.subarray(0, length))).toBeNull();
  });
});

describe('PNG and TIFF of every kind', () => {
  it.each([
    'palette.png',
    'sixteen.png',
    'interlaced.png',
    'alpha.png',
    'alpha-grey.png',
    'one-pixel.png',
    'picture.tiff',
  ])('%s is read', async (name) => {
    const { image } = await decoded(await read(name));
    expect(image.width * image.height).toBeGreaterThan(0);
  });

  it('the same picture comes out of the depth, palette and order it was stored in', async () => {
    const plain = (await decoded(await read('upright.png'))).image;
    // sixteen.png was stored 3 % darker, at a depth of which no 8-bit picture can hold all.
    const darker = rgbaImage(
      plain.width,
      plain.height,
      plain.data.map((value, at) => (at % 4 === 3 ? 255 : value * 0.97)),
    );
    expect(rms((await decoded(await read('sixteen.png'))).image, darker)).toBeLessThan(1);
    expect((await decoded(await read('interlaced.png'))).image).toEqual(plain);
  });
});

describe('files that are not of these formats', () => {
  it.each(['still.gif', 'lossy.webp', 'picture.bmp', 'SOURCES.md'])('%s is refused', async (name) => {
    expect(await decodePicture(await read(name))).toEqual({ ok: false, error: 'format' });
  });

  it('cut anywhere, a file is refused and nothing is thrown', async () => {
    for (const name of ['progressive.jpg', 'upright.png', 'picture.tiff']) {
      const bytes = await read(name);
      for (const share of [0.1, 0.5, 0.9]) {
        const outcome = await decodePicture(bytes.subarray(0, Math.floor(bytes.length * share)));
        if (name !== 'picture.tiff') expect(outcome).toEqual({ ok: false, error: 'format' });
      }
    }
  });
});

describe('a colour profile', () => {
  const profile = Uint8Array.from({ length: 150_000 }, (_, at) => (at * 31) % 251);

  it('goes over into a PNG, which stays readable', async () => {
    const png = withPngProfile(await encodePicture(colours(), 'png', null), profile);
    expect(profileOfPng(png)).toEqual(profile);
    expect((await decoded(png)).image).toEqual(colours());
  });

  it('goes over into a JPEG in as many segments as it needs', async () => {
    const jpeg = withJpegProfile(await encodePicture(colours(), 'jpeg', null), profile);
    expect(profileOfJpeg(jpeg)).toEqual(profile);
    // Number and count, as ICC.1 wants them, of the first of three.
    expect([...jpeg.subarray(18, 20)]).toEqual([1, 3]);
    expect((await decoded(jpeg)).image).toEqual((await decoded(await encodePicture(colours(), 'jpeg', null))).image);
  });

  it('is kept from input to output, between formats', async () => {
    const input = await decoded(withJpegProfile(await encodePicture(colours(), 'jpeg', null), profile));
    expect(profileOfPng(await encodePicture(input.image, 'png', input.profile))).toEqual(profile);
  });

  it('that cannot be read is none', async () => {
    const png = withPngProfile(await encodePicture(colours(), 'png', null), profile);
    const { crc32 } = await import('../../../src/core/picture/crc32');
    // The stream inside iCCP is damaged, its checksum made right again.
    const at = 33;
    const length = new DataView(png.buffer, png.byteOffset).getUint32(at);
    png.fill(0xee, at + 8 + 5, at + 8 + 20);
    new DataView(png.buffer, png.byteOffset).setUint32(at + 8 + length, crc32(png, at + 4, at + 8 + length));
    expect(profileOfPng(png)).toBeNull();
    expect(deflateSync(profile).length).toBeGreaterThan(20);
  });
});
