/**
 * The relay's own links. The service's link is inside, encrypted and authenticated (AES-256-GCM): nobody can read,
 * guess, change or make one, and the relay need not remember any.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

export interface Sealed {
  /** The link that the service gave. */
  readonly address: string;
  readonly method: 'GET' | 'HEAD';
  /** Unix seconds. */
  readonly expires: number;
  /** Who asked for it. */
  readonly person: string;
}

const NONCE = 12;
const MARK = 16;

/** `secret`: 32 bytes. */
export function seal(secret: Uint8Array, { address, method, expires, person }: Sealed): string {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', secret, nonce);
  const text = JSON.stringify([address, method, expires, person]);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
}

/** Null for anything that was not sealed with this secret. */
export function unseal(secret: Uint8Array, sealed: string): Sealed | null {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length <= NONCE + MARK) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', secret, bytes.subarray(0, NONCE), { authTagLength: MARK });
    decipher.setAuthTag(bytes.subarray(NONCE, NONCE + MARK));
    const text = Buffer.concat([decipher.update(bytes.subarray(NONCE + MARK)), decipher.final()]).toString('utf8');
    // Authenticated: it is what `seal` wrote.
    const [address, method, expires, person] = JSON.parse(text) as [string, 'GET' | 'HEAD', number, string];
    return { address, method, expires, person };
  } catch {
    return null;
  }
}
