/** Presigned links: a path, an expiry and a signature over both and the method. They carry no key. */
import { createHmac, timingSafeEqual } from 'node:crypto';

export const LINK_SECONDS = 3600;

export type LinkKind = 'results' | 'sources';

function signature(secret: Uint8Array, method: string, path: string, expires: number): string {
  return createHmac('sha256', secret).update(`${method} ${path} ${expires}`).digest('hex');
}

/** `expires` in unix seconds. */
export function signedPath(secret: Uint8Array, method: 'GET' | 'HEAD', path: string, expires: number): string {
  return `${path}?expires=${expires}&signature=${signature(secret, method, path, expires)}`;
}

/**
 * `path` without its query. A changed expiry, path or method is 'forged'; a forged link is never told apart by its
 * time.
 */
export function checkLink(
  secret: Uint8Array,
  method: string,
  path: string,
  query: { readonly expires?: string; readonly signature?: string },
  nowSeconds: number,
): 'valid' | 'expired' | 'forged' {
  const expires = Number(query.expires);
  const given = Buffer.from(query.signature ?? '');
  const right = Buffer.from(signature(secret, method, path, expires));
  if (given.length !== right.length || !timingSafeEqual(given, right)) return 'forged';
  return nowSeconds < expires ? 'valid' : 'expired';
}
