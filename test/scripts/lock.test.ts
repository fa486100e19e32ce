import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

describe('package-lock.json', () => {
  it('holds no download addresses, so that it works behind every registry', () => {
    const lock = readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8');
    expect(lock).not.toMatch(/"resolved"\s*:/);
    expect(lock).toContain('"integrity"');
  });
});
