/** A file dropped on the canvas becomes a rectangle filled with it, as in Figma. */
import { addLayer, imageFill } from '../document/build';
import { IMAGE_LIMIT, imageRefusal } from '../document/imageFile';
import type { Vec } from '../document/transform';
import type { Session } from './session';

/** Page pixels: larger pictures are shown smaller, their file stays whole. */
const LARGEST_SIDE = 640;

/** Around `at`, in page units, and selected. What no browser decodes is reported and left out. */
export async function placeFiles(session: Session, files: readonly File[], at: Vec): Promise<void> {
  const placed: string[] = [];
  for (const [index, file] of files.entries()) {
    const bytes = await acceptable(new Uint8Array(await file.arrayBuffer()));
    if (bytes === null) {
      session.report(`${file.name} is not a picture that the browser can show`);
      continue;
    }
    const { width, height } = await sizeOf(bytes);
    const scale = Math.min(1, LARGEST_SIDE / Math.max(width, height));
    const hash = session.document.images.add(bytes);
    const box = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
    const place = {
      ...box,
      x: Math.round(at.x - box.width / 2) + index * 24,
      y: Math.round(at.y - box.height / 2) + index * 24,
    };
    const name = file.name.replace(/\.[a-z0-9]+$/i, '');
    placed.push(addLayer(session.document, 'RECTANGLE', name, place, { fills: [imageFill({ imageHash: hash })] }));
  }
  if (placed.length > 0) session.document.select(placed);
}

/** Too large ones are made smaller, as Figma does on import. Null for what no browser decodes. */
async function acceptable(bytes: Uint8Array): Promise<Uint8Array | null> {
  const bitmap = await createImageBitmap(new Blob([bytes as BlobPart])).catch(() => null);
  if (bitmap === null) return null;
  const { width, height } = bitmap;
  const fits = width <= IMAGE_LIMIT && height <= IMAGE_LIMIT;
  if (fits || imageRefusal(bytes) === null) {
    bitmap.close();
    return bytes;
  }
  const scale = IMAGE_LIMIT / Math.max(width, height);
  const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale));
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
}

async function sizeOf(bytes: Uint8Array): Promise<{ readonly width: number; readonly height: number }> {
  const bitmap = await createImageBitmap(new Blob([bytes as BlobPart]));
  const { width, height } = bitmap;
  bitmap.close();
  return { width, height };
}
