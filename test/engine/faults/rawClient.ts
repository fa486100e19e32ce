/** A client with nothing built in: no second try, no reading of what was cut, one connection a request. */
import { type IncomingHttpHeaders, request } from 'node:http';

export interface RawAnswer {
  /** Null when there was none. */
  readonly status: number | null;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** How it ended: whole, with this error, or cut. */
  readonly end: string;
}

export interface RawRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly signal?: AbortSignal;
}

export function rawCall(
  address: string,
  { method = 'GET', headers = {}, body, signal }: RawRequest = {},
): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const length = body === undefined ? {} : { 'Content-Length': String(body.length) };
    const options = { method, headers: { ...headers, ...length }, agent: false as const, ...(signal && { signal }) };
    const asked = request(address, options, (response) => {
      const chunks: Buffer[] = [];
      const settle = (end: string): void =>
        resolve({ status: response.statusCode ?? null, headers: response.headers, body: Buffer.concat(chunks), end });
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message));
      response.on('end', () => settle('whole'));
    });
    asked.on('error', (error: NodeJS.ErrnoException) =>
      resolve({ status: null, headers: {}, body: Buffer.alloc(0), end: error.code ?? error.message }),
    );
    asked.end(body);
  });
}

const BOUNDARY = 'xxBOUNDARYxx';

/** A submission's body and its type. */
export function rawForm(
  picture: Uint8Array,
  name = 'portrait~abc-1.png',
  fields: Readonly<Record<string, string>> = {},
) {
  const lines = Object.entries({ model: 'Faces', ...fields }).map(
    ([field, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`,
  );
  const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="image"; filename="${name}"\r\nContent-Type: image/png\r\n\r\n`;
  return {
    body: Buffer.concat([Buffer.from(lines.join('') + head), picture, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]),
    type: `multipart/form-data; boundary=${BOUNDARY}`,
  };
}
