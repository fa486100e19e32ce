/** Spoils valid examples where it hurts: a field of another type, a length that lies, a file cut short or spliced. */

/** 0 <= x < 1, the same for the same seed (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 4294967296;
  };
}

const pick = <Value>(values: readonly Value[], random: () => number): Value =>
  values[Math.floor(random() * values.length)]!;

const LEAVES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  0.5,
  -0,
  1e308,
  Number.MAX_SAFE_INTEGER + 2,
  4_294_967_296,
  '',
  ' ',
  'x'.repeat(10_000),
  '\u0000\ud800',
  '../../etc',
  'javascript:alert(1)',
  'https://other.example/?key=1',
  '__proto__',
  'constructor',
  'NaN',
  '1e999',
  [],
  {},
  [[]],
  [null],
  { toString: 1 },
  { length: 1e9 },
];

type Container = Record<string, unknown> | unknown[];

/** Every container in a JSON value, itself included. */
function containers(value: unknown, found: Container[] = []): Container[] {
  if (typeof value !== 'object' || value === null) return found;
  found.push(value as Container);
  for (const child of Object.values(value)) containers(child, found);
  return found;
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { data: value };
  return value;
}

/** A JSON value with one to three wounds. The example is left as it is. */
export function mutateJson(example: unknown, random: () => number): unknown {
  let value: unknown = structuredClone(example);
  const wounds = 1 + Math.floor(random() * 3);
  for (let wound = 0; wound < wounds; wound++) {
    const places = containers(value);
    if (places.length === 0 || random() < 0.03) {
      value = structuredClone(pick([...LEAVES, nested(500)], random));
      continue;
    }
    const place = pick(places, random) as Record<string, unknown>;
    const keys = Object.keys(place);
    const key = keys.length === 0 ? 'data' : pick(keys, random);
    const other = keys.length === 0 ? 'data' : pick(keys, random);
    const act = Math.floor(random() * 7);
    if (act === 0) delete place[key];
    else if (act === 1) place[key] = structuredClone(place[other]);
    else if (act === 2) place[`${key}x`] = structuredClone(place[key]);
    else if (act === 3 && typeof place[key] === 'string') place[key] = spoiled(place[key], random);
    else if (act === 4 && typeof place[key] === 'number')
      place[key] = place[key] * pick([-1, 1e3, 1e-3, 1e300], random);
    else if (act === 5 && Array.isArray(place[key])) {
      const list: unknown[] = place[key];
      place[key] = Array.from({ length: 300 }, (_, index) =>
        structuredClone(list[index % Math.max(1, list.length)] ?? null),
      );
    } else place[key] = random() < 0.02 ? nested(500) : structuredClone(pick(LEAVES, random));
  }
  // As it would be read back: no holes, no infinite numbers.
  return JSON.parse(JSON.stringify(value) ?? 'null') as unknown;
}

function spoiled(text: string, random: () => number): string {
  const at = Math.floor(random() * (text.length + 1));
  return pick(
    [text.slice(0, at), text + text, `${text.slice(0, at)}\u0007é~${text.slice(at)}`, text.toUpperCase()],
    random,
  );
}

/** Bytes with one to four wounds: flips, cuts, lies about lengths, pieces of other files. */
export function mutateBytes(example: Uint8Array, others: readonly Uint8Array[], random: () => number): Uint8Array {
  let bytes = Uint8Array.from(example);
  const wounds = 1 + Math.floor(random() * 4);
  for (let wound = 0; wound < wounds; wound++) {
    // Headers are at the beginning, and there they break.
    const reach = random() < 0.7 ? Math.min(bytes.length, 200) : bytes.length;
    const at = Math.floor(random() * reach);
    switch (Math.floor(random() * 6)) {
      case 0:
        if (bytes.length > 0) bytes[at] = bytes[at]! ^ (1 << Math.floor(random() * 8));
        break;
      case 1:
        bytes = bytes.slice(0, at);
        break;
      case 2:
        // A length field, most likely.
        bytes.fill(pick([0, 0xff, 0x7f, 0x80], random), at, at + pick([1, 2, 4, 8], random));
        break;
      case 3:
        bytes = joined(bytes.subarray(0, at), pick(others, random).subarray(0, 300), bytes.subarray(at));
        break;
      case 4:
        bytes = joined(
          bytes.subarray(0, at),
          bytes.subarray(Math.min(bytes.length, at + 1 + Math.floor(random() * 40))),
        );
        break;
      default:
        bytes = joined(bytes.subarray(0, at), bytes.subarray(Math.max(0, at - 30)));
    }
  }
  return bytes;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
