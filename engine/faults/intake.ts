/** Reads a request's body as far as it is needed, and no further: what is not read has not been received. */
import type { IncomingMessage } from 'node:http';

export interface Intake {
  /** Bytes that the client announced, or null when it did not. */
  readonly announced: number | null;
  /** True when nothing was read yet: the request can still be handed on as it is. */
  untouched(): boolean;
  /** Reads on until there are so many bytes, or the body ends. */
  upTo(bytes: number): Promise<Buffer>;
  /** Reads on until the pattern is found, at most so far; null when it is not found. */
  find(pattern: RegExp, most: number): Promise<RegExpExecArray | null>;
  rest(): Promise<Buffer>;
}

/** Nothing is read before it is asked for; what was read stays in memory. Rejects when the connection breaks. */
export function createIntake(request: IncomingMessage): Intake {
  const length = Number(request.headers['content-length'] ?? Number.NaN);
  const chunks: Buffer[] = [];
  let received = 0;
  let ended = false;
  let reading: AsyncIterator<Buffer> | null = null;
  const more = async (): Promise<void> => {
    reading ??= request[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    const next = await reading.next();
    if (next.done === true) {
      ended = true;
      return;
    }
    chunks.push(next.value);
    received += next.value.length;
  };
  const upTo = async (bytes: number): Promise<Buffer> => {
    while (!ended && received < bytes) await more();
    return Buffer.concat(chunks);
  };
  return {
    announced: Number.isInteger(length) ? length : null,
    untouched: () => reading === null,
    upTo,
    find: async (pattern, most) => {
      for (;;) {
        const found = pattern.exec(Buffer.concat(chunks).toString('utf8'));
        if (found !== null || ended || received >= most) return found;
        await more();
      }
    },
    rest: () => upTo(Number.POSITIVE_INFINITY),
  };
}
