/**
 * What may cross between the plugin's main thread, its window and its storage: plain data and `Uint8Array`.
 * Encoded as JSON beside a list of byte arrays; used on both sides of every line, so both refuse the same things.
 * Both refuse in Figma's words: "Cannot unwrap symbol".
 */
export interface Parcel {
  readonly json: string;
  readonly bytes: readonly Uint8Array[];
}

/** JSON has no `undefined`, no NaN and no bytes: an object with this key stands for one of them. */
const TAG = '$';

/** Throws a TypeError that names what cannot cross. */
export function pack(value: unknown): Parcel {
  const bytes: Uint8Array[] = [];
  return { json: JSON.stringify(encode(value, bytes, [])), bytes };
}

/** The way back of `pack`. Throws for text that is no JSON. */
export function unpack(json: string, bytes: readonly Uint8Array[]): unknown {
  return decode(JSON.parse(json), bytes);
}

function encode(value: unknown, bytes: Uint8Array[], above: readonly unknown[]): unknown {
  switch (typeof value) {
    case 'undefined':
      return { [TAG]: 'undefined' };
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0) ? value : { [TAG]: 'number', text: numberText(value) };
    case 'string':
    case 'boolean':
      return value;
    case 'object':
      return value === null ? null : encodeObject(value, bytes, above);
    default:
      throw new TypeError(`Cannot unwrap ${typeof value}`);
  }
}

function encodeObject(value: object, bytes: Uint8Array[], above: readonly unknown[]): unknown {
  if (above.includes(value)) throw new TypeError('Cannot unwrap a circular structure');
  const inside = [...above, value];
  if (Array.isArray(value)) return value.map((item) => encode(item, bytes, inside));
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  if (kind === 'Uint8Array') {
    bytes.push(value as Uint8Array);
    return { [TAG]: 'bytes', index: bytes.length - 1 };
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  const plain = kind === 'Object' && (prototype === null || Object.getPrototypeOf(prototype) === null);
  if (!plain) throw new TypeError(`Cannot unwrap ${kind === 'Object' ? 'class instance' : kind}`);
  const entries = Object.entries(value).map(([key, item]) => [key, encode(item, bytes, inside)] as const);
  return TAG in value ? { [TAG]: 'object', entries } : Object.fromEntries(entries);
}

function decode(value: unknown, bytes: readonly Uint8Array[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => decode(item, bytes));
  const object = value as Record<string, unknown>;
  switch (object[TAG]) {
    case 'undefined':
      return undefined;
    case 'number':
      return Number(object['text']);
    case 'bytes':
      return bytes[object['index'] as number];
    case 'object':
      return fromEntries(object['entries'] as readonly (readonly [string, unknown])[], bytes);
    default:
      return fromEntries(Object.entries(object), bytes);
  }
}

function fromEntries(entries: readonly (readonly [string, unknown])[], bytes: readonly Uint8Array[]): unknown {
  return Object.fromEntries(entries.map(([key, item]) => [key, decode(item, bytes)]));
}

const numberText = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));
