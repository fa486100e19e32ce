import { describe, expect, it } from 'vitest';
import { type RgbaImage, rgbaImage } from '../../src/pixels/image';
import { createPace, NO_PACE } from '../../src/pixels/pace';
import { encodePng } from '../../src/pixels/png/encode';
import { resample } from '../../src/pixels/scale/resample';
import type { FaceChoice, OpenPicture, OpenResult, Studio } from '../../src/pixels/studio';
import { nodeCodec, nodeStudio, pixelsOf } from './nodeCodec';
import {
  decoded,
  differences,
  fileBytes,
  handFace,
  largestDifference,
  moved,
  noisy,
  painted,
  sample,
  smallFile,
} from './pictures';

const never = new AbortController().signal;
const png = (image: RgbaImage): Promise<Uint8Array> => encodePng(image, null, NO_PACE);
const whole = ({ width, height }: { width: number; height: number }) => ({ x: 0, y: 0, width, height });

const astronaut = sample('astronaut.png');
const face = handFace(177, 54, 93, 118);

/** The photo as a service would give it back: the face brighter, softly bounded, nothing else touched. */
const restored = (lift: number, image = astronaut, where = face): RgbaImage => {
  const { box } = where;
  return painted(image.width, image.height, (x, y) => {
    const distance = Math.hypot(
      (x - box.x - box.width / 2) / (box.width * 0.6),
      (y - box.y - box.height / 2) / (box.height * 0.6),
    );
    const here = lift * Math.max(0, 1 - distance * distance);
    const at = (y * image.width + x) * 4;
    return [image.data[at]! + here, image.data[at + 1]! + here, image.data[at + 2]! + here, image.data[at + 3]!];
  });
};

async function opened(studio: Studio, bytes: Uint8Array): Promise<OpenPicture> {
  const answer = await studio.open(bytes, never);
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value;
}

async function withResult(result: RgbaImage): Promise<{ studio: Studio; picture: OpenPicture; result: OpenResult }> {
  const studio = nodeStudio();
  const picture = await opened(studio, fileBytes('playground/samples/astronaut.png'));
  const answer = await studio.addResult(picture.id, await png(result), [face], never);
  if (!answer.ok) throw new Error(answer.error.code);
  return { studio, picture, result: answer.value };
}

async function encoded(
  studio: Studio,
  id: number,
  what: 'overlay' | 'baked',
  choices: readonly FaceChoice[],
): Promise<{ image: RgbaImage; scale: number; format: string }> {
  const answer = await studio.encode(id, what, choices, never);
  if (!answer.ok) throw new Error(answer.error.code);
  return { image: decoded(answer.value.bytes), scale: answer.value.scale, format: answer.value.format };
}

describe('opening a picture', () => {
  const wide = (bytes: Uint8Array, width: number): Uint8Array => {
    const out = bytes.slice();
    // SOF0: marker, length, precision, height, width.
    const at = out.findIndex((value, i) => value === 0xff && out[i + 1] === 0xc0);
    out[at + 7] = width >> 8;
    out[at + 8] = width & 255;
    return out;
  };

  it.each([
    ['nothing', async () => new Uint8Array(0), { code: 'picture-empty' }],
    [
      'a web page',
      async () => new TextEncoder().encode('<!doctype html><p>'),
      { code: 'picture-unsupported', content: 'html' },
    ],
    ['a TIFF', async () => smallFile('picture.tiff'), { code: 'picture-unsupported', content: 'tiff' }],
    ['a cut PNG', async () => smallFile('upright.png').subarray(0, 3000), { code: 'picture-damaged', format: 'png' }],
    [
      'a cut JPEG',
      async () => smallFile('progressive.jpg').subarray(0, 1500),
      { code: 'picture-damaged', format: 'jpeg' },
    ],
    ['a cut GIF', async () => smallFile('still.gif').subarray(0, 1500), { code: 'picture-damaged', format: 'gif' }],
    ['a cut WebP', async () => smallFile('lossy.webp').subarray(0, 900), { code: 'picture-damaged', format: 'webp' }],
    [
      'a signature alone',
      async () => smallFile('upright.png').subarray(0, 8),
      { code: 'picture-damaged', format: 'png' },
    ],
    [
      'a JPEG of 20,000 pixels, before anything is decoded',
      async () => wide(smallFile('orientation-1.jpg'), 20_000),
      { code: 'picture-too-large', size: { width: 20_000, height: 48 }, limit: 4096 },
    ],
    [
      'a PNG of 20,000 pixels',
      async () => png(rgbaImage(20_000, 1)),
      { code: 'picture-too-large', size: { width: 20_000, height: 1 }, limit: 4096 },
    ],
    [
      'a JPEG without a width',
      async () => wide(smallFile('orientation-1.jpg'), 0),
      { code: 'picture-too-small', size: { width: 0, height: 48 } },
    ],
  ])('refuses %s by name', async (_what, bytes, error) => {
    expect(await nodeStudio().open(await bytes(), never)).toEqual({ ok: false, error });
  });

  it.each([
    'upright.png',
    'sixteen.png',
    'palette.png',
    'interlaced.png',
    'alpha.png',
    'orientation-1.jpg',
    'progressive.jpg',
    'grey.jpg',
  ])('sends %s as it is stored', async (name) => {
    const bytes = smallFile(name);
    const { upload } = await opened(nodeStudio(), bytes);
    expect(upload).toEqual({ bytes, format: name.endsWith('png') ? 'png' : 'jpeg', converted: false });
  });

  it('sends what lies in an unusual file as PNG, and the same pixels', async () => {
    const { upload } = await opened(nodeStudio(), smallFile('cmyk.jpg'));
    expect(upload.converted).toBe(true);
    expect(upload.format).toBe('png');
    expect(differences(decoded(upload.bytes), decoded(smallFile('cmyk.jpg')))).toBe(0);
  });

  it('works on a picture of one pixel', async () => {
    const studio = nodeStudio();
    const { id, size } = await opened(studio, smallFile('one-pixel.png'));
    expect(size).toEqual({ width: 1, height: 1 });
    const pixel = handFace(0, 0, 1, 1);
    const answer = await studio.addResult(id, smallFile('one-pixel.png'), [pixel], never);
    expect(answer.ok).toBe(true);
    if (!answer.ok) return;
    const baked = await encoded(studio, id, 'baked', [{ face: pixel, resultId: answer.value.id, on: true, blend: 1 }]);
    expect(differences(baked.image, decoded(smallFile('one-pixel.png')))).toBe(0);
  });

  it('calls a picture damaged that decodes to another size than it says', async () => {
    const studio = nodeStudio({ codec: { ...nodeCodec, decode: async () => rgbaImage(10, 10) } });
    expect(await studio.open(smallFile('upright.png'), never)).toEqual({
      ok: false,
      error: { code: 'picture-damaged', format: 'png' },
    });
  });
});

describe('adding a result', () => {
  it.each([
    [
      'an error page',
      async () => new TextEncoder().encode('<?xml version="1.0"?><Error>'),
      { code: 'result-not-picture', content: 'xml' },
    ],
    [
      'an answer in JSON',
      async () => new TextEncoder().encode('{"message": "no"}'),
      { code: 'result-not-picture', content: 'json' },
    ],
    ['nothing', async () => new Uint8Array(0), { code: 'result-not-picture', content: 'empty' }],
    ['a cut file', async () => (await png(astronaut)).subarray(0, 100_000), { code: 'result-damaged' }],
    [
      'another shape',
      async () => png(painted(400, 300, (x, y) => [x, y, 0, 255])),
      { code: 'result-wrong-size', expected: { width: 512, height: 512 }, actual: { width: 400, height: 300 } },
    ],
    [
      'another picture of the same size',
      async () => png(painted(512, 512, (x, y) => [(x * 37) & 255, (y * 91) & 255, (x ^ y) & 255, 255])),
      { code: 'result-misaligned', reason: 'other-picture' },
    ],
  ])('refuses %s by name', async (_what, bytes, error) => {
    const studio = nodeStudio();
    const { id } = await opened(studio, fileBytes('playground/samples/astronaut.png'));
    expect(await studio.addResult(id, await bytes(), [face], never)).toEqual({ ok: false, error });
  });

  it('says its size, its scale and how much each face changed', async () => {
    const { result } = await withResult(restored(40));
    expect(result.size).toEqual({ width: 512, height: 512 });
    expect(result.scale).toBe(1);
    expect(result.wholeFrameChanged).toBe(false);
    expect(result.change).toHaveLength(1);
    expect(result.change[0]).toBeLessThan(0.2);
  });

  it('says when pixels far from the faces were changed', async () => {
    const graded = painted(512, 512, (x, y) => {
      const at = (y * 512 + x) * 4;
      return [astronaut.data[at]! * 0.9, astronaut.data[at + 1]! * 0.9, astronaut.data[at + 2]! * 0.9, 255];
    });
    expect((await withResult(graded)).result.wholeFrameChanged).toBe(true);
  });

  it('does not take an enlargement for a change of the whole frame', async () => {
    const studio = nodeStudio();
    const scan = noisy(
      await resample(astronaut, { x: 100, y: 0, width: 256, height: 256 }, { width: 256, height: 256 }),
      20,
    );
    const { id } = await opened(studio, await png(scan));
    const inCut = handFace(77, 54, 93, 118);
    const large = await resample(restored(40, scan, inCut), whole(scan), { width: 512, height: 512 });
    const answer = await studio.addResult(id, await png(large), [inCut], never);
    expect(answer.ok && answer.value.wholeFrameChanged).toBe(false);
    const smooth = await resample(
      await resample(scan, whole(scan), { width: 64, height: 64 }),
      { x: 0, y: 0, width: 64, height: 64 },
      { width: 512, height: 512 },
    );
    const other = await studio.addResult(id, await png(smooth), [inCut], never);
    expect(other.ok && other.value.wholeFrameChanged).toBe(true);
  });

  it('does not look at the picture after it was called off', async () => {
    const studio = nodeStudio();
    const { id } = await opened(studio, fileBytes('playground/samples/astronaut.png'));
    const abort = new AbortController();
    abort.abort();
    await expect(studio.addResult(id, await png(restored(40)), [face], abort.signal)).rejects.toThrow(/abort/i);
  });
});

describe('what goes onto the canvas', () => {
  const choose = (resultId: number, blend = 1, on = true): FaceChoice[] => [{ face, resultId, on, blend }];

  it('is, as overlay, nothing outside the face and the result inside', async () => {
    const after = restored(40);
    const { studio, picture, result } = await withResult(after);
    const { image, scale, format } = await encoded(studio, picture.id, 'overlay', choose(result.id));
    expect([format, scale, image.width, image.height]).toEqual(['png', 1, 512, 512]);
    expect([...image.data.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
    const middle = (113 * 512 + 223) * 4;
    expect(image.data.subarray(middle, middle + 4)).toEqual(after.data.subarray(middle, middle + 4));
  });

  it('is, baked, byte for byte the source outside the face and nearly the result inside', async () => {
    const after = restored(40);
    const { studio, picture, result } = await withResult(after);
    const { image } = await encoded(studio, picture.id, 'baked', choose(result.id));
    expect(largestDifference(image, after)).toBeLessThanOrEqual(4);
    let outside = 0;
    for (let y = 0; y < 512; y++) {
      for (let x = 0; x < 512; x++) {
        if (Math.hypot((x - 223.5) / 93, (y - 113) / 118) < 1) continue;
        for (let c = 0; c < 4; c++)
          if (image.data[(y * 512 + x) * 4 + c] !== astronaut.data[(y * 512 + x) * 4 + c]) outside += 1;
      }
    }
    expect(outside).toBe(0);
  });

  it('is the source itself when the face is off', async () => {
    const { studio, picture, result } = await withResult(restored(40));
    const baked = await encoded(studio, picture.id, 'baked', choose(result.id, 1, false));
    expect(differences(baked.image, astronaut)).toBe(0);
    const over = await encoded(studio, picture.id, 'overlay', choose(result.id, 1, false));
    expect(over.image.data.every((value) => value === 0)).toBe(true);
  });

  it('carries the pixels of a larger result, up to what Figma holds', async () => {
    const source = await resample(astronaut, { x: 120, y: 0, width: 240, height: 200 }, { width: 240, height: 200 });
    const inCut = handFace(57, 54, 93, 118);
    const studio = nodeStudio();
    const { id } = await opened(studio, await png(source));
    const large = await resample(source, whole(source), { width: 480, height: 400 });
    const answer = await studio.addResult(id, await png(large), [inCut], never);
    if (!answer.ok) throw new Error(answer.error.code);
    expect(answer.value.scale).toBe(2);
    const choices = [{ face: inCut, resultId: answer.value.id, on: true, blend: 1 }];
    const over = await encoded(studio, id, 'overlay', choices);
    expect([over.scale, over.image.width, over.image.height]).toEqual([2, 480, 400]);
    const middle = (226 * 480 + 207) * 4;
    expect(over.image.data.subarray(middle, middle + 4)).toEqual(large.data.subarray(middle, middle + 4));
    const baked = await encoded(studio, id, 'baked', choices);
    expect([baked.scale, baked.image.width]).toEqual([1, 240]);
    let sum = 0;
    for (let i = 0; i < source.data.length; i++) sum += Math.abs(baked.image.data[i]! - source.data[i]!);
    expect(sum / source.data.length).toBeLessThan(0.5);
  });

  it('is moved back when the result lies three pixels off', async () => {
    const shifted = await moved(restored(40), 3, 2);
    const { studio, picture, result } = await withResult(shifted);
    const { image } = await encoded(studio, picture.id, 'baked', choose(result.id));
    const wanted = restored(40);
    let sum = 0;
    for (let y = 90; y < 140; y++) {
      for (let x = 200; x < 250; x++) sum += Math.abs(image.data[(y * 512 + x) * 4]! - wanted.data[(y * 512 + x) * 4]!);
    }
    expect(sum / 2500).toBeLessThan(1.5);
  });

  it('mixes faces of different results, and takes a face that was drawn after the result came', async () => {
    const drawn = handFace(80, 380, 60, 60);
    const { studio, picture, result } = await withResult(restored(40));
    const second = await studio.addResult(picture.id, await png(restored(60, restored(-30), drawn)), [face], never);
    if (!second.ok) throw new Error(second.error.code);
    const { image } = await encoded(studio, picture.id, 'baked', [
      { face, resultId: result.id, on: true, blend: 1 },
      { face: drawn, resultId: second.value.id, on: true, blend: 1 },
    ]);
    const at = (x: number, y: number): number =>
      image.data[(y * 512 + x) * 4 + 1]! - astronaut.data[(y * 512 + x) * 4 + 1]!;
    expect(at(223, 113)).toBeGreaterThan(30);
    expect(at(110, 410)).toBeGreaterThan(25);
  });

  it('shows on the screen what it will be, and the source at the same size for comparing', async () => {
    const { studio, picture, result } = await withResult(restored(40));
    const before = pixelsOf(await studio.bitmap(picture.id, 256));
    const after = pixelsOf(await studio.preview(picture.id, choose(result.id), 256));
    expect([before.width, after.width]).toEqual([256, 256]);
    const at = (x: number, y: number): number => (y * 256 + x) * 4;
    expect(after.data[at(111, 56)]! - before.data[at(111, 56)]!).toBeGreaterThan(20);
    expect(after.data.subarray(at(0, 200), at(0, 256))).toEqual(before.data.subarray(at(0, 200), at(0, 256)));
    const off = pixelsOf(await studio.preview(picture.id, choose(result.id, 0), 256));
    expect(differences(off, before)).toBe(0);
  });

  it("shows a face in a square, also at the picture's edge", async () => {
    const { studio, picture } = await withResult(restored(40));
    const crop = pixelsOf(await studio.crop(picture.id, handFace(-20, -20, 60, 60), 48));
    expect([crop.width, crop.height]).toEqual([48, 48]);
    expect(crop.data.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true);
  });

  it('shows a face as the choices make it look, and as it was where they leave it', async () => {
    const { studio, picture, result } = await withResult(restored(40));
    const choices = choose(result.id);
    const { face } = choices[0]!;
    const before = pixelsOf(await studio.crop(picture.id, face, 48));
    const after = pixelsOf(await studio.crop(picture.id, face, 48, choices));
    const middle = (24 * 48 + 24) * 4;
    expect(after.data[middle]! - before.data[middle]!).toBeGreaterThan(20);
    expect(after.data.subarray(0, 4)).toEqual(before.data.subarray(0, 4));
    expect(differences(pixelsOf(await studio.crop(picture.id, face, 48, choose(result.id, 0))), before)).toBe(0);
  });

  it('is forgotten when the picture is closed', async () => {
    const { studio, picture, result } = await withResult(restored(40));
    studio.close(picture.id);
    await expect(studio.encode(picture.id, 'baked', choose(result.id), never)).rejects.toThrow(/No open picture/);
  });
});

describe('the pace', () => {
  it('is due after a slice of 12 ms and starts anew after a rest', async () => {
    let time = 0;
    const pace = createPace(
      null,
      () => time,
      async () => {
        time += 5;
      },
    );
    expect(pace.due()).toBe(false);
    time = 12;
    expect(pace.due()).toBe(true);
    await pace.rest();
    expect(pace.due()).toBe(false);
  });

  it('hears an abort that comes during a rest', async () => {
    const abort = new AbortController();
    const pace = createPace(
      abort.signal,
      () => 0,
      async () => abort.abort(),
    );
    await expect(pace.rest()).rejects.toThrow(/abort/i);
  });
});
