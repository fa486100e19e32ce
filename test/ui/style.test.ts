import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const UI = fileURLToPath(new URL('../../src/ui', import.meta.url));
const files = readdirSync(UI, { recursive: true, encoding: 'utf8' });
const read = (file: string): string => readFileSync(join(UI, file), 'utf8');
const modules = files.filter((file) => file.endsWith('.module.css'));
const components = files.filter((file) => file.endsWith('.tsx') && /from '\.\/.*\.module\.css'/.test(read(file)));
const withoutComments = (css: string): string => css.replace(/\/\*[\s\S]*?\*\//g, '');

describe('styles', () => {
  test.each(components)('%s uses only classes that its stylesheet has', (file) => {
    const text = read(file);
    const sheet = /from '\.\/(.*\.module\.css)'/.exec(text)?.[1] ?? '';
    const css = read(join(file, '..', sheet));
    for (const [, name] of text.matchAll(/css\['([\w-]+)'\]/g)) expect(css).toMatch(new RegExp(`\\.${name}\\b`));
  });

  test.each(modules)('%s takes colours and lengths from the tokens only', (file) => {
    const css = withoutComments(read(file)).replace(/calc\(var\(--[\w-]+\) \* 1px\)/g, '');
    expect(css).not.toMatch(/#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(|:\s*(black|white)\b/i);
    expect(css).not.toMatch(/(?<![\w.-])\d*\.?\d+px/);
  });

  test('every token that is used exists', () => {
    const tokens = read('tokens.css');
    const own = /var\((--(?!figma-)[\w-]+)\)/g;
    // Numbers that a component hands to its own stylesheet.
    const handed = new Set(
      files
        .filter((file) => /\.tsx?$/.test(file))
        .flatMap((file) => [...read(file).matchAll(/(--[\w-]+)(?:: \$\{|', String\()/g)].map((hit) => hit[1])),
    );
    for (const file of [...modules, 'base.css', 'tokens.css']) {
      for (const [, name] of read(file).matchAll(own)) {
        if (!handed.has(name)) expect(tokens, `${file} uses ${name}`).toContain(`${name}:`);
      }
    }
  });
});

test('parts know nothing of the store, the views or the service', () => {
  for (const file of files.filter((name) => name.startsWith('parts') && /\.tsx?$/.test(name))) {
    expect(read(file), file).not.toMatch(/from '\.\.\/(\.\.\/)?(store|views|words|figures)|\/(api|protocol)\//);
  }
});
