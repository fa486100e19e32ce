/** What the Chromium tests do inside the page; answers are plain data. */
import { browserCodec } from '../../../src/pixels/codec';
import { createStudio } from '../../../src/pixels/createStudio';
import { readHeader } from '../../../src/pixels/header/read';
import type { RgbaImage } from '../../../src/pixels/image';
import { NO_PACE } from '../../../src/pixels/pace';
import { decodePng } from '../../../src/pixels/png/decode';
import type { FaceChoice, Studio } from '../../../src/pixels/studio';

const never = new AbortController().signal;
/** Where this script came from; a frame of null origin has no address of its own. */
const HOME = new URL('/', (document.currentScript as HTMLScriptElement).src || document.baseURI).href;

const bytesOf = async (path: string): Promise<Uint8Array> =>
  new Uint8Array(await (await fetch(HOME + path)).arrayBuffer());

const textOf = async (path: string): Promise<string> => (await fetch(HOME + path)).text();

async function decodedByBrowser(bytes: Uint8Array): Promise<RgbaImage> {
  const bitmap = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>]));
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  const { width, height, data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  return { width, height, data };
}

async function studioOf(kind: 'worker' | 'own' | 'broken worker' | 'silent worker'): Promise<Studio> {
  const [source, weights] = await Promise.all([textOf('worker.js'), textOf('weights')]);
  switch (kind) {
    case 'worker':
      return createStudio({ source, weights });
    case 'own':
      return createStudio({ source, weights, makeWorker: forbidden });
    case 'broken worker':
      return createStudio({
        source,
        weights,
        makeWorker: () => new Worker('data:text/javascript,throw new Error("no")'),
      });
    case 'silent worker':
      return createStudio({ source, weights, makeWorker: () => new Worker('data:text/javascript,') });
  }
}

function forbidden(): never {
  throw new DOMException('No workers here', 'SecurityError');
}

/** What opening a file says, and how far what is sent lies from another picture: the mean difference of its colours. */
async function open(path: string, like: string) {
  const studio = await studioOf('own');
  const answer = await studio.open(await bytesOf(path), never);
  if (!answer.ok) return { error: answer.error.code };
  const [sent, wanted] = await Promise.all([
    decodedByBrowser(answer.value.upload.bytes),
    bytesOf(like).then(decodedByBrowser),
  ]);
  let sum = 0;
  for (let i = 0; i < wanted.data.length; i++) if (i % 4 !== 3) sum += Math.abs(sent.data[i]! - wanted.data[i]!);
  const { size, animated, upload } = answer.value;
  const mean = sum / ((wanted.data.length / 4) * 3);
  return { size, animated, format: upload.format, converted: upload.converted, mean };
}

/** The pixels as the codec reads them. */
async function decode(path: string): Promise<{ width: number; height: number; data: number[] } | null> {
  const bytes = await bytesOf(path);
  const format = path.endsWith('png') ? 'png' : 'jpeg';
  const header = readHeader(bytes, format);
  const image = header.ok ? await browserCodec().decode(bytes, header.value, format, NO_PACE) : null;
  return image === null ? null : { width: image.width, height: image.height, data: [...image.data] };
}

/** The portrait with its face brightened in a soft oval, as PNG. */
async function brightened(path: string): Promise<Uint8Array> {
  const image = await decodedByBrowser(await bytesOf(path));
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext('2d')!;
  context.putImageData(new ImageData(image.data as Uint8ClampedArray<ArrayBuffer>, image.width, image.height), 0, 0);
  const glow = context.createRadialGradient(223, 112, 10, 223, 112, 70);
  glow.addColorStop(0, 'rgba(255, 200, 180, 0.4)');
  glow.addColorStop(1, 'rgba(255, 200, 180, 0)');
  context.fillStyle = glow;
  context.fillRect(0, 0, image.width, image.height);
  return new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
}

/** FNV-1a, to compare bytes across threads. */
function hash(bytes: Uint8Array | Uint8ClampedArray): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i++) value = Math.imul(value ^ bytes[i]!, 0x01000193) >>> 0;
  return value;
}

/** The whole way on one thread or the other: what came out, as numbers that can be compared. */
async function wholeWay(kind: Parameters<typeof studioOf>[0]) {
  const path = 'playground/samples/astronaut.png';
  const studio = await studioOf(kind);
  const stored = await bytesOf(path);
  const opened = await studio.open(stored, never);
  if (!opened.ok) throw new Error(opened.error.code);
  const { id } = opened.value;
  const faces = await studio.faces(id, never);
  const added = await studio.addResult(id, await brightened(path), faces, never);
  if (!added.ok) throw new Error(added.error.code);
  const choices: FaceChoice[] = faces.map((face) => ({ face, resultId: added.value.id, on: true, blend: 0.8 }));
  const [over, baked] = [
    await studio.encode(id, 'overlay', choices, never),
    await studio.encode(id, 'baked', choices, never),
  ];
  if (!over.ok || !baked.ok) throw new Error('not encoded');
  const preview = await studio.preview(id, choices, 256);
  const crop = await studio.crop(id, faces[0]!, 48);
  const canvas = new OffscreenCanvas(512, 512);
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.drawImage(await createImageBitmap(new Blob([stored as Uint8Array<ArrayBuffer>])), 0, 0);
  const source = context.getImageData(0, 0, 512, 512).data;
  context.drawImage(await createImageBitmap(new Blob([over.value.bytes as Uint8Array<ArrayBuffer>])), 0, 0);
  const painted = context.getImageData(0, 0, 512, 512).data;
  const bakedPixels = (await decodedByBrowser(baked.value.bytes)).data;
  const overlayPixels = (await decodePng(over.value.bytes, NO_PACE))!.data;
  let apart = 0;
  let outsideChanged = 0;
  let insideChanged = 0;
  for (let i = 0; i < painted.length; i++) {
    apart = Math.max(apart, Math.abs(painted[i]! - bakedPixels[i]!));
    const outside = overlayPixels[i - (i % 4) + 3] === 0;
    if (bakedPixels[i] !== source[i] || painted[i] !== source[i]) {
      if (outside) outsideChanged += 1;
      else insideChanged += 1;
    }
  }
  return {
    faces: faces.map(({ box }) => [box.x, box.y, box.width, box.height].map(Math.round)),
    change: added.value.change.map((value) => Math.round(value * 1000)),
    overlay: hash(overlayPixels),
    baked: hash(bakedPixels),
    sizes: [preview.width, preview.height, crop.width, crop.height],
    bytesKept: opened.value.upload.bytes === stored && stored.length > 0,
    apart,
    outsideChanged,
    insideChanged,
  };
}

/** A semi-transparent picture through the whole way with nothing chosen. */
async function throughUnchanged(path: string): Promise<{ before: number; after: number }> {
  const studio = await studioOf('own');
  const stored = await bytesOf(path);
  const opened = await studio.open(stored, never);
  if (!opened.ok) throw new Error(opened.error.code);
  const baked = await studio.encode(opened.value.id, 'baked', [], never);
  if (!baked.ok) throw new Error(baked.error.code);
  const pixels = async (bytes: Uint8Array): Promise<number> => hash((await decodePng(bytes, NO_PACE))!.data);
  return { before: await pixels(stored), after: await pixels(baked.value.bytes) };
}

export const pixels = {
  open,
  decode,
  wholeWay,
  throughUnchanged,
  secure: () => isSecureContext,
  origin: () => self.origin,
};

declare global {
  interface Window {
    pixels: typeof pixels;
  }
}

window.pixels = pixels;
