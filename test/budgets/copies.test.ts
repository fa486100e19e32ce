/** How often a picture's pixels and bytes are copied between the stored file and the placed result. */
import { afterEach, describe, expect, test } from 'vitest';
import type { Codec } from '../../src/pixels/codec';
import { type RgbaImage, rgbaImage } from '../../src/pixels/image';
import { NO_PACE } from '../../src/pixels/pace';
import type { FaceChoice, Studio } from '../../src/pixels/studio';
import { remoteStudio } from '../../src/pixels/worker/remoteStudio';
import { serveStudio } from '../../src/pixels/worker/serveStudio';
import type { FromWorker, ToWorker } from '../../src/pixels/worker/wire';
import { createWorkshop } from '../../src/pixels/workshop';
import { fileBytes, handFace, sample } from '../pixels/pictures';

const never = new AbortController().signal;
const STORED = fileBytes('playground/samples/astronaut.png');
const FACE = handFace(177, 54, 93, 118);
const source = sample('astronaut.png');

/** The photo with its face brighter. */
function result(): RgbaImage {
  const data = source.data.slice();
  const { x, y, width, height } = FACE.box;
  for (let row = Math.round(y); row < y + height; row++) {
    for (let column = Math.round(x); column < x + width; column++) data[(row * source.width + column) * 4]! += 30;
  }
  return rgbaImage(source.width, source.height, data);
}

/** A codec that makes no pixels of its own: whatever is made, the studio has made. */
function studioOf(after: RgbaImage): Studio {
  const decoded = [source, after];
  const codec: Codec = {
    decode: async () => decoded.shift() ?? null,
    encodeOpaquePng: async () => new Uint8Array(1000),
    bitmap: async (image) => image as unknown as ImageBitmap,
  };
  return createWorkshop({ codec, pace: () => NO_PACE, findFaces: async () => [FACE] });
}

const Own = Uint8ClampedArray;
let made = 0;

/** From now on every pixel array as large as the whole picture is counted, made anew or by `slice`. */
function counting(): void {
  made = 0;
  const count = (length: number): void => {
    if (length >= source.data.length) made += 1;
  };
  globalThis.Uint8ClampedArray = new Proxy(Own, {
    construct(target, given: [number]) {
      const array = new target(...given);
      count(array.length);
      return array;
    },
  });
  Object.defineProperty(Own.prototype, 'slice', {
    configurable: true,
    value(this: Uint8ClampedArray, from = 0, to = this.length) {
      const part = new Own(this.subarray(from, to));
      count(part.length);
      return part;
    },
  });
}
afterEach(() => {
  globalThis.Uint8ClampedArray = Own;
  Reflect.deleteProperty(Own.prototype, 'slice');
});

describe('pixels', () => {
  const budget = { opened: 0, searched: 0, compared: 0, overlay: 1, baked: 1 };

  test('of the whole picture are decoded once and copied for nothing but the file that is written', async () => {
    const studio = studioOf(result());
    counting();
    const steps: Record<string, number> = {};
    const step = async <Value>(name: string, act: () => Promise<Value>): Promise<Value> => {
      const before = made;
      const value = await act();
      steps[name] = made - before;
      return value;
    };
    const opened = await step('opened', () => studio.open(STORED, never));
    if (!opened.ok) throw new Error(opened.error.code);
    const { id } = opened.value;
    await step('searched', () => studio.faces(id, never));
    const added = await step('compared', () => studio.addResult(id, STORED, [FACE], never));
    if (!added.ok) throw new Error(added.error.code);
    const choices: FaceChoice[] = [{ face: FACE, resultId: added.value.id, on: true, blend: 1 }];
    for (const what of ['overlay', 'baked'] as const) await step(what, () => studio.encode(id, what, choices, never));
    expect(steps).toEqual(budget);
  });
});

describe('bytes between the panel and its worker', () => {
  test('go up once each, as copies, and come down handed over', async () => {
    let up = 0;
    let down = 0;
    const { studio } = crossing(studioOf(result()), {
      up: (bytes) => {
        up += bytes;
      },
      down: (bytes) => {
        down += bytes;
      },
    });
    const opened = await studio.open(STORED, never);
    if (!opened.ok) throw new Error(opened.error.code);
    const faces = await studio.faces(opened.value.id, never);
    const added = await studio.addResult(opened.value.id, STORED, faces, never);
    if (!added.ok) throw new Error(added.error.code);
    const choices = faces.map((face) => ({ face, resultId: added.value.id, on: true, blend: 1 }));
    const written = await studio.encode(opened.value.id, 'overlay', choices, never);
    expect(written.ok && written.value.bytes.length).toBeGreaterThan(1000);
    expect({ up, down }).toEqual({ up: 2 * STORED.length, down: 0 });
  });
});

/** Both ends on one thread. Hears the bytes of each message that are copied, not handed over. */
function crossing(
  studio: Studio,
  copied: { readonly up: (bytes: number) => void; readonly down: (bytes: number) => void },
) {
  let hearAbove: (message: FromWorker) => void = () => undefined;
  let hearBelow: (message: ToWorker) => void = () => undefined;
  serveStudio(
    {
      post(message, transfer) {
        copied.down(bytesIn(message, transfer));
        const copy = structuredClone(message, { transfer: transfer as ArrayBuffer[] });
        queueMicrotask(() => hearAbove(copy));
      },
      listen: (hear) => {
        hearBelow = hear;
      },
    },
    () => studio,
  );
  const remote = remoteStudio({
    post(message, transfer) {
      copied.up(bytesIn(message, transfer));
      const copy = structuredClone(message, { transfer: transfer as ArrayBuffer[] });
      queueMicrotask(() => hearBelow(copy));
    },
    listen: (hear) => {
      hearAbove = hear;
    },
  });
  hearBelow({ kind: 'start', weights: '' });
  return remote;
}

function bytesIn(value: unknown, transfer: readonly Transferable[]): number {
  if (ArrayBuffer.isView(value)) return transfer.includes(value.buffer as ArrayBuffer) ? 0 : value.byteLength;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((sum, inner) => sum + bytesIn(inner, transfer), 0);
}
