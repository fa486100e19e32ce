/**
 * A zlib stream (RFC 1950, 1951) of literals and runs of one byte: what filtered picture rows consist of. Searching
 * for longer matches gains nothing on photographs, and leaving it out makes blank rows nearly free: 258 bytes a symbol.
 */
import { codeLengths, codesOf } from './huffman';

const BLOCK_TOKENS = 1 << 16;
const LONGEST_RUN = 258;
const SHORTEST_RUN = 3;
const END_OF_BLOCK = 256;
/** Order in which the lengths of the code lengths are written (3.2.7). */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const ADLER = 65521;

/** Per run length 3..258: its symbol, and the extra bits' count and value packed (3.2.5). */
const RUN_SYMBOL = new Uint16Array(LONGEST_RUN + 1);
const RUN_EXTRA_BITS = new Uint8Array(LONGEST_RUN + 1);
const RUN_EXTRA = new Uint8Array(LONGEST_RUN + 1);
let tablesMade = false;

function makeTables(): void {
  if (tablesMade) return;
  tablesMade = true;
  let length = SHORTEST_RUN;
  for (let symbol = 257; symbol < 285; symbol++) {
    const extraBits = symbol < 265 ? 0 : (symbol - 261) >> 2;
    for (let extra = 0; extra < 1 << extraBits && length < LONGEST_RUN; extra++, length++) {
      RUN_SYMBOL[length] = symbol;
      RUN_EXTRA_BITS[length] = extraBits;
      RUN_EXTRA[length] = extra;
    }
  }
  RUN_SYMBOL[LONGEST_RUN] = 285;
}

export class Deflater {
  private out = new Uint8Array(1 << 16);
  private size = 0;
  private bits = 0;
  private bitCount = 0;
  /** 0..255 a literal, 256 + n a run of n bytes like the one before. */
  private readonly tokens = new Uint16Array(BLOCK_TOKENS);
  private tokenCount = 0;
  private last = -1;
  private sumA = 1;
  private sumB = 0;

  constructor() {
    makeTables();
    // 32 kB window, default compression (RFC 1950, 2.2).
    this.byte(0x78);
    this.byte(0x9c);
  }

  /** Appends `data[from]` to before `data[to]`. */
  add(data: Uint8Array, from: number, to: number): void {
    this.checksum(data, from, to);
    let at = from;
    while (at < to) {
      const value = data[at]!;
      if (value === this.last) {
        let end = at + 1;
        const far = Math.min(to, at + LONGEST_RUN);
        while (end < far && data[end] === value) end += 1;
        if (end - at >= SHORTEST_RUN) {
          this.token(256 + end - at);
          at = end;
          continue;
        }
      }
      this.token(value);
      this.last = value;
      at += 1;
    }
  }

  /** Appends zeros, in time that hardly depends on how many. */
  addZeros(count: number): void {
    // Adler-32 of zeros: only the second sum grows, by the first, each time.
    this.sumB = (this.sumB + (count % ADLER) * this.sumA) % ADLER;
    let left = count;
    if (left > 0 && this.last !== 0) {
      this.token(0);
      this.last = 0;
      left -= 1;
    }
    for (; left >= SHORTEST_RUN; ) {
      const run = Math.min(left, LONGEST_RUN);
      this.token(256 + run);
      left -= run;
    }
    for (; left > 0; left--) this.token(0);
  }

  /** The whole stream. Nothing may be added afterwards. */
  finish(): Uint8Array {
    this.block(true);
    if (this.bitCount > 0) this.put(0, 8 - this.bitCount);
    const sum = ((this.sumB << 16) | this.sumA) >>> 0;
    for (let shift = 24; shift >= 0; shift -= 8) this.byte((sum >>> shift) & 255);
    return this.out.subarray(0, this.size);
  }

  private checksum(data: Uint8Array, from: number, to: number): void {
    let a = this.sumA;
    let b = this.sumB;
    for (let at = from; at < to; ) {
      // 3800 bytes keep both sums under 2^31.
      const end = Math.min(to, at + 3800);
      for (; at < end; at++) {
        a += data[at]!;
        b += a;
      }
      a %= ADLER;
      b %= ADLER;
    }
    this.sumA = a;
    this.sumB = b;
  }

  private token(token: number): void {
    if (this.tokenCount === BLOCK_TOKENS) this.block(false);
    this.tokens[this.tokenCount++] = token;
  }

  /** Writes the gathered tokens as one block with codes of its own (3.2.7). */
  private block(final: boolean): void {
    const counts = new Uint32Array(286);
    counts[END_OF_BLOCK] = 1;
    for (let i = 0; i < this.tokenCount; i++) {
      const token = this.tokens[i]!;
      const symbol = token < 256 ? token : RUN_SYMBOL[token - 256]!;
      counts[symbol] = counts[symbol]! + 1;
    }
    const lengths = codeLengths(counts, 15);
    const codes = codesOf(lengths);
    this.put(final ? 1 : 0, 1);
    this.put(2, 2);
    this.writeLengths(lengths);
    for (let i = 0; i < this.tokenCount; i++) {
      const token = this.tokens[i]!;
      if (token < 256) {
        this.put(codes[token]!, lengths[token]!);
        continue;
      }
      const run = token - 256;
      const symbol = RUN_SYMBOL[run]!;
      this.put(codes[symbol]!, lengths[symbol]!);
      // The extra bits, then the only distance code: 1 byte back.
      this.put(RUN_EXTRA[run]!, RUN_EXTRA_BITS[run]! + 1);
    }
    this.put(codes[END_OF_BLOCK]!, lengths[END_OF_BLOCK]!);
    this.tokenCount = 0;
  }

  private writeLengths(lengths: Uint8Array): void {
    let used = lengths.length;
    while (used > 257 && lengths[used - 1] === 0) used -= 1;
    // The one distance code follows; it has one bit.
    const packed = packLengths([...lengths.subarray(0, used), 1]);
    const counts = new Uint32Array(19);
    for (const { symbol } of packed) counts[symbol] = counts[symbol]! + 1;
    const own = codeLengths(counts, 7);
    const codes = codesOf(own);
    let written = ORDER.length;
    while (written > 4 && own[ORDER[written - 1]!] === 0) written -= 1;
    this.put(used - 257, 5);
    this.put(0, 5);
    this.put(written - 4, 4);
    for (let i = 0; i < written; i++) this.put(own[ORDER[i]!]!, 3);
    for (const { symbol, extra, bits } of packed) {
      this.put(codes[symbol]!, own[symbol]!);
      this.put(extra, bits);
    }
  }

  /** Up to 16 bits, least significant first. */
  private put(value: number, count: number): void {
    this.bits |= value << this.bitCount;
    this.bitCount += count;
    while (this.bitCount >= 8) {
      this.byte(this.bits & 255);
      this.bits >>>= 8;
      this.bitCount -= 8;
    }
  }

  private byte(value: number): void {
    if (this.size === this.out.length) {
      const larger = new Uint8Array(this.out.length * 2);
      larger.set(this.out);
      this.out = larger;
    }
    this.out[this.size++] = value;
  }
}

interface PackedLength {
  readonly symbol: number;
  readonly extra: number;
  readonly bits: number;
}

/** Runs of zero lengths as symbols 17 and 18, other runs as 16 (3.2.7). */
function packLengths(lengths: readonly number[]): readonly PackedLength[] {
  const packed: PackedLength[] = [];
  for (let at = 0; at < lengths.length; ) {
    const value = lengths[at]!;
    let run = 1;
    while (at + run < lengths.length && lengths[at + run] === value) run += 1;
    if (value === 0 && run >= 11) {
      run = Math.min(run, 138);
      packed.push({ symbol: 18, extra: run - 11, bits: 7 });
    } else if (value === 0 && run >= 3) {
      packed.push({ symbol: 17, extra: run - 3, bits: 3 });
    } else {
      packed.push({ symbol: value, extra: 0, bits: 0 });
      run = value !== 0 && run >= 4 ? Math.min(run, 7) : 1;
      if (run > 1) packed.push({ symbol: 16, extra: run - 4, bits: 2 });
    }
    at += run;
  }
  return packed;
}
