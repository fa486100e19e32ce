/** The panel's end of Figma's message channel. What another sender posts is dropped by the protocol's tag. */
import type { Port } from '../../protocol/port';

/** `frame`: the panel's own window; messages go to its parent, whoever that is. */
export function framePort(frame: Window): Port {
  return {
    post(message) {
      frame.parent.postMessage({ pluginMessage: message }, '*');
    },
    listen(hear) {
      const heard = (event: MessageEvent<unknown>): void => {
        const { data } = event;
        if (typeof data === 'object' && data !== null && 'pluginMessage' in data) hear(data.pluginMessage);
      };
      frame.addEventListener('message', heard);
      return () => frame.removeEventListener('message', heard);
    },
  };
}
