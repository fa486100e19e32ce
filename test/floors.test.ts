/** The floors are kept by the compiler: one known-bad line for each rule, and the compiler's own complaint about it. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
mkdirSync(join(ROOT, '.cache'), { recursive: true });
const scratch = mkdtempSync(join(ROOT, '.cache', 'floors-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Compiles one line as if it stood in the floor; gives what the compiler prints. */
function compileIn(floor: string, line: string): string {
  const folder = mkdtempSync(join(scratch, `${floor}-`));
  const home = relative(folder, join(ROOT, 'src', floor));
  const own = JSON.parse(readFileSync(join(ROOT, 'src', floor, 'tsconfig.json'), 'utf8')) as {
    references: readonly { path: string }[];
  };
  writeFileSync(join(folder, 'line.ts'), `${line}\n`);
  const config = {
    extends: `${home}/tsconfig.json`,
    compilerOptions: { rootDir: relative(folder, ROOT), outDir: './types', tsBuildInfoFile: './types/info' },
    include: [`${home}/**/*.ts`, `${home}/**/*.tsx`, './line.ts'],
    references: own.references.map(({ path }) => ({ path: join(home, path) })),
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  return spawnSync(process.execPath, [tsc, '-b', folder, '--pretty', 'false'], { encoding: 'utf8', cwd: ROOT }).stdout;
}

const src = '../../../src';

describe('the compiler keeps the floors', () => {
  it.each([
    ['core', 'export const title = document.title;', 'TS2584'],
    ['core', "export const bytes = Buffer.from('');", 'TS2591'],
    ['core', 'export const say = () => setTimeout(() => 0, 1);', 'TS2304'],
    ['core', `export { connect } from '${src}/protocol/connect';`, 'TS6307'],
    ['protocol', 'export const page = figma.currentPage;', 'TS2304'],
    ['protocol', 'export const here = window.location;', 'TS2304'],
    ['code', 'export const encoder = new TextEncoder();', 'TS2304'],
    ['code', 'export const title = document.title;', 'TS2584'],
    ['code', `export { rgbaImage } from '${src}/pixels/image';`, 'TS6307'],
    ['api', 'export const page = figma.currentPage;', 'TS2304'],
    ['api', `export { connect } from '${src}/protocol/connect';`, 'TS6307'],
    ['pixels', 'export const page = figma.currentPage;', 'TS2304'],
    ['pixels', `export { connect } from '${src}/protocol/connect';`, 'TS6307'],
    ['ui', 'export const page = figma.currentPage;', 'TS2304'],
    ['ui', `export * from '${src}/code/main';`, 'TS6307'],
  ])('refuses in %s: %s', (floor, line, complaint) => {
    const printed = compileIn(floor, line);
    const about = printed.split('\n').filter((text) => text.includes('line.ts'));
    expect(about.join('\n'), printed).toContain(complaint);
  });

  it('accepts a line that keeps to its floor', () => {
    const printed = compileIn('core', `export { credits } from '${src}/core/price';`);
    expect(printed.split('\n').filter((text) => text.includes('line.ts'))).toEqual([]);
  });
});
