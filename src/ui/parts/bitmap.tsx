/** Shows a bitmap that has to be made first. While a new one is made the old one stays; the last one asked for wins. */
import { useEffect, useRef } from 'preact/hooks';

export interface BitmapProps {
  /** Says what is shown: when it changes, `load` is called again. */
  readonly of: string;
  readonly load: () => Promise<ImageBitmap>;
  /** Empty for decoration. */
  readonly alt: string;
  readonly class?: string | undefined;
}

export function Bitmap({ of, load, alt, class: className }: BitmapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const newest = useRef('');
  const busy = useRef(false);
  const latest = useRef(load);
  latest.current = load;

  useEffect(() => {
    newest.current = of;
    // One at a time: a slider makes wishes faster than pictures can be made, and only the last wish counts.
    const work = async (): Promise<void> => {
      busy.current = true;
      while (newest.current !== '') {
        const wanted = newest.current;
        // One that was let go meanwhile cannot be made any more, and nobody waits for it.
        const bitmap = await latest.current().catch(() => null);
        if (newest.current === wanted) newest.current = '';
        if (bitmap === null) continue;
        draw(canvas.current, bitmap);
        bitmap.close();
      }
      // In the same turn as the last look at the wishes: one that comes a moment later starts anew.
      busy.current = false;
    };
    if (!busy.current) void work();
  }, [of]);

  const words = alt === '' ? { 'aria-hidden': true as const } : { role: 'img' as const, 'aria-label': alt };
  return <canvas ref={canvas} class={className} width={1} height={1} {...words} />;
}

/** The canvas takes the bitmap over as it is: no pixel is copied. */
function draw(canvas: HTMLCanvasElement | null, bitmap: ImageBitmap): void {
  if (canvas === null) return;
  if (canvas.width !== bitmap.width) canvas.width = bitmap.width;
  if (canvas.height !== bitmap.height) canvas.height = bitmap.height;
  canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap);
}
