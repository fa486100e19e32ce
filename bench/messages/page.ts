/** What the message benchmark does inside the panel's own frame, beside the panel: asks as the panel asks, and looks at the clock. */
import { PROTOCOL_VERSION } from '../../src/protocol/messages';

/** One question and its answer. */
export interface Asked {
  /** Bytes: JSON and byte arrays. */
  readonly up: number;
  readonly down: number;
  /** Milliseconds for which posting holds the panel's thread. */
  readonly posting: number;
  /** Milliseconds for which taking the answer out of its message does. */
  readonly taking: number;
  /** Milliseconds from the post to the answer. */
  readonly answered: number;
}

declare global {
  interface Window {
    ask(name: string, ask: unknown): Promise<Asked>;
    /** The answer's value of the last one asked. */
    answer: unknown;
  }
}

/** Ids that the panel does not use. */
let lastId = 1_000_000;
let taken = 0;
// Before the panel's own listener: whoever looks first pays for the taking out.
addEventListener(
  'message',
  (event) => {
    const start = performance.now();
    void event.data;
    taken = performance.now() - start;
  },
  true,
);

function sizeOf(value: unknown): number {
  let bytes = 0;
  const text = JSON.stringify(value, (_, inner: unknown) => {
    if (!(inner instanceof Uint8Array)) return inner;
    bytes += inner.length;
    return null;
  });
  return bytes + text.length;
}

window.ask = (name, ask) =>
  new Promise((resolve, reject) => {
    const id = ++lastId;
    const message = { pluginMessage: { recoverFaces: PROTOCOL_VERSION, kind: 'call', id, name, ask } };
    let start = 0;
    let posting = 0;
    const heard = (event: MessageEvent): void => {
      const body = event.data?.pluginMessage;
      if (body?.kind !== 'reply' || body.id !== id) return;
      const answered = performance.now() - start;
      removeEventListener('message', heard);
      if (!body.answer.ok) {
        reject(new Error(`${name}: ${JSON.stringify(body.answer.error)}`));
        return;
      }
      window.answer = body.answer.value;
      resolve({ up: sizeOf(message), down: sizeOf(event.data), posting, taking: taken, answered });
    };
    addEventListener('message', heard);
    start = performance.now();
    parent.postMessage(message, '*');
    posting = performance.now() - start;
  });
