/** What a frame without an origin could do with an answer (Fetch standard, "CORS check" and "CORS-preflight fetch"). */
import type { Answer } from './wire';

/** Readable without being exposed. Fetch standard, "CORS-safelisted response-header name". */
const SAFELISTED = [
  'cache-control',
  'content-language',
  'content-length',
  'content-type',
  'expires',
  'last-modified',
  'pragma',
];

/** Requests carry no cookies, so the star counts. */
export function isReadable({ headers }: Answer): boolean {
  const allowed = headers['access-control-allow-origin']?.trim();
  return allowed === '*' || allowed === 'null';
}

/** Names of headers, in lower case, from a list such as `Access-Control-Expose-Headers`. */
export function listed(header: string | undefined): readonly string[] {
  return (header ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

export function canReadHeader(answer: Answer, name: string): boolean {
  const exposed = listed(answer.headers['access-control-expose-headers']);
  return SAFELISTED.includes(name) || exposed.includes(name) || exposed.includes('*');
}

/** Null when the preflight lets the request through, otherwise what is missing. */
export function preflightFault(answer: Answer, method: string, header: string): string | null {
  if (answer.status < 200 || answer.status > 299) return `the preflight is answered with ${answer.status}`;
  if (!isReadable(answer)) return 'the origin `null` is not allowed';
  const headers = listed(answer.headers['access-control-allow-headers']);
  if (!headers.includes('*') && !headers.includes(header)) return `the header ${header} is not allowed`;
  const methods = listed(answer.headers['access-control-allow-methods']);
  // GET, HEAD and POST need not be listed.
  const simple = ['GET', 'HEAD', 'POST'].includes(method);
  return simple || methods.includes('*') || methods.includes(method.toLowerCase())
    ? null
    : `the method ${method} is not allowed`;
}
