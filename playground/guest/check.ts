/**
 * Checks of what a plugin writes. A check answers with the problem in the words that Figma's validation uses
 * ("Expected number, received string at [0].opacity"), or null.
 */
export type Check = (value: unknown, at: string) => string | null;

const where = (at: string): string => (at === '' ? '' : ` at ${at}`);

/** As Figma's validation says it: "nan" apart from "number", "array" apart from "object". */
export function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isNaN(value) ? 'nan' : typeof value;
}

const expected = (type: string, value: unknown, at: string): string =>
  value === undefined
    ? `Required value missing${where(at)}`
    : `Expected ${type}, received ${typeName(value)}${where(at)}`;

/** Of any length, empty too. */
export const string: Check = (value, at) => (typeof value === 'string' ? null : expected('string', value, at));
export const boolean: Check = (value, at) => (typeof value === 'boolean' ? null : expected('boolean', value, at));

/** Both ends included; NaN is none. */
export function number(min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY): Check {
  return (value, at) => {
    if (typeof value !== 'number' || Number.isNaN(value)) return expected('number', value, at);
    if (value < min) return `Number must be greater than or equal to ${min}${where(at)}`;
    return value > max ? `Number must be less than or equal to ${max}${where(at)}` : null;
  };
}

/** Of a whole step: `%` is exact for those alone. */
export function multipleOf(step: number): Check {
  return (value, at) =>
    number()(value, at) ?? ((value as number) % step === 0 ? null : `Number must be a multiple of ${step}${where(at)}`);
}

/** One of these words, spelt exactly so. */
export function oneOf(...names: readonly string[]): Check {
  return (value, at) => {
    if (value === undefined) return expected('string', value, at);
    if (names.includes(value as string)) return null;
    const list = names.map((name) => `'${name}'`).join(' | ');
    return `Invalid enum value. Expected ${list}, received '${String(value)}'${where(at)}`;
  };
}

/** Null, or what the check takes; undefined is not null. */
export function nullable(check: Check): Check {
  return (value, at) => (value === null ? null : check(value, at));
}

/** `length`: exactly so many items; any number when it is left out. */
export function arrayOf(check: Check, length?: number): Check {
  return (value, at) => {
    if (!Array.isArray(value)) return expected('array', value, at);
    if (length !== undefined && value.length !== length)
      return `Array must contain exactly ${length} element(s)${where(at)}`;
    return first(value.map((item, index) => () => check(item, `${at}[${index}]`)));
  };
}

/** An object with exactly these fields; a key with a `?` may be missing. */
export function object(fields: Readonly<Record<string, Check>>): Check {
  const named = Object.keys(fields).map((key) => ({ name: key.replace('?', ''), optional: key.endsWith('?'), key }));
  return (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return expected('object', value, at);
    const given = value as Readonly<Record<string, unknown>>;
    const unknown = Object.keys(given).filter((key) => !named.some(({ name }) => name === key));
    if (unknown.length > 0) {
      return `Unrecognized key(s) in object: ${unknown.map((key) => `'${key}'`).join(', ')}${where(at)}`;
    }
    return first(
      named.map(({ name, optional, key }) => () => {
        if (optional && given[name] === undefined) return null;
        return fields[key]?.(given[name], at === '' ? name : `${at}.${name}`) ?? null;
      }),
    );
  };
}

function first(checks: readonly (() => string | null)[]): string | null {
  for (const check of checks) {
    const problem = check();
    if (problem !== null) return problem;
  }
  return null;
}

/** Throws as Figma does when the value does not pass. */
export function require(member: string, property: string, value: unknown, check: Check): void {
  const problem = check(value, '');
  if (problem !== null) throw new Error(`in ${member}: Property "${property}" failed validation: ${problem}`);
}
