/** Seeded noise: the same seed gives the same pixels, wherever the face lies and however often it is asked. */

/** A well mixed 32-bit number of three (finalizer of MurmurHash3, public domain, Austin Appleby). */
function mixedBits(seed: number, x: number, y: number): number {
  let hash = Math.imul(seed, 0x9e3779b1) ^ Math.imul(x + 1, 0x85ebca6b) ^ Math.imul(y + 1, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** About normally distributed, mean 0, deviation 1: the sum of four bytes has deviation 147.8. */
export function grainAt(seed: number, x: number, y: number): number {
  const bits = mixedBits(seed, x, y);
  return ((bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24) - 510) / 147.8;
}
