import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BUDGET, buildCode, buildUi, inlineScript, overBudget, refusedTexts } from '../../scripts/build';

describe('the build refuses what Figma refuses in code.js', () => {
  it.each([
    ['a dynamic import', "import('x')", ['import(']],
    ['an import that only stands in a string', "say('import(x)')", ['import(']],
    ['the opening of an HTML comment', 'a="<!--"', ['<!--']],
    ['the arrow a minifier makes of n-- > 0', 'while(n-->0);', ['-->']],
  ])('%s', (_what, code, found) => {
    expect(refusedTexts(code)).toEqual(found);
  });

  it('lets ordinary code through', () => {
    expect(refusedTexts('const important = (a) => a - 1 > 0;')).toEqual([]);
  });
});

describe('a script inlined into HTML', () => {
  it.each([
    ['</script>', '<\\/script>'],
    ['</SCRIPT >', '<\\/SCRIPT >'],
    ['"<!-- x"', '"\\x3c!-- x"'],
  ])('cannot end or change the script element: %s', (code, safe) => {
    expect(inlineScript(code)).toBe(safe);
  });

  it('means the same as before', () => {
    const code = 'return "</script><!--".length';
    expect(new Function(inlineScript(code))()).toBe(new Function(code)());
  });
});

describe('the plugin stays small', () => {
  const noise = (bytes: number): string => randomBytes(bytes).toString('latin1');

  it('within the budgets of the product as it is now', async () => {
    expect(BUDGET).toEqual({ code: 40_000, uiWithoutWeightsGzip: 200_000 });
    const weights = 'A'.repeat(1000);
    const [code, ui] = await Promise.all([buildCode(), buildUi(weights)]);
    expect(overBudget({ code, ui, weights })).toEqual([]);
  });

  it.each([
    ['a main thread of more than 40 kB', { code: 'x'.repeat(40_001), ui: '', weights: 'w' }, /^code\.js has 40\.0 kB/],
    ['a panel of more than 200 kB gzip', { code: '', ui: noise(200_000), weights: 'w' }, /^ui\.html without/],
  ])('%s is refused', (_, shipped, said) => {
    const complaints = overBudget(shipped);
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toMatch(said);
  });

  it('the face network does not count', () => {
    const weights = noise(400_000);
    expect(overBudget({ code: '', ui: `<p>${weights}</p>`, weights })).toEqual([]);
  });
});
