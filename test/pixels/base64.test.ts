import { expect, test } from 'vitest';
import { fromBase64 } from '../../src/pixels/base64';

test('base64 becomes bytes', () => {
  expect([...fromBase64('AAH/')]).toEqual([0, 1, 255]);
});
