import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const text = readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8');

interface Locked {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

describe('package-lock.json', () => {
  it('holds no download addresses, so that it works behind every registry', () => {
    expect(text).not.toMatch(/"resolved"\s*:/);
    expect(text).toContain('"integrity"');
  });

  it('knows the packages of every platform, without which npm ci refuses to install', () => {
    const { packages } = JSON.parse(text) as { readonly packages: Readonly<Record<string, Locked>> };
    const wanted = Object.values(packages).flatMap((locked) => Object.keys(locked.optionalDependencies ?? {}));
    expect(wanted.length).toBeGreaterThan(10);
    expect(wanted.filter((name) => packages[`node_modules/${name}`] === undefined)).toEqual([]);
  });
});
