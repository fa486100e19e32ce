/** Figma's channel to the panel. */
import type { Port } from '../protocol/port';

/** Messages of other senders come through too: `parseEnvelope` tells them apart. */
export function panelPort(ui: Pick<UIAPI, 'postMessage' | 'on' | 'off'>): Port {
  return {
    post(message) {
      ui.postMessage(message);
    },
    listen(hear) {
      const handler = (message: unknown): void => hear(message);
      ui.on('message', handler);
      return () => ui.off('message', handler);
    },
  };
}
