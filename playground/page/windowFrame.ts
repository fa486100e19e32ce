/** The plugin's window in the page: opens the relay, hands messages through, keeps those that come before it is there. */
import type { Theme } from './figmaTheme';
import { FRAME_SANDBOX, RELAY_TAG, relayDocument, type WindowPolicy, windowDocument } from './frameDocuments';

export interface WindowFrame {
  readonly element: HTMLIFrameElement;
  /** From the plugin's main thread. Its buffers are given away. */
  send(message: unknown): void;
  setTheme(theme: Theme): void;
  close(): void;
}

export interface WindowHearing {
  /** From the window, to the plugin's main thread. */
  readonly onMessage: (message: unknown) => void;
  /** A refused request or an uncaught error inside. */
  readonly onReport: (text: string) => void;
}

interface FrameOptions {
  readonly html: string;
  readonly title: string;
  readonly theme: Theme;
  readonly themeColors: boolean;
  readonly policy: WindowPolicy;
}

/** The element is the caller's to put into the page and, after `close`, gone from it. */
export function openWindowFrame(options: FrameOptions, hearing: WindowHearing): WindowFrame {
  const element = document.createElement('iframe');
  element.title = 'Plugin window';
  element.className = 'window-frame';
  // Both frames are sandboxed: with the inner one alone Chromium calls the window a secure context.
  element.setAttribute('sandbox', FRAME_SANDBOX);
  element.src = `data:text/html;charset=utf-8,${encodeURIComponent(relayDocument(options.policy))}`;
  let loaded = false;
  let waiting: unknown[] = [];
  const toRelay = (message: object): void => {
    element.contentWindow?.postMessage({ [RELAY_TAG]: message }, '*', [...buffersIn(message)]);
  };
  const send = (body: unknown): void => {
    if (loaded) toRelay({ kind: 'down', body });
    else waiting.push(body);
  };
  const hear = (event: MessageEvent<unknown>): void => {
    if (event.source !== element.contentWindow) return;
    const message = (event.data as Record<string, { kind: string; body?: unknown } | undefined> | null)?.[RELAY_TAG];
    if (message === undefined) return;
    if (message.kind === 'ready') {
      const html = windowDocument(options.html, options.theme, options.themeColors);
      toRelay({ kind: 'open', html, title: options.title });
    } else if (message.kind === 'loaded') {
      loaded = true;
      for (const body of waiting) toRelay({ kind: 'down', body });
      waiting = [];
    } else if (message.kind === 'up') heardUp(message.body, hearing);
  };
  addEventListener('message', hear);
  return {
    element,
    send: (message) => send({ pluginMessage: message }),
    setTheme: (theme) => send({ figmaTheme: theme }),
    close() {
      removeEventListener('message', hear);
      element.remove();
    },
  };
}

/** Figma hears messages that carry `pluginMessage`, and no others. */
function heardUp(body: unknown, { onMessage, onReport }: WindowHearing): void {
  if (typeof body !== 'object' || body === null) return;
  if ('playgroundReport' in body) onReport(String(body.playgroundReport));
  else if ('pluginMessage' in body) onMessage(body.pluginMessage);
}

function buffersIn(value: unknown, found = new Set<ArrayBuffer>()): ReadonlySet<ArrayBuffer> {
  if (value instanceof Uint8Array) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (Array.isArray(value)) for (const item of value) buffersIn(item, found);
  else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) buffersIn(item, found);
  return found;
}
