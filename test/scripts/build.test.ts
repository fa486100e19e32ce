import { describe, expect, it } from 'vitest';
import { inlineScript, refusedTexts } from '../../scripts/build';

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
