import { describe, expect, it } from 'vitest';
import { presetId } from '../../../src/core/ids';
import { STANDARD_PARAMETERS } from '../../../src/core/parameters';
import {
  findOwn,
  MOST_PRESETS,
  NO_PRESETS,
  newPreset,
  type OwnPreset,
  type PresetList,
  parsePresets,
  standardPreset,
  withAdded,
  withChanged,
  withDuplicate,
  withMoved,
  withoutPreset,
  withStandard,
} from '../../../src/core/presets/list';
import { freeName, nameProblem } from '../../../src/core/presets/name';
import { BUILT_IN_PRESETS } from '../../../src/core/presets/presets';

const id = presetId;
const own = (name: string, strength = 0.5): OwnPreset =>
  newPreset({ id: id(name), name, hint: '', parameters: { ...STANDARD_PARAMETERS, strength }, at: 1000 });
const list = (...names: readonly string[]): PresetList => names.map((name) => own(name)).reduce(add, NO_PRESETS);
const add = (before: PresetList, preset: OwnPreset): PresetList => withAdded(before, preset);
const names = ({ presets }: PresetList): readonly string[] => presets.map(({ name }) => name);

describe('a list of presets', () => {
  it('takes a new one last, or where it is told', () => {
    expect(names(withAdded(list('A', 'B'), own('C')))).toEqual(['A', 'B', 'C']);
    expect(names(withAdded(list('A', 'B'), own('C'), 1))).toEqual(['A', 'C', 'B']);
  });

  it('gives a name that is taken a number, in any case, beside the built-in ones too', () => {
    const twice = withAdded(list('Warm'), { ...own('x'), name: 'WARM' });
    expect(names(twice)).toEqual(['Warm', 'WARM 2']);
    expect(names(withAdded(twice, { ...own('y'), name: 'balanced' }))).toEqual(['Warm', 'WARM 2', 'balanced 2']);
    expect(names(withChanged(list('A', 'B'), id('B'), { name: 'a' }, 5))).toEqual(['A', 'a 2']);
    expect(names(withChanged(list('A', 'B'), id('B'), { name: 'b' }, 5))).toEqual(['A', 'b']);
  });

  it('holds no more than it can', () => {
    const full = Array.from({ length: MOST_PRESETS }, (_, index) => own(`P${index}`)).reduce(add, NO_PRESETS);
    expect(withAdded(full, own('one more'))).toBe(full);
  });

  it.each([
    ['A', 1, 'BAC'],
    ['A', 2, 'BCA'],
    ['C', 0, 'CAB'],
    ['A', 99, 'BCA'],
    ['B', -3, 'BAC'],
    ['none', 0, 'ABC'],
  ])('with %s moved to place %d is in the order %s', (name, to, order) => {
    expect(names(withMoved(list('A', 'B', 'C'), id(name), to)).join('')).toBe(order);
  });

  it('has a copy right behind the original, that changes for itself', () => {
    const copied = withDuplicate(list('A', 'B'), id('A'), id('copy'), 7);
    expect(names(copied)).toEqual(['A', 'A 2', 'B']);
    const changed = withChanged(copied, id('copy'), { parameters: { ...STANDARD_PARAMETERS, strength: 1 } }, 8);
    expect(findOwn(changed, id('A'))?.parameters.strength).toBe(0.5);
    expect(findOwn(changed, id('copy'))).toMatchObject({ parameters: { strength: 1 }, createdAt: 7, changedAt: 8 });
  });

  it('begins with its default preset, and with Balanced when that is deleted', () => {
    const starred = withStandard(list('A'), id('A'));
    expect(standardPreset(starred).name).toBe('A');
    expect(standardPreset(withoutPreset(starred, id('A'))).name).toBe('Balanced');
    expect(standardPreset(withStandard(starred, id('old-scan'))).name).toBe('Old scan');
    expect(withStandard(starred, id('none'))).toBe(starred);
  });

  it('keeps no reference picture: that is of one person', () => {
    const parameters = { ...STANDARD_PARAMETERS, referenceUri: 'https://example.com/a.jpg' };
    expect(newPreset({ id: id('a'), name: 'A', hint: '', parameters, at: 1 }).parameters.referenceUri).toBeNull();
    expect(
      withChanged(list('A'), id('A'), { parameters }, 2).presets.map((preset) => preset.parameters.referenceUri),
    ).toEqual([null]);
  });
});

describe('a name', () => {
  it.each([
    ['', { code: 'empty' }],
    ['  \n\u0007 ', { code: 'empty' }],
    ['a'.repeat(40), null],
    ['a'.repeat(41), { code: 'long', length: 41 }],
    ['😀'.repeat(40), null],
    ['old  SCAN', { code: 'taken', builtIn: true }],
    [' warm', { code: 'taken', builtIn: false }],
    ['Warmer', null],
  ])('%j is judged', (name, problem) => {
    expect(nameProblem(name, BUILT_IN_PRESETS, [{ name: 'Warm' }])).toEqual(problem);
  });

  it('that is made free has at most 40 characters and is taken by nobody', () => {
    const long = 'x'.repeat(60);
    const first = freeName(long, []);
    const second = freeName(long, [{ name: first }]);
    expect([...first]).toHaveLength(40);
    expect([...second].length).toBeLessThanOrEqual(40);
    expect(second).toMatch(/ 2$/);
    expect(freeName(long, [{ name: first }, { name: second }])).toMatch(/ 3$/);
  });
});

describe('saved presets', () => {
  const saved = withStandard(list('A', 'B'), id('B'));

  it('are read as they were written', () => {
    expect(parsePresets(JSON.parse(JSON.stringify(saved)))).toEqual({ kind: 'list', list: saved, damaged: 0 });
    expect(parsePresets(undefined)).toEqual({ kind: 'list', list: NO_PRESETS, damaged: 0 });
  });

  it('of a newer version are not taken for none', () => {
    expect(parsePresets({ ...saved, v: 2 })).toEqual({ kind: 'newer' });
  });

  it.each([['text'], [7], [[]], [{}], [{ v: 1, presets: 'none' }], [{ v: 0, presets: [] }]])(
    '%j are unreadable, not none',
    (input) => {
      expect(parsePresets(input)).toEqual({ kind: 'unreadable' });
    },
  );

  it.each([
    ['is no object', null],
    ['has no name', { ...own('X'), name: ' ' }],
    ['has a name that is too long', { ...own('X'), name: 'x'.repeat(41) }],
    ['has no id', { ...own('X'), id: 7 }],
    ['has the id of another', { ...own('X'), id: 'A' }],
    ['has no parameters', { ...own('X'), parameters: null }],
    ['is of a newer version', { ...own('X'), v: 2 }],
    ['was never made', { ...own('X'), createdAt: null }],
  ])('lose one that %s, and count it', (_what, entry) => {
    const read = parsePresets({ ...saved, presets: [saved.presets[0], entry, saved.presets[1]] });
    expect(read).toEqual({ kind: 'list', list: saved, damaged: 1 });
  });

  it('have numbers in their range, whatever was written', () => {
    const read = parsePresets({ ...saved, presets: [{ ...own('A'), parameters: { strength: 9, noiseSeed: 1.5 } }] });
    expect(read.kind === 'list' && read.list.presets[0]?.parameters).toEqual({
      ...STANDARD_PARAMETERS,
      strength: 1,
      noiseSeed: 2,
    });
  });
});
