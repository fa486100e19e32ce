/** What a JPEG's own tables say of how coarsely it was stored (ITU T.81, B.2.2 and B.2.4.1). */

export interface JpegTables {
  /** 64 divisors in rows (not zigzag), of the first component: luma. */
  readonly luma: readonly number[];
  /** Of the second component; luma's own where there is one component only. */
  readonly chroma: readonly number[];
}

const ZIGZAG = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47,
  55, 62, 63,
];

/** Null when the tables cannot be read or are not those of 8 x 8 blocks of YCbCr or grey. */
export function readJpegTables(bytes: Uint8Array): JpegTables | null {
  const tables = new Map<number, readonly number[]>();
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const end = at + 2 + ((bytes[at + 2]! << 8) | bytes[at + 3]!);
    if (end > bytes.length || marker === 0xda) return null;
    if (marker === 0xdb) readTables(bytes.subarray(at + 4, end), tables);
    if (marker === 0xc0 || marker === 0xc1 || marker === 0xc2) return fromFrame(bytes.subarray(at + 4, end), tables);
    at = end;
  }
  return null;
}

function readTables(segment: Uint8Array, tables: Map<number, readonly number[]>): void {
  let at = 0;
  while (at < segment.length) {
    const wide = segment[at]! >> 4 !== 0;
    const size = wide ? 129 : 65;
    if (at + size > segment.length) return;
    const table = new Array<number>(64).fill(1);
    for (let index = 0; index < 64; index++) {
      const value = wide
        ? (segment[at + 1 + 2 * index]! << 8) | segment[at + 2 + 2 * index]!
        : segment[at + 1 + index]!;
      table[ZIGZAG[index]!] = Math.max(1, value);
    }
    tables.set(segment[at]! & 15, table);
    at += size;
  }
}

function fromFrame(frame: Uint8Array, tables: Map<number, readonly number[]>): JpegTables | null {
  const count = frame[5];
  if (count !== 1 && count !== 3) return null;
  const tableOf = (component: number): readonly number[] | undefined => tables.get(frame[8 + 3 * component] ?? -1);
  const luma = tableOf(0);
  const chroma = count === 3 ? tableOf(1) : luma;
  return luma === undefined || chroma === undefined ? null : { luma, chroma };
}
