/** Picture files in Node become the same pixels, whatever kind of PNG they are. */
import { encode } from 'fast-png';
import { expect, test } from 'vitest';
import { nodeCodec } from '../../../playground/paint/nodeCodec';
import { rgbaImage } from '../../../src/pixels/image';
import { GIF, jpegSample } from '../scene';

test.for([
  ['colour with alpha', 4, 8, [10, 20, 30, 40], [10, 20, 30, 40]],
  ['colour', 3, 8, [10, 20, 30], [10, 20, 30, 255]],
  ['grey', 1, 8, [90], [90, 90, 90, 255]],
  ['grey with alpha', 2, 8, [90, 40], [90, 90, 90, 40]],
  ['16 bits', 3, 16, [257 * 10, 257 * 20, 257 * 30], [10, 20, 30, 255]],
] as const)('%s', async ([, channels, depth, pixel, expected]) => {
  const data = depth === 16 ? new Uint16Array(pixel) : new Uint8Array(pixel);
  const image = await nodeCodec().decode(encode({ width: 1, height: 1, data, channels, depth }));
  expect([...(image?.data ?? [])]).toEqual(expected);
});

test('what is encoded as PNG comes back as it was', async () => {
  const image = rgbaImage(3, 2);
  image.data.set([...Array(24).keys()].map((value) => value * 10));
  const codec = nodeCodec();
  expect(await codec.decode(await codec.encode(image, 'png'))).toEqual(image);
});

test('a JPEG has its size, and what cannot be decoded is null', async () => {
  const codec = nodeCodec();
  expect(await codec.decode(jpegSample())).toMatchObject({ width: 512, height: 600 });
  for (const bytes of [GIF, jpegSample().subarray(0, 100), new Uint8Array(0)])
    expect(await codec.decode(bytes)).toBeNull();
});
