import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { hashContent } from '../../../src/core/picture/contentHash';

test.each([0, 1, 500_000, 500_001, 1_700_000])('%i bytes give their SHA-256', async (length) => {
  const bytes = Uint8Array.from({ length }, (_, index) => (index * 31) & 255);
  const expected = createHash('sha256').update(bytes).digest('hex');
  expect(await hashContent(bytes, async () => undefined)).toBe(expected);
});

test('it rests between slices, so that the screen goes on', async () => {
  let rests = 0;
  await hashContent(new Uint8Array(1_700_000), async () => {
    rests++;
  });
  expect(rests).toBe(3);
});
