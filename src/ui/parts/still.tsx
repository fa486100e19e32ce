/** A small bitmap that somebody else keeps: drawn, and not closed. Decoration: words stand beside it. */
import { useEffect, useRef } from 'preact/hooks';

const DECORATION = { 'aria-hidden': true } as const;

export function Still({
  bitmap,
  class: className,
}: {
  readonly bitmap: ImageBitmap;
  readonly class?: string | undefined;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    canvas.current?.getContext('2d')?.drawImage(bitmap, 0, 0);
  }, [bitmap]);
  return <canvas ref={canvas} class={className} width={bitmap.width} height={bitmap.height} {...DECORATION} />;
}
