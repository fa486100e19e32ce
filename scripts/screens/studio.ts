/** A studio for the screens: one group picture drawn from public-domain portraits, "restored" by not having been damaged. */
import type { Face } from '../../src/pixels/face';
import type { OpenPicture, Studio } from '../../src/pixels/studio';

export const GROUP = { width: 1200, height: 800 } as const;

const face = (x: number, y: number, width: number, height: number): Face => ({
  box: { x, y, width, height },
  score: 0.9,
  points: null,
});

export const FACES: readonly Face[] = [face(213, 176, 256, 275), face(766, 84, 119, 149), face(1025, 545, 72, 82)];

export const picture = (
  id: number,
  size: { readonly width: number; readonly height: number } = GROUP,
): OpenPicture => ({
  id,
  format: 'jpeg',
  size,
  animated: false,
  upload: { bytes: new Uint8Array([1]), format: 'jpeg', converted: false },
});

export type ShownStudio = Pick<Studio, 'bitmap' | 'crop' | 'preview' | 'wholePreview'>;

/** `hopper` and `collins` are the addresses of the two portraits. */
export async function groupStudio(hopper: string, collins: string): Promise<ShownStudio> {
  const whole = await group(hopper, collins);
  const small = draw(whole, GROUP.width / 9, GROUP.height / 9);
  const damaged = draw(small, GROUP.width, GROUP.height);
  const shown = async (canvas: OffscreenCanvas, longSide: number): Promise<ImageBitmap> => {
    const scale = Math.min(1, longSide / GROUP.width);
    return createImageBitmap(draw(canvas, GROUP.width * scale, GROUP.height * scale));
  };
  return {
    bitmap: (_, longSide) => shown(damaged, longSide),
    preview: async (_, choices, longSide) => shown(choices.some(({ on }) => on) ? whole : damaged, longSide),
    wholePreview: async (_, { blend }, longSide) => shown(blend > 0 ? whole : damaged, longSide),
    crop: async (_, { box }, side, choices) => {
      const edge = Math.max(box.width, box.height) * 1.3;
      const [x, y] = [box.x + (box.width - edge) / 2, box.y + (box.height - edge) / 2];
      return createImageBitmap(choices === undefined ? damaged : whole, x, y, edge, edge, {
        resizeWidth: side,
        resizeHeight: side,
      });
    },
  };
}

export async function groupPng(studio: ShownStudio): Promise<Uint8Array> {
  const bitmap = await studio.bitmap(0, 256);
  const blob = await draw(bitmap, bitmap.width, bitmap.height).convertToBlob();
  return new Uint8Array(await blob.arrayBuffer());
}

/** What a row of a batch shows: the whole picture, and its faces before and after. */
export interface RowPictures {
  readonly look: ImageBitmap;
  readonly before: readonly ImageBitmap[];
  readonly after: readonly ImageBitmap[];
}

export async function rowPictures(studio: ShownStudio): Promise<RowPictures> {
  return {
    look: await studio.bitmap(0, 80),
    before: await Promise.all(FACES.map((each) => studio.crop(0, each, 80))),
    after: await Promise.all(FACES.map((each) => studio.crop(0, each, 80, []))),
  };
}

async function group(hopper: string, collins: string): Promise<OffscreenCanvas> {
  const [left, right] = await Promise.all([bitmapOf(hopper), bitmapOf(collins)]);
  const canvas = new OffscreenCanvas(GROUP.width, GROUP.height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser draws no 2d canvas.');
  context.fillStyle = '#55606a';
  context.fillRect(0, 0, GROUP.width, GROUP.height);
  context.drawImage(left, -13, 0, 683, 800);
  context.drawImage(right, 60, 0, 400, 512, 610, 0, 590, 755);
  context.drawImage(left, 120, 60, 300, 340, 1006, 518, 114, 130);
  return canvas;
}

const bitmapOf = async (address: string): Promise<ImageBitmap> =>
  createImageBitmap(await (await fetch(address)).blob());

function draw(source: OffscreenCanvas | ImageBitmap, width: number, height: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width)), Math.max(1, Math.round(height)));
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser draws no 2d canvas.');
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas;
}
