import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csv } from '../../../src/core/money/csv';

/** RFC 4180 read back, as a spreadsheet does it. */
function parse(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let [row, cell, at] = [[] as string[], '', text.startsWith('\ufeff') ? 1 : 0];
  while (at < text.length) {
    if (text[at] === '"') {
      for (at++; text[at] !== '"' || text[at + 1] === '"'; at++) {
        if (text[at] === '"') at++;
        cell += text[at];
      }
      at++;
    } else if (text[at] === ',') {
      row.push(cell);
      cell = '';
      at++;
    } else if (text.startsWith('\r\n', at)) {
      rows.push([...row, cell]);
      [row, cell] = [[], ''];
      at += 2;
    } else cell += text[at++];
  }
  return rows;
}

describe('a table for spreadsheets', () => {
  test('begins with the mark by which Excel knows UTF-8, and ends every row', () => {
    expect(csv([['Zoë', 3]])).toBe('\ufeffZoë,3\r\n');
  });

  test.each([
    ['plain', 'plain'],
    ['Hero, left', '"Hero, left"'],
    ['12" screen', '"12"" screen"'],
    ['two\nlines', '"two\nlines"'],
    ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['  =1+1', "'  =1+1"],
    ['\t=1', "'\t=1"],
    ['＝1+1', "'＝1+1"],
    ['a=b', 'a=b'],
    ['', ''],
  ])('%j is written as %j', (text, written) => {
    expect(csv([[text]])).toBe(`\ufeff${written}\r\n`);
  });

  test('a number stays a number, below zero too', () => {
    expect(csv([[-4.5]])).toBe('\ufeff-4.5\r\n');
  });

  test('any texts come back as they were, but for the apostrophe, and none starts a formula', () => {
    const nasty = fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', '=', '+', '-', '@', "'", ' ', 'a', 'é') });
    fc.assert(
      fc.property(fc.array(fc.array(nasty, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }), (rows) => {
        const back = parse(csv(rows));
        expect(back.map((row) => row.map((text) => text.replace(/^'/, '')))).toEqual(
          rows.map((row) => row.map((text) => text.replace(/^'/, ''))),
        );
        for (const text of back.flat()) expect(text).not.toMatch(/^\s*[=+\-@]/);
      }),
    );
  });
});
