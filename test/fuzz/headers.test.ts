import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyResult } from '../../src/api/verify';
import { isPicture, sniff } from '../../src/core/picture/format';
import { inspectPng } from '../../src/core/picture/png';
import { readHeader } from '../../src/pixels/header/read';
import { chance, mutateBytes } from './mutate';

const FOLDER = join('test', 'pictures');
const PICTURES = readdirSync(FOLDER)
  .filter((name) => /\.(png|jpe?g|gif|webp|bmp|tiff)$/.test(name))
  .map((name) => ({ name, bytes: Uint8Array.from(readFileSync(join(FOLDER, name))) }));
const BYTES = PICTURES.map(({ bytes }) => bytes);
const EACH = Math.ceil(10_000 / PICTURES.length);

/** The bytes, and how many times somebody looked at one of them through a view: work done, whatever the machine. */
function counted(bytes: Uint8Array): { readonly bytes: Uint8Array; readonly looks: () => number } {
  let looks = 0;
  const proxy = new Proxy(bytes, {
    get(target, key) {
      if (typeof key === 'string' && /^\d+$/.test(key)) looks++;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { bytes: proxy, looks: () => looks };
}

describe('10,000 spoiled picture files', () => {
  it.each(PICTURES)(
    '$name: each header is read or refused, and no size is claimed that is not a size',
    ({ name, bytes }) => {
      const random = chance(name.length * 31 + bytes.length);
      for (let count = 0; count < EACH; count++) {
        const spoiled = mutateBytes(bytes, BYTES, random);
        const content = sniff(spoiled);
        if (isPicture(content) && content !== 'tiff' && content !== 'heic') {
          const watched = counted(spoiled);
          const header = readHeader(watched.bytes, content);
          // Each byte a few times at most: a header is walked through, never around.
          expect(watched.looks()).toBeLessThan(20 * spoiled.length + 1_000);
          if (header.ok && header.value.size !== null) {
            const { width, height } = header.value.size;
            expect(Number.isInteger(width) && Number.isInteger(height) && width >= 0 && height >= 0).toBe(true);
            expect([1, 2, 3, 4, 5, 6, 7, 8]).toContain(header.value.orientation);
          }
        }
        const verified = verifyResult(spoiled, { width: 3, height: 3 });
        if (verified.ok && content === 'png') expect(inspectPng(spoiled).ok).toBe(true);
      }
    },
  );
});
