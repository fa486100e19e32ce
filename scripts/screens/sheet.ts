/** Many pictures of the panel on one sheet, each with its scene's name: a gallery of hundreds of files is looked at by nobody. */
import type { Page } from 'playwright-core';

export interface Shot {
  readonly scene: string;
  readonly theme: 'light' | 'dark';
  readonly png: Uint8Array;
}

/** Scenes on one sheet: more would be too small to read. */
const MOST = 10;

/** The scenes by view, which is the first word of their name; a view with many gets several sheets. */
export function sheets(scenes: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const views = new Map<string, string[]>();
  for (const scene of scenes) {
    const view = /^[^-]+/.exec(scene)?.[0] ?? scene;
    views.set(view, [...(views.get(view) ?? []), scene]);
  }
  const named = new Map<string, readonly string[]>();
  for (const [view, all] of views) {
    for (let at = 0; at < all.length; at += MOST) {
      named.set(all.length > MOST ? `${view}-${at / MOST + 1}` : view, all.slice(at, at + MOST));
    }
  }
  return named;
}

/** WebP of the pictures, light in the first row and dark in the second. */
export async function sheet(page: Page, shots: readonly Shot[]): Promise<Uint8Array> {
  const pictures = shots.map(({ png, ...about }) => ({ ...about, png: Buffer.from(png).toString('base64') }));
  const base64 = await page.evaluate(async (all) => {
    const GAP = 24;
    const drawn = await Promise.all(
      all.map(async ({ png, ...about }) => ({
        ...about,
        picture: await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob()),
      })),
    );
    const rows = (['light', 'dark'] as const).map((theme) => drawn.filter((one) => one.theme === theme));
    const { width = 0, height = 0 } = drawn[0]?.picture ?? {};
    const columns = Math.max(...rows.map((row) => row.length));
    const canvas = new OffscreenCanvas(GAP + columns * (width + GAP), GAP + rows.length * (height + 2 * GAP));
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('no canvas');
    context.fillStyle = '#8a8a8a';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.fillStyle = 'white';
    context.font = '12px sans-serif';
    rows.forEach((row, down) => {
      row.forEach(({ scene, picture }, across) => {
        const x = GAP + across * (width + GAP);
        const y = GAP + down * (height + 2 * GAP);
        context.fillText(scene, x, y - 6, width);
        context.drawImage(picture, x, y);
      });
    });
    const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.15 });
    let text = '';
    for (const byte of new Uint8Array(await blob.arrayBuffer())) text += String.fromCharCode(byte);
    return btoa(text);
  }, pictures);
  return Buffer.from(base64, 'base64');
}
