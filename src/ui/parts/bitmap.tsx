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
      while (newest.current !== '') {
        const wanted = newest.current;
        const bitmap = await latest.current();
        if (newest.current === wanted) newest.current = '';
        draw(canvas.current, bitmap);
        bitmap.close();
      }
    };
    if (busy.current) return;
    busy.current = true;
    work()
      // A picture that was let go meanwhile cannot be drawn any more, and nobody waits for it.
      .catch(() => {
        newest.current = '';
      })
      .finally(() => {
        busy.current = false;
      });
  }, [of]);

  const words = alt === '' ? { 'aria-hidden': true as const } : { role: 'img' as const, 'aria-label': alt };
  return <canvas ref={canvas} class={className} width={1} height={1} {...words} />;
}

function draw(canvas: HTMLCanvasElement | null, bitmap: ImageBitmap): void {
  if (canvas === null) return;
  if (canvas.width !== bitmap.width) canvas.width = bitmap.width;
  if (canvas.height !== bitmap.height) canvas.height = bitmap.height;
  const context = canvas.getContext('2d');
  context?.clearRect(0, 0, bitmap.width, bitmap.height);
  context?.drawImage(bitmap, 0, 0);
}
