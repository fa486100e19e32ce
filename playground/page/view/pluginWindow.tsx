/** The plugin's window: title bar to drag it by, close button, and the frame with the plugin's own page. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Host } from '../../host/host';
import type { PluginWindow as WindowState } from '../../host/surface';
import type { WindowPolicy } from '../frameDocuments';
import type { Session } from '../session';
import { openWindowFrame, type WindowFrame } from '../windowFrame';
import { Icon } from './icons';

interface PluginWindowProps {
  readonly session: Session;
  readonly window: WindowState;
  readonly host: Host;
  readonly policy: WindowPolicy;
}

/** Height of the title bar, in pixels. */
const TITLE = 40;

export function PluginWindow({ session, window: shown, host, policy }: PluginWindowProps) {
  const body = useRef<HTMLDivElement>(null);
  const frame = useRef<WindowFrame | null>(null);
  const [place, setPlace] = useState<{ readonly x: number; readonly y: number } | null>(null);
  const theme = session.theme();

  useEffect(() => {
    const opened = openWindowFrame(
      { html: shown.html, title: shown.title ?? host.manifest.name, theme, themeColors: shown.themeColors, policy },
      {
        onMessage(message) {
          try {
            host.postToPlugin(message);
          } catch (thrown) {
            session.report(`A message of the plugin's window was refused: ${String(thrown)}`);
          }
        },
        onReport: session.report,
      },
    );
    frame.current = opened;
    body.current?.append(opened.element);
    const stop = host.onPluginMessage(opened.send);
    return () => {
      stop();
      opened.close();
    };
  }, [host]);
  useEffect(() => frame.current?.setTheme(theme), [theme]);

  const drag = (event: PointerEvent): void => {
    const bar = event.currentTarget as HTMLElement;
    const box = bar.parentElement?.getBoundingClientRect();
    const holder = bar.parentElement?.offsetParent?.getBoundingClientRect();
    if (box === undefined || holder === undefined || (event.target as Element).closest('button') !== null) return;
    bar.setPointerCapture(event.pointerId);
    const grip = { x: event.clientX - box.left, y: event.clientY - box.top };
    const move = (moved: PointerEvent): void => {
      const x = Math.max(0, Math.min(holder.width - 60, moved.clientX - holder.left - grip.x));
      const y = Math.max(0, Math.min(holder.height - TITLE, moved.clientY - holder.top - grip.y));
      setPlace({ x, y });
    };
    bar.addEventListener('pointermove', move);
    bar.addEventListener('pointerup', () => bar.removeEventListener('pointermove', move), { once: true });
  };
  const style = {
    '--window-width': `${shown.width}px`,
    '--window-height': `${shown.height}px`,
    ...(place === null ? {} : { left: `${place.x}px`, top: `${place.y}px`, right: 'auto' }),
  };
  return (
    <section
      class={`window${shown.visible ? '' : ' window-hidden'}`}
      style={style}
      aria-label={shown.title ?? host.manifest.name}
    >
      <div class="window-title" onPointerDown={drag}>
        <span>{shown.title ?? host.manifest.name}</span>
        <button type="button" class="tool" aria-label="Close plugin" title="Close" onClick={() => host.close()}>
          <Icon name="close" />
        </button>
      </div>
      <div class="window-body" ref={body} />
    </section>
  );
}
