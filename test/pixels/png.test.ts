import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rgbaImage } from '../../src/pixels/image';
import { NO_PACE } from '../../src/pixels/pace';
import { decodePng } from '../../src/pixels/png/decode';
import { Deflater } from '../../src/pixels/png/deflate';
import { encodePng } from '../../src/pixels/png/encode';
import { codeLengths } from '../../src/pixels/png/huffman';
import { decoded, differences, painted, sample, smallFile } from './pictures';

const pictures = fc
  .tuple(
    fc.integer({ min: 1, max: 24 }),
    fc.integer({ min: 1, max: 24 }),
    fc.infiniteStream(fc.constantFrom(0, 0, 0, 7, 8, 255, 128)),
  )
  .map(([width, height, values]) => {
    const data = Uint8ClampedArray.from({ length: width * height * 4 }, () => values.next().value ?? 0);
    return rgbaImage(width, height, data);
  });

describe('the deflate stream', () => {
  it('inflates to what went in, whatever the runs', () => {
    const part = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc
        .record({ value: fc.nat(255), count: fc.integer({ min: 1, max: 1200 }) })
        .map(({ value, count }) => new Uint8Array(count).fill(value)),
      fc.integer({ min: 0, max: 3000 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const deflater = new Deflater();
        for (const one of parts) {
          if (typeof one === 'number') deflater.addZeros(one);
          else deflater.add(one, 0, one.length);
        }
        const whole = Buffer.concat(parts.map((one) => (typeof one === 'number' ? new Uint8Array(one) : one)));
        // zlib checks the Adler-32 too.
        expect(inflateSync(deflater.finish()).equals(whole)).toBe(true);
      }),
    );
  });

  it('holds many blocks', () => {
    const data = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7919) >> 5);
    const deflater = new Deflater();
    deflater.add(data, 0, data.length);
    expect(inflateSync(deflater.finish()).equals(data)).toBe(true);
  });

  it('says 20 million zeros in 20 kB', () => {
    const deflater = new Deflater();
    deflater.addZeros(20_000_000);
    const bytes = deflater.finish();
    expect(bytes.length).toBeLessThan(21_000);
    expect(inflateSync(bytes).length).toBe(20_000_000);
  });
});

describe('code lengths', () => {
  it('stay within the limit and fill the code space exactly, however uneven the counts', () => {
    // Fibonacci numbers make the deepest trees.
    const counts = Uint32Array.from({ length: 30 }, () => 0);
    counts[0] = 1;
    counts[1] = 1;
    for (let i = 2; i < 30; i++) counts[i] = counts[i - 1]! + counts[i - 2]!;
    const lengths = codeLengths(counts, 15);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(15);
    expect(lengths.reduce((sum, length) => sum + 2 ** -length, 0)).toBe(1);
  });
});

describe('the PNG encoder', () => {
  it('keeps every byte of every pixel, the hidden colours of transparent ones too', async () => {
    await fc.assert(
      fc.asyncProperty(pictures, async (image) => {
        const bytes = await encodePng(image, null, NO_PACE);
        expect(differences(decoded(bytes), image)).toBe(0);
        expect(differences((await decodePng(bytes, NO_PACE))!, image)).toBe(0);
      }),
    );
  });

  it('writes the same pixels when it is told where they are', async () => {
    const image = painted(300, 200, (x, y) =>
      x >= 40 && x < 90 && y >= 10 && y < 60 ? [x, y, x ^ y, 200] : [0, 0, 0, 0],
    );
    const corner = painted(300, 200, (x, y) => (x >= 250 && y >= 150 ? [x, y, x ^ y, 9] : [0, 0, 0, 0]));
    const told = await encodePng(image, [{ x: 40, y: 10, width: 50, height: 50 }], NO_PACE);
    const toldCorner = await encodePng(corner, [{ x: 250, y: 150, width: 50, height: 50 }], NO_PACE);
    expect(differences(decoded(told), image)).toBe(0);
    expect(differences(decoded(toldCorner), corner)).toBe(0);
  });

  it('writes an overlay of three faces on 4096 x 4096 in under 2 MB', async () => {
    const photo = sample('astronaut.png');
    const places = [
      { x: 300, y: 400, width: 512, height: 512 },
      { x: 1800, y: 900, width: 512, height: 512 },
      { x: 3000, y: 3200, width: 512, height: 512 },
    ];
    const image = rgbaImage(4096, 4096);
    for (const place of places) {
      for (let y = 0; y < 512; y++) {
        image.data.set(photo.data.subarray(y * 2048, (y + 1) * 2048), ((place.y + y) * 4096 + place.x) * 4);
      }
    }
    const bytes = await encodePng(image, places, NO_PACE);
    expect(bytes.length).toBeLessThan(2_000_000);
    expect(differences(decoded(bytes), image)).toBe(0);
  });
});

describe('the PNG decoder', () => {
  it.each([
    'upright.png',
    'sixteen.png',
    'palette.png',
    'interlaced.png',
    'alpha.png',
    'alpha-interlaced.png',
    'alpha-sixteen.png',
    'alpha-grey.png',
    'one-pixel.png',
  ])('reads %s as another decoder does', async (name) => {
    const bytes = smallFile(name);
    expect(differences((await decodePng(bytes, NO_PACE))!, decoded(bytes))).toBe(0);
  });

  it('reads the interlaced file to the same pixels as the plain one', async () => {
    const plain = await decodePng(smallFile('alpha.png'), NO_PACE);
    const interlaced = await decodePng(smallFile('alpha-interlaced.png'), NO_PACE);
    expect(differences(plain!, interlaced!)).toBe(0);
  });

  it('has no answer for a file that is cut', async () => {
    expect(await decodePng(smallFile('alpha.png').subarray(0, 4000), NO_PACE)).toBeNull();
  });
});
