import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ERRORS } from '../../src/core/words/sentences';

const TEXT = readFileSync('docs/reliability.md', 'utf8');
const ROWS = TEXT.slice(TEXT.indexOf('## Faults'), TEXT.indexOf('## Proof'))
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(2)
  .map((line) => line.split('|').map((cell) => cell.trim()));

describe('each row of the fault matrix', () => {
  it.each(ROWS.map((cells) => ({ fault: cells[1]!, code: cells[4]!, shown: cells[5]! })))(
    '$fault: names a test that is there and a sentence that is there',
    ({ code, shown }) => {
      const [, file, name] = /^`(test\/[^`]+)` “([^”]+)”$/.exec(shown) ?? [];
      expect(existsSync(file ?? '')).toBe(true);
      expect(readFileSync(file!, 'utf8')).toContain(name);
      if (code !== 'nothing') expect(Object.keys(ERRORS)).toContain(code.replaceAll('`', ''));
    },
  );

  it('is there', () => {
    expect(ROWS.length).toBeGreaterThan(40);
  });
});
