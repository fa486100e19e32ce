/** The floors are kept by the compiler: one known-bad line for each rule, and the compiler's own complaint about it. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
mkdirSync(join(ROOT, '.cache'), { recursive: true });
const scratch = mkdtempSync(join(ROOT, '.cache', 'floors-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const src = '../../../src';

const REFUSED = [
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
] as const;
const ACCEPTED = ['core', `export { credits } from '${src}/core/money/price';`] as const;

const LINES = [...new Set([...REFUSED, ACCEPTED].map(([, line]) => line as string))];
const fileOf = (line: string): string => `line-${LINES.indexOf(line)}.ts`;

/** Compiles the floor with each of its lines as a file of its own; gives what the compiler prints. */
function compile(floor: string): string {
  const folder = mkdtempSync(join(scratch, `${floor}-`));
  const home = relative(folder, join(ROOT, 'src', floor));
  const own = JSON.parse(readFileSync(join(ROOT, 'src', floor, 'tsconfig.json'), 'utf8')) as {
    references: readonly { path: string }[];
  };
  for (const [of, line] of [...REFUSED, ACCEPTED]) {
    if (of === floor) writeFileSync(join(folder, fileOf(line)), `${line}\n`);
  }
  const config = {
    extends: `${home}/tsconfig.json`,
    compilerOptions: { rootDir: relative(folder, ROOT), outDir: './types', tsBuildInfoFile: './types/info' },
    include: [`${home}/**/*.ts`, `${home}/**/*.tsx`, './line-*.ts'],
    references: own.references.map(({ path }) => ({ path: join(home, path) })),
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  return spawnSync(process.execPath, [tsc, '-b', folder, '--pretty', 'false'], { encoding: 'utf8', cwd: ROOT }).stdout;
}

const printed = new Map<string, string>();
function complaints(floor: string, line: string): string {
  const all = printed.get(floor) ?? compile(floor);
  printed.set(floor, all);
  return all
    .split('\n')
    .filter((text) => text.includes(fileOf(line)))
    .join('\n');
}

describe('the compiler keeps the floors', () => {
  it.each(REFUSED)('refuses in %s: %s', (floor, line, complaint) => {
    expect(complaints(floor, line), printed.get(floor)).toContain(complaint);
  });

  it('accepts a line that keeps to its floor', () => {
    expect(complaints(...ACCEPTED)).toBe('');
    expect(printed.get(ACCEPTED[0])).toContain('line-');
  });
});
