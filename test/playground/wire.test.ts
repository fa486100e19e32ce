/** What crosses the lines arrives as it was, and what must not cross does not. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memberNames } from '../../playground/host/typings';
import { pack, unpack } from '../../playground/host/wire';

const plain = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string(),
    fc.double(),
    fc.boolean(),
    fc.constantFrom(null, undefined, Number.NaN, Number.POSITIVE_INFINITY, -0),
    fc.uint8Array(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constant('$')), tie('value'), { maxKeys: 4 }),
  ),
})).value;

test('any plain data and bytes arrive as they were, through JSON', () => {
  fc.assert(
    fc.property(plain, (value) => {
      const { json, bytes } = pack(value);
      expect(unpack(json, bytes)).toEqual(value);
    }),
  );
});

test.for<readonly [what: string, make: () => unknown]>([
  ['a function', () => () => 1],
  ['a symbol', () => Symbol('mixed')],
  ['a bigint', () => 1n],
  ['a Date', () => new Date(0)],
  ['an ArrayBuffer', () => new ArrayBuffer(1)],
  ['a Blob', () => new Blob([])],
  ['a Uint16Array', () => new Uint16Array(1)],
  ['a promise', () => Promise.resolve()],
  ['an error', () => new Error('no')],
])('%s is refused, however deep', ([, make]) => {
  expect(() => pack({ a: [{ b: make() }] })).toThrow('Cannot unwrap');
});

test('the same object twice is no circle', () => {
  const shared = { a: 1 };
  expect(unpack(pack([shared, shared]).json, [])).toEqual([shared, shared]);
});

test('the names of members are read from typings, inherited ones and methods included', () => {
  const names = memberNames(`
interface BaseMixin {
  /** not: a member */
  readonly id: string
  remove(): void
}
interface RectangleNode extends BaseMixin, Other {
  cornerRadius?: number
  clone(): RectangleNode
}
interface PluginAPI {
  on(type: 'run', callback: (event: RunEvent) => void): void
  readonly ui: UIAPI
}
`);
  expect(names['RectangleNode']).toEqual(['cornerRadius', 'clone', 'id', 'remove']);
  expect(names['PluginAPI']).toEqual(['on', 'ui']);
});
