import { describe, expect, it } from 'vitest';
import { type PresetId, presetId } from '../../../src/core/ids';
import { STANDARD_PARAMETERS } from '../../../src/core/parameters';
import { LARGEST_FILE, MOST_IN_FILE, presetFileText, readPresetFile } from '../../../src/core/presets/file';
import { planImport, withImported } from '../../../src/core/presets/import';
import { MOST_PRESETS, NO_PRESETS, newPreset, type PresetList, withAdded } from '../../../src/core/presets/list';
import { type Lined, readLined } from '../../../src/core/presets/syntax';
import { fileProblemText, noteText } from '../../../src/ui/words/presets';

const preset = (name: string, strength = 0.5, hint = '') => ({
  name,
  hint,
  parameters: { ...STANDARD_PARAMETERS, strength },
});
const WARM = preset('Warm', 0.7, 'For old prints');
const text = presetFileText([WARM, preset('Cold')]);

function taken(input: string) {
  const read = readPresetFile(input);
  if (!read.ok) throw new Error(fileProblemText(read.error));
  return { ...read.value, said: read.value.notes.map(noteText) };
}

describe('a file of presets', () => {
  it('is read as it was written', () => {
    expect(taken(text)).toEqual({ presets: [WARM, preset('Cold')], notes: [], left: 0, said: [] });
  });

  it('has the service’s names for the parameters', () => {
    expect(JSON.parse(text)).toEqual({
      'recover-faces-presets': 1,
      presets: [
        {
          name: 'Warm',
          hint: 'For old prints',
          parameters: { strength: 0.7, noise_sigma: 0.015, blur_sigma: 0.4, noise_seed: 1 },
        },
        { name: 'Cold', parameters: { strength: 0.5, noise_sigma: 0.015, blur_sigma: 0.4, noise_seed: 1 } },
      ],
    });
  });

  it('survives the mark that some editors put before it, and their line ends', () => {
    expect(taken(`\ufeff${text.replace(/\n/g, '\r\n')}`).presets).toHaveLength(2);
  });

  const at = (...lines: readonly string[]): string =>
    ['{', '  "recover-faces-presets": 1,', '  "presets": [', ...lines, '  ]', '}'].join('\n');
  const whole = '"strength": 0.5, "noise_sigma": 0.015, "blur_sigma": 0.4, "noise_seed": 1';

  it.each<[string, readonly string[], readonly string[], number]>([
    [
      'a value above its range',
      [`{"name": "A", "parameters": {${whole.replace('0.5', '1.4')}}}`],
      ['Line 4: strength 1.4 is above 1: taken as 1.'],
      1,
    ],
    [
      'a value below its range',
      [`{"name": "A", "parameters": {${whole.replace('0.015', '0')}}}`],
      ['Line 4: noise_sigma 0 is below 0.001: taken as 0.001.'],
      1,
    ],
    [
      'half a seed',
      [`{"name": "A",`, `"parameters": {${whole.replace('_seed": 1', '_seed": 1.5')}}}`],
      ['Line 5: noise_seed 1.5 is not a whole number: taken as 2.'],
      1,
    ],
    [
      'a number as text',
      [`{"name": "A", "parameters": {${whole.replace('0.5', '"0.5"')}}}`],
      ['Line 4: strength is no number: taken as 0.8.'],
      1,
    ],
    [
      'a number beyond all numbers',
      [`{"name": "A", "parameters": {${whole.replace('0.5', '1e999')}}}`],
      ['Line 4: strength is no number: taken as 0.8.'],
      1,
    ],
    [
      'a number that is missing',
      [`{"name": "A", "parameters": {${whole.replace('"strength": 0.5, ', '')}}}`],
      ['Line 4: strength is missing: taken as 0.8.'],
      1,
    ],
    ['no name', [`{"parameters": {${whole}}}`], ['Line 4: name is missing: left out.'], 0],
    ['an empty name', ['{', '"name": " ",', `"parameters": {${whole}}}`], ['Line 5: name is missing: left out.'], 0],
    ['no parameters', ['{"name": "A"}'], ['Line 4: parameters are missing: left out.'], 0],
    [
      'something that is no preset',
      ['"Warm",', '7'],
      ['Line 4: this is not a preset: left out.', 'Line 5: this is not a preset: left out.'],
      0,
    ],
    [
      'a member that is not known',
      [`{"name": "A", "parameters": {${whole}},`, '"colour": "red"}'],
      ['Line 5: “colour” is not known: ignored.'],
      1,
    ],
    [
      'a parameter that is not known',
      [`{"name": "A", "parameters": {${whole}, "strenght": 1}}`],
      ['Line 4: “strenght” is not known: ignored.'],
      1,
    ],
    [
      'a member that stands twice',
      [`{"name": "A",`, `"name": "B", "parameters": {${whole}}}`],
      ['Line 5: name stands twice: the last one is taken.'],
      1,
    ],
    [
      'a hint that is no text',
      [`{"name": "A", "hint": 7, "parameters": {${whole}}}`],
      ['Line 4: hint is no text: ignored.'],
      1,
    ],
  ])('with %s says it with its line', (_what, lines, said, count) => {
    const read = taken(at(...lines));
    expect(read.said).toEqual(said);
    expect(read.presets).toHaveLength(count);
    expect(read.left).toBe(count === 0 ? said.length : 0);
  });

  it('with a name or hint that is too long has it shortened, and says so', () => {
    const read = taken(presetFileText([preset('n'.repeat(52), 0.5, 'h'.repeat(200))]));
    expect(read.said).toEqual([
      'Line 5: the name has 52 characters: shortened to 40.',
      'Line 6: the hint has 200 characters: shortened to 120.',
    ]);
    expect([...(read.presets[0]?.name ?? '')]).toHaveLength(40);
  });

  it('with more presets than one can have is cut there, and says so', () => {
    const many = Array.from({ length: MOST_IN_FILE + 3 }, (_, index) => preset(`P${index}`));
    const read = taken(presetFileText(many));
    expect(read.presets).toHaveLength(MOST_IN_FILE);
    expect(read.left).toBe(3);
    expect(read.said).toHaveLength(1);
    expect(read.said[0]).toContain('more than 200 presets');
  });

  it.each([
    ['', { code: 'empty' }],
    [' \n', { code: 'empty' }],
    ['{', { code: 'syntax', line: 1 }],
    ['{\n"a": 1,\n}', { code: 'syntax', line: 3 }],
    ["{\n'a': 1}", { code: 'syntax', line: 2 }],
    ['{"a": "one\nline"}', { code: 'syntax', line: 1 }],
    ['[1, 2]', { code: 'other' }],
    ['null', { code: 'other' }],
    ['{"presets": []}', { code: 'other' }],
    ['{"recover-faces-presets": "1", "presets": []}', { code: 'other' }],
    ['{"recover-faces-presets": 1}', { code: 'other' }],
    ['{"recover-faces-presets": 2, "presets": []}', { code: 'newer' }],
    ['['.repeat(100_000), { code: 'other' }],
    ['x'.repeat(LARGEST_FILE + 1), { code: 'large' }],
    [`"${'a'.repeat(LARGEST_FILE - 2)}`, { code: 'syntax', line: 1 }],
  ])('%.40j is refused as a whole', (input, problem) => {
    const read = readPresetFile(input);
    expect(read).toEqual({ ok: false, error: problem });
    expect(!read.ok && fileProblemText(read.error)).toContain('Nothing was imported.');
  });

  it('of the longest list that one can have is not too large', () => {
    const many = Array.from({ length: MOST_PRESETS }, () => preset('n'.repeat(40), 0.123456789, 'h'.repeat(120)));
    expect(presetFileText(many).length).toBeLessThan(LARGEST_FILE);
  });
});

describe('JSON with lines', () => {
  it.each([['{"a": [1, -2.5e3, true, null, "x\\u0041\\n"], "b": {}}'], ['[]'], ['"\\"\\\\\\/"'], [' 0 ']])(
    '%s is read as JSON is',
    (input) => {
      const read = readLined(input);
      expect(read.ok && plain(read.value)).toEqual(JSON.parse(input));
    },
  );

  it.each([['01'], ['1.'], ['.5'], ['+1'], ['tru'], ['"\\x"'], ['[1,]'], ['{"a" 1}'], ['1 2'], ['"a'], ['{,}']])(
    '%s is no JSON',
    (input) => {
      expect(() => JSON.parse(input)).toThrow();
      expect(readLined(input).ok).toBe(false);
    },
  );

  function plain(node: Lined): unknown {
    if (node.kind === 'plain') return node.value;
    if (node.kind === 'list') return node.items.map(plain);
    return Object.fromEntries(node.members.map(({ name, value }) => [name, plain(value)]));
  }
});

describe('taking a file', () => {
  const mine = [preset('Warm', 0.2), preset('Cold')].reduce<PresetList>(
    (list, given) => withAdded(list, newPreset({ ...given, id: presetId(given.name), at: 1 })),
    NO_PRESETS,
  );
  const file = { presets: [preset('warm', 0.9), preset('Cold'), preset('New')] };
  const minted = (): (() => PresetId) => {
    let count = 0;
    return () => presetId(`new ${count++}`);
  };
  const imported = (how: 'rename' | 'replace') =>
    withImported(mine, planImport(file, mine), how, minted(), 9).presets.map(({ id, name, parameters }) => [
      id,
      name,
      parameters.strength,
    ]);

  it('is planned: new ones, names that are taken, and what is there already', () => {
    const { fresh, named, same, over } = planImport(file, mine);
    expect([fresh, named, same].map((some) => some.map(({ name }) => name))).toEqual([['New'], ['warm'], ['Cold']]);
    expect(over).toBe(0);
  });

  it('keeps both, the new one with a number', () => {
    expect(imported('rename')).toEqual([
      ['Warm', 'Warm', 0.2],
      ['Cold', 'Cold', 0.5],
      ['new 0', 'New', 0.5],
      ['new 1', 'warm 2', 0.9],
    ]);
  });

  it('replaces one’s own, which stays the same preset', () => {
    expect(imported('replace')).toEqual([
      ['Warm', 'warm', 0.9],
      ['Cold', 'Cold', 0.5],
      ['new 0', 'New', 0.5],
    ]);
  });

  it('gives two presets of one name in the file two names, replacing or not', () => {
    const twice = { presets: [preset('X', 0.1), preset('X', 0.2)] };
    for (const how of ['rename', 'replace'] as const) {
      const list = withImported(NO_PRESETS, planImport(twice, NO_PRESETS), how, minted(), 9);
      expect(list.presets.map(({ name }) => name)).toEqual(['X', 'X 2']);
    }
  });

  it('says how many do not fit', () => {
    const many = { presets: Array.from({ length: MOST_PRESETS }, (_, index) => preset(`P${index}`)) };
    expect(planImport(many, mine).over).toBe(2);
  });
});
