/** The part of the pixel benchmark that runs in the page: every stage of one picture, with the long tasks it caused. */
import { megapixels, type Size } from '../../src/core/money/price';
import { createStudio } from '../../src/pixels/createStudio';
import type { Studio } from '../../src/pixels/studio';

export interface StageTime {
  readonly stage: string;
  readonly ms: number;
  /** Longest task of the page's own thread during the stage, in milliseconds; 0 when none lasted over 50. */
  readonly longest: number;
  readonly note: string;
}

/** Where the sample portrait is laid into a picture 4000 pixels wide, and how wide. */
const PLACES = [
  [300, 200, 900],
  [1700, 900, 1200],
  [3100, 300, 640],
] as const;

const bytesOf = async (source: string | Blob): Promise<Uint8Array> =>
  new Uint8Array(await (typeof source === 'string' ? await fetch(source) : source).arrayBuffer());

/** The coffee table as ground, three portraits on it. */
async function largePicture(sides: Size): Promise<OffscreenCanvas> {
  const [ground, portrait] = await Promise.all(
    ['/playground/samples/coffee.png', '/playground/samples/astronaut.png'].map(async (path) =>
      createImageBitmap(await (await fetch(path)).blob()),
    ),
  );
  const { canvas, context } = surface(sides);
  context.drawImage(ground!, 0, 0, sides.width, sides.height);
  for (const [x, y, width] of PLACES) context.drawImage(portrait!, 0, 0, 512, 420, x, y, width, (width * 420) / 512);
  return canvas;
}

/** The stored picture with its faces brightened in soft ovals, as a stand-in for what the service gives back. */
async function resultOf(jpeg: Uint8Array, sides: Size): Promise<Uint8Array> {
  const { canvas, context } = surface(sides);
  context.drawImage(await createImageBitmap(new Blob([jpeg as Uint8Array<ArrayBuffer>])), 0, 0);
  for (const [x, y, width] of PLACES) {
    const k = width / 512;
    const glow = context.createRadialGradient(x + 223 * k, y + 112 * k, 10 * k, x + 223 * k, y + 112 * k, 75 * k);
    glow.addColorStop(0, 'rgba(255, 230, 210, 0.3)');
    glow.addColorStop(1, 'rgba(255, 230, 210, 0)');
    context.fillStyle = glow;
    context.fillRect(x, y, width, (width * 420) / 512);
  }
  return bytesOf(await canvas.convertToBlob());
}

function surface({ width, height }: Size): { canvas: OffscreenCanvas; context: OffscreenCanvasRenderingContext2D } {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.imageSmoothingQuality = 'high';
  return { canvas, context };
}

function forbidden(): never {
  throw new DOMException('No workers here', 'SecurityError');
}

/** Runs all stages on a picture of this size. `worker`: in a worker, else on the page's own thread. */
async function run(worker: boolean, sides: Size): Promise<readonly StageTime[]> {
  const times: StageTime[] = [];
  const tasks: { start: number; duration: number }[] = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) tasks.push({ start: startTime, duration });
  }).observe({ type: 'longtask', buffered: false });
  const breath = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 120));
  async function stage<Value>(
    name: string,
    work: () => Promise<Value>,
    note: (value: Value) => string,
  ): Promise<Value> {
    await breath();
    const start = performance.now();
    const value = await work();
    const end = performance.now();
    await breath();
    const longest = Math.max(
      0,
      ...tasks.filter((task) => task.start + task.duration > start && task.start < end).map((task) => task.duration),
    );
    times.push({ stage: name, ms: end - start, longest, note: note(value) });
    return value;
  }
  const megabytes = (bytes: Uint8Array): string => `${(bytes.length / 1e6).toFixed(2)} MB`;
  const never = new AbortController().signal;
  const photo = await largePicture(sides);
  const jpeg = await bytesOf(await photo.convertToBlob({ type: 'image/jpeg', quality: 0.92 }));
  const result = await resultOf(jpeg, sides);

  const studio: Studio = createStudio({
    source: await (await fetch('/worker.js')).text(),
    weights: await (await fetch('/weights')).text(),
    ...(worker ? {} : { makeWorker: forbidden }),
  });
  // Starts the worker and compiles its code, as the panel has done long before.
  const warm = await studio.open(await bytesOf('/playground/samples/grace_hopper.jpg'), never);
  if (warm.ok) await studio.faces(warm.value.id, never);

  await stage(
    'floor: decode once',
    async () => createImageBitmap(new Blob([jpeg as Uint8Array<ArrayBuffer>])),
    () => megabytes(jpeg),
  );
  await stage('floor: encode once (PNG)', async () => bytesOf(await photo.convertToBlob()), megabytes);
  const opened = await stage(
    'open',
    () => studio.open(jpeg, never),
    () => `${megapixels(sides).toFixed(1)} MP JPEG`,
  );
  if (!opened.ok) throw new Error(opened.error.code);
  const { id } = opened.value;
  const faces = await stage(
    'find faces',
    () => studio.faces(id, never),
    (found) => `${found.length} faces`,
  );
  await stage(
    'bitmap for the screen, 1600',
    () => studio.bitmap(id, 1600),
    () => '',
  );
  const added = await stage(
    'add result',
    () => studio.addResult(id, result, faces, never),
    (value) => (value.ok ? `whole frame changed: ${value.value.wholeFrameChanged}` : value.error.code),
  );
  if (!added.ok) throw new Error(added.error.code);
  const choices = faces.map((face) => ({ face, resultId: added.value.id, on: true, blend: 1 }));
  await stage(
    'preview, 1600',
    () => studio.preview(id, choices, 1600),
    () => 'first',
  );
  await stage(
    'preview again, one blend changed',
    () =>
      studio.preview(
        id,
        choices.map((one, at) => (at === 0 ? { ...one, blend: 0.5 } : one)),
        1600,
      ),
    () => '',
  );
  const size = (value: Awaited<ReturnType<Studio['encode']>>): string =>
    value.ok ? megabytes(value.value.bytes) : value.error.code;
  await stage('overlay, composed and encoded', () => studio.encode(id, 'overlay', choices, never), size);
  await stage('baked, composed and encoded', () => studio.encode(id, 'baked', choices, never), size);
  return times;
}

declare global {
  interface Window {
    runPixelBench: typeof run;
  }
}

window.runPixelBench = run;
