import { describe, expect, it } from 'vitest';
import { type RgbaImage, rgbaImage } from '../../src/pixels/image';
import { NO_PACE } from '../../src/pixels/pace';
import { encodePng } from '../../src/pixels/png/encode';
import { resample } from '../../src/pixels/scale/resample';
import type { OpenPicture, OpenResult, Studio } from '../../src/pixels/studio';
import { isWholeFrame, mixed, wholeSize } from '../../src/pixels/whole';
import { nodeStudio, pixelsOf } from './nodeCodec';
import { decoded, fileBytes, handFace, largestDifference, moved, painted, sample } from './pictures';

const never = new AbortController().signal;
const png = (image: RgbaImage): Promise<Uint8Array> => encodePng(image, null, NO_PACE);
const astronaut = sample('astronaut.png');
const face = handFace(177, 54, 93, 118);

/** The photo enlarged, with another contrast everywhere. */
async function enlarged(factor: number, image = astronaut): Promise<RgbaImage> {
  const { width, height } = image;
  const size = { width: Math.round(width * factor), height: Math.round(height * factor) };
  const large = await resample(image, { x: 0, y: 0, width, height }, size);
  return rgbaImage(
    size.width,
    size.height,
    large.data.map((value, at) => (at % 4 === 3 ? value : 20 + value * 0.85)),
  );
}

async function withResult(
  bytes: Uint8Array,
  file = fileBytes('playground/samples/astronaut.png'),
): Promise<{ studio: Studio; picture: OpenPicture; result: OpenResult }> {
  const studio = nodeStudio();
  const picture = await studio.open(file, never);
  if (!picture.ok) throw new Error(picture.error.code);
  const result = await studio.addResult(picture.value.id, bytes, [face], never);
  if (!result.ok) throw new Error(result.error.code);
  return { studio, picture: picture.value, result: result.value };
}

describe('a result taken as a whole', () => {
  it('is written byte for byte as it came, as often as it is asked for', async () => {
    const bytes = await png(await enlarged(2));
    const { studio, picture, result } = await withResult(bytes);
    const choice = { resultId: result.id, blend: 1 };
    const written = async () => {
      const answer = await studio.encodeWhole(picture.id, choice, never);
      if (!answer.ok) throw new Error(answer.error.code);
      return answer.value;
    };
    const once = await written();
    expect({ ...once, bytes: once.bytes.length }).toEqual({
      bytes: bytes.length,
      format: 'png',
      size: { width: 1024, height: 1024 },
      scale: 2,
    });
    // The bytes are handed over: what is kept must be another copy.
    once.bytes.fill(0);
    expect(Buffer.compare((await written()).bytes, bytes)).toBe(0);
  });

  it('is mixed with the original where that is wished, on the grid of the result', async () => {
    const large = await enlarged(2);
    const { studio, picture, result } = await withResult(await png(large));
    const half = await studio.encodeWhole(picture.id, { resultId: result.id, blend: 0.5 }, never);
    if (!half.ok) throw new Error(half.error.code);
    const size = { width: 1024, height: 1024 };
    const source = await resample(astronaut, { x: 0, y: 0, width: 512, height: 512 }, size);
    expect(largestDifference(decoded(half.value.bytes), mixed(source, large, 0.5))).toBe(0);
  });

  it('that was shifted is laid on the source before it is written', async () => {
    const shifted = await moved(await enlarged(1), 3, -2);
    const { studio, picture, result } = await withResult(await png(shifted));
    const written = await studio.encodeWhole(picture.id, { resultId: result.id, blend: 1 }, never);
    if (!written.ok) throw new Error(written.error.code);
    const image = decoded(written.value.bytes);
    expect([image.width, image.height]).toEqual([512, 512]);
    const inner = (from: RgbaImage): RgbaImage =>
      painted(480, 480, (x, y) => {
        const at = ((y + 16) * 512 + x + 16) * 4;
        return [from.data[at]!, from.data[at + 1]!, from.data[at + 2]!, from.data[at + 3]!];
      });
    expect(meanDifference(inner(image), inner(await enlarged(1)))).toBeLessThan(2);
  });

  it('keeps the transparency of the original', async () => {
    const holed = painted(512, 512, (x, y) => {
      const at = (y * 512 + x) * 4;
      return [astronaut.data[at]!, astronaut.data[at + 1]!, astronaut.data[at + 2]!, x < 100 ? 0 : 255];
    });
    const { studio, picture, result } = await withResult(await png(await enlarged(1)), await png(holed));
    const written = await studio.encodeWhole(picture.id, { resultId: result.id, blend: 1 }, never);
    if (!written.ok) throw new Error(written.error.code);
    const { data } = decoded(written.value.bytes);
    expect([data[50 * 4 + 3], data[300 * 4 + 3]]).toEqual([0, 255]);
  });

  it('is shown up to its own size, and is not drawn anew for the same size', async () => {
    const { studio, picture, result } = await withResult(await png(await enlarged(2)));
    const shown = async (longSide: number, blend = 1) =>
      pixelsOf(await studio.wholePreview(picture.id, { resultId: result.id, blend }, longSide));
    const sides = [];
    for (const longSide of [128, 512, 700, 5000]) sides.push((await shown(longSide)).width);
    expect(sides).toEqual([128, 512, 700, 1024]);
    expect(largestDifference(await shown(512, 0), astronaut)).toBe(0);
  });
});

function meanDifference(a: RgbaImage, b: RgbaImage): number {
  let sum = 0;
  for (let at = 0; at < a.data.length; at++) sum += Math.abs(a.data[at]! - b.data[at]!);
  return sum / ((a.data.length * 3) / 4);
}

describe('the size of a result taken as a whole', () => {
  const source = { width: 1500, height: 1000 };
  const plain = (width: number, height: number) => ({ across: width / 1500, down: height / 1000, x: 0, y: 0 });
  it.each([
    ['its own', { width: 3000, height: 2000 }, plain(3000, 2000), { width: 3000, height: 2000 }],
    ['what Figma holds', { width: 6000, height: 4000 }, plain(6000, 4000), { width: 4096, height: 2731 }],
    ['that of the source at least', { width: 1490, height: 993 }, { ...plain(1490, 993), x: 4 }, source],
    [
      'that of the source at its scale when it is cut',
      { width: 3010, height: 2006 },
      { across: 2, down: 2, x: 5, y: 3 },
      { width: 3000, height: 2000 },
    ],
  ])('is %s', (_, result, fit, size) => {
    expect(wholeSize(source, result, fit)).toEqual(size);
  });

  it('is the frame itself only where nothing had to be corrected', () => {
    const result = { width: 3000, height: 2000 };
    expect(isWholeFrame(plain(3000, 2000), source, result)).toBe(true);
    expect(isWholeFrame({ ...plain(3000, 2000), x: 1 }, source, result)).toBe(false);
    expect(isWholeFrame(plain(2998, 2000), source, result)).toBe(false);
  });
});
