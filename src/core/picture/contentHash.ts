/** SHA-256 of a file, in slices: the panel's frame has no `crypto.subtle`, and hashing must not hold up the screen. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { type ContentHash, contentHash } from '../ids';

/** Bytes between two pauses: about 5 ms of work. */
const SLICE = 500_000;

/**
 * Lower-case hex. `pause` is awaited between slices and ends the work by rejecting; the bytes must stay as they are
 * until then.
 */
export async function hashContent(bytes: Uint8Array, pause: () => Promise<void>): Promise<ContentHash> {
  const hash = sha256.create();
  for (let start = 0; start < bytes.length; start += SLICE) {
    hash.update(bytes.subarray(start, start + SLICE));
    if (start + SLICE < bytes.length) await pause();
  }
  return contentHash(bytesToHex(hash.digest()));
}
