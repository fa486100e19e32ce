import { describe, expect, test } from 'vitest';
import { presetId } from '../../../../src/core/ids';
import { STANDARD_PARAMETERS } from '../../../../src/core/parameters';
import { presetFileText } from '../../../../src/core/presets/file';
import {
  MOST_PRESETS,
  NO_PRESETS,
  newPreset,
  type PresetList,
  parsePresets,
  withAdded,
} from '../../../../src/core/presets/list';
import { teamEntry, teamPresetId } from '../../../../src/core/presets/team';
import { PRESETS_KEY } from '../../../../src/core/records';
import { failed } from '../../../../src/core/result';
import { type Bench, bench, settled } from '../../fakes/session';

const own = (name: string, strength = 0.5) =>
  newPreset({ id: presetId(name), name, hint: '', parameters: { ...STANDARD_PARAMETERS, strength }, at: 1000 });
const list = (...names: readonly string[]): PresetList =>
  names.map((name) => own(name)).reduce((before, preset) => withAdded(before, preset), NO_PRESETS);
const TEAM = teamPresetId('abc');
const entry = (name: string, strength: number, at = 500) => ({
  key: TEAM,
  value: teamEntry(own(name, strength)),
  by: 'Ana',
  at,
});

async function opened(
  given: Parameters<typeof bench>[0] & { readonly own?: unknown } = {},
  saved?: Map<string, unknown>,
) {
  const records = 'own' in given ? [{ key: PRESETS_KEY, value: given.own }] : [];
  const made = bench({ records, ...given }, saved);
  await made.session.deeds.open();
  await settled();
  return made;
}
const names = (made: Bench): readonly string[] => made.state().presets.own.presets.map(({ name }) => name);
const stored = (made: Bench): readonly string[] => {
  const read = parsePresets(made.host.saved.get(PRESETS_KEY));
  return read.kind === 'list' ? read.list.presets.map(({ name }) => name) : [read.kind];
};

describe('the opening', () => {
  test('begins with the default preset', async () => {
    const made = await opened({ own: { ...list('Warm'), standard: 'Warm' } });
    expect(made.state().draft).toMatchObject({ preset: { name: 'Warm' }, parameters: { strength: 0.5 } });
  });

  test.each([
    ['Warm', 'Warm'],
    ['warm', 'Warm'],
    ['old-scan', 'Old scan'],
    ['HEAVY jpeg', 'Heavy JPEG'],
    [TEAM, 'Cold'],
  ])('begins with the preset that quick actions name: %s', async (preset, name) => {
    const made = await opened({ own: list('Warm'), shared: [entry('Cold', 0.1)], command: 'preset', preset });
    expect(made.state().draft.preset.name).toBe(name);
    expect(made.state().presets.said).toBeNull();
  });

  test('says that the preset it was started with is gone, and begins with the default one', async () => {
    const made = await opened({ command: 'preset', preset: 'Yearbook' });
    expect(made.state().draft.preset.name).toBe('Balanced');
    expect(made.state().presets.said).toEqual({ what: 'missing', name: 'Yearbook' });
  });

  test('while the panel is open, takes the preset that quick actions name then', async () => {
    const made = await opened({ own: list('Warm') });
    made.host.announce({ type: 'command', command: 'preset', preset: 'Warm' });
    await settled();
    expect(made.state().draft.preset.name).toBe('Warm');
  });
});

describe('saving', () => {
  test('what is set as a new preset chooses it, and keeps it', async () => {
    const made = await opened({ own: list('Warm') });
    made.session.store.dispatch({ type: 'parameter', name: 'strength', value: 0.3 });
    await made.session.deeds.presets.saveAs('Mine');
    expect(stored(made)).toEqual(['Warm', 'Mine']);
    expect(made.state().draft).toMatchObject({ preset: { name: 'Mine' }, parameters: { strength: 0.3 } });
  });

  test('goes on from what another window has stored meanwhile', async () => {
    const made = await opened({ own: list('Warm') });
    made.host.saved.set(PRESETS_KEY, list('Warm', 'Theirs'));
    await made.session.deeds.presets.saveAs('Mine');
    expect(stored(made)).toEqual(['Warm', 'Theirs', 'Mine']);
  });

  test('twice at once loses neither', async () => {
    const made = await opened();
    await Promise.all(['A', 'B', 'C'].map((name) => made.session.deeds.presets.saveAs(name)));
    expect(stored(made)).toEqual(['A', 'B', 'C']);
  });

  test('that storage refuses is said, and nothing is shown that is not stored', async () => {
    const made = await opened({ own: list('Warm') });
    made.host.answer('record.save', failed({ code: 'storage-full' }));
    await made.session.deeds.presets.saveAs('Mine');
    expect(names(made)).toEqual(['Warm']);
    expect(made.state().trouble).toEqual({ code: 'storage-full' });
  });

  test('writes nothing over what a newer version has written', async () => {
    const newer = { v: 2, presets: 'of another kind' };
    const made = await opened({ own: newer });
    expect(made.state().presets.access).toBe('newer');
    await made.session.deeds.presets.saveAs('Mine');
    expect(made.host.saved.get(PRESETS_KEY)).toEqual(newer);
    expect(made.state().trouble).toEqual({ code: 'presets-newer' });
  });

  test.each([
    ['a record that is none', { presets: 'lost' }],
    ['a list with a damaged entry', { ...list('Warm'), presets: [{ name: 7 }] }],
  ])('puts %s aside before it writes', async (_what, damaged) => {
    const made = await opened({ own: damaged });
    expect(made.state().presets.damaged).toBe(1);
    await made.session.deeds.presets.saveAs('Mine');
    const aside = [...made.host.saved].filter(([key]) => key.startsWith('unreadable:presets'));
    expect(aside.map(([, value]) => value)).toEqual([damaged]);
    expect(stored(made)).toEqual(['Mine']);
    expect(made.state().presets.damaged).toBe(0);
  });

  test('beyond what one can have is said', async () => {
    const full = list(...Array.from({ length: MOST_PRESETS }, (_, index) => `P${index}`));
    const made = await opened({ own: full });
    await made.session.deeds.presets.saveAs('One more');
    expect(names(made)).toHaveLength(MOST_PRESETS);
    expect(made.state().presets.said).toEqual({ what: 'full' });
  });
});

describe('the preset in hand', () => {
  test('follows when it is changed, and what was set by hand stays', async () => {
    const made = await opened({ own: list('Warm') });
    made.session.store.dispatch({ type: 'preset', id: presetId('Warm') });
    await made.session.deeds.presets.change(presetId('Warm'), { parameters: { ...STANDARD_PARAMETERS, strength: 1 } });
    expect(made.state().draft.parameters.strength).toBe(1);
    made.session.store.dispatch({ type: 'parameter', name: 'strength', value: 0.2 });
    await made.session.deeds.presets.change(presetId('Warm'), { name: 'Warmer' });
    expect(made.state().draft).toMatchObject({ preset: { name: 'Warmer' }, parameters: { strength: 0.2 } });
    made.session.store.dispatch({ type: 'preset-reset' });
    expect(made.state().draft.parameters.strength).toBe(1);
  });

  test('that is deleted leaves its numbers behind, as changes to the default one', async () => {
    const made = await opened({ own: list('Warm') });
    made.session.store.dispatch({ type: 'preset', id: presetId('Warm') });
    await made.session.deeds.presets.remove(presetId('Warm'));
    expect(made.state().draft).toMatchObject({ preset: { name: 'Balanced' }, parameters: { strength: 0.5 } });
  });

  test('takes another seed by chance, never the same one', async () => {
    const made = await opened();
    const seeds = new Set<number>();
    for (let roll = 0; roll < 50; roll++) {
      const before = made.state().draft.parameters.noiseSeed;
      made.session.deeds.presets.rollSeed();
      const after = made.state().draft.parameters.noiseSeed;
      expect(after).not.toBe(before);
      expect(Number.isInteger(after) && after >= 1 && after <= 2000).toBe(true);
      seeds.add(after);
    }
    expect(seeds.size).toBeGreaterThan(30);
  });
});

describe('deleting', () => {
  test('is taken back to the same place, the star too', async () => {
    const made = await opened({ own: { ...list('A', 'B', 'C'), standard: 'B' } });
    await made.session.deeds.presets.remove(presetId('B'));
    expect(stored(made)).toEqual(['A', 'C']);
    expect(made.state().presets.own.standard).toBe('balanced');
    await made.session.deeds.presets.undo();
    expect(stored(made)).toEqual(['A', 'B', 'C']);
    expect(made.state().presets.own.standard).toBe('B');
    expect(made.state().presets.said).toBeNull();
  });
});

describe('the file’s presets', () => {
  const linked = (at: number, mine = 1000): PresetList => ({
    ...NO_PRESETS,
    presets: [{ ...own('Warm'), team: { id: TEAM, at, mine } }],
  });

  test('get one of one’s own, which from then on belongs to it', async () => {
    const made = await opened({ own: list('Warm') });
    await made.session.deeds.presets.share(presetId('Warm'));
    const [shared] = [...made.host.document.values()];
    expect(shared).toMatchObject({ value: { v: 1, name: 'Warm', parameters: { strength: 0.5 } } });
    expect(made.state().presets.own.presets[0]?.team).toEqual({ id: shared?.key, at: shared?.at, mine: 1000 });
    expect(made.state().presets.said).toEqual({ what: 'shared', name: 'Warm' });
  });

  test('that somebody has changed since are not written over without a word', async () => {
    const made = await opened({ own: linked(500), shared: [entry('Warm', 0.9, 700)] });
    await made.session.deeds.presets.share(presetId('Warm'));
    expect(made.host.asks('shared.save')).toEqual([]);
    expect(made.state().presets.said).toMatchObject({ what: 'share-conflict', team: { by: 'Ana', at: 700 } });
    await made.session.deeds.presets.share(presetId('Warm'), 'replace');
    expect(made.host.document.get(TEAM)).toMatchObject({ value: { parameters: { strength: 0.5 } } });
  });

  test('that somebody has changed since this panel looked are seen before they are written over', async () => {
    const made = await opened({ own: linked(500, 999), shared: [entry('Warm', 0.1)] });
    made.host.document.set(TEAM, entry('Warm', 0.9, 700));
    await made.session.deeds.presets.share(presetId('Warm'));
    expect(made.host.asks('shared.save')).toEqual([]);
    expect(made.state().presets.said).toMatchObject({ what: 'share-conflict', team: { at: 700 } });
  });

  test.each([
    ['rename', 2, 'Warm 2'],
    ['replace', 1, 'Warm'],
  ] as const)('with the name of another one: %s', async (how, count, name) => {
    const made = await opened({ own: list('Warm'), shared: [entry('Warm', 0.9)] });
    await made.session.deeds.presets.share(presetId('Warm'));
    expect(made.state().presets.said).toMatchObject({ what: 'share-same-name' });
    await made.session.deeds.presets.share(presetId('Warm'), how);
    expect(made.state().presets.team.presets).toHaveLength(count);
    expect(made.state().presets.said).toEqual({ what: 'shared', name });
  });

  test('are taken into one’s own, once', async () => {
    const made = await opened({ shared: [entry('Cold', 0.9)] });
    await made.session.deeds.presets.take(TEAM);
    await made.session.deeds.presets.take(TEAM);
    expect(stored(made)).toEqual(['Cold']);
    expect(made.state().presets.own.presets[0]).toMatchObject({ parameters: { strength: 0.9 }, team: { id: TEAM } });
  });

  test.each([
    ['rename', ['Cold', 'Cold 2']],
    ['replace', ['Cold']],
  ] as const)('that have the name of one’s own are asked about: %s', async (how, expected) => {
    const made = await opened({ own: list('Cold'), shared: [entry('Cold', 0.9)] });
    await made.session.deeds.presets.take(TEAM);
    expect(stored(made)).toEqual(['Cold']);
    expect(made.state().presets.said).toMatchObject({ what: 'take-same-name' });
    await made.session.deeds.presets.take(TEAM, how);
    expect(stored(made)).toEqual(expected);
    expect(made.state().presets.own.presets.at(-1)?.parameters.strength).toBe(0.9);
  });

  test('are taken out, and put back', async () => {
    const made = await opened({ shared: [entry('Cold', 0.9)] });
    await made.session.deeds.presets.unshare(TEAM);
    expect(made.host.document.size).toBe(0);
    expect(made.state().presets.team.presets).toEqual([]);
    await made.session.deeds.presets.undo();
    expect(made.state().presets.team.presets).toMatchObject([{ id: TEAM, name: 'Cold' }]);
  });

  test('that the document refuses are said', async () => {
    const made = await opened({ own: list('Warm') });
    made.host.answer('shared.save', failed({ code: 'shared-unwritten' }));
    await made.session.deeds.presets.share(presetId('Warm'));
    expect(made.state().trouble).toEqual({ code: 'shared-unwritten' });
    expect(made.state().presets.own.presets[0]?.team).toBeNull();
  });

  test('are read anew, as are one’s own', async () => {
    const made = await opened({ own: list('Warm') });
    made.host.document.set(TEAM, entry('Cold', 0.9));
    made.host.saved.set(PRESETS_KEY, list('Warm', 'Theirs'));
    await made.session.deeds.presets.read();
    expect(names(made)).toEqual(['Warm', 'Theirs']);
    expect(made.state().presets.team.presets.map(({ name }) => name)).toEqual(['Cold']);
  });
});

describe('a file', () => {
  test('changes nothing before its presets are taken', async () => {
    const made = await opened({ own: list('Warm') });
    made.session.deeds.presets.offer('a.json', presetFileText([own('Warm', 0.9), own('New')]));
    expect(stored(made)).toEqual(['Warm']);
    await made.session.deeds.presets.takeOffer('rename');
    expect(stored(made)).toEqual(['Warm', 'New', 'Warm 2']);
    expect(made.state().presets).toMatchObject({ offer: null, said: { what: 'imported', added: 2, replaced: 0 } });
  });

  test('stays open when its presets cannot be stored', async () => {
    const made = await opened({ own: list('Warm') });
    made.session.deeds.presets.offer('a.json', presetFileText([own('New')]));
    made.host.answer('record.save', failed({ code: 'storage-full' }));
    await made.session.deeds.presets.takeOffer('rename');
    expect(made.state().presets.offer?.fileName).toBe('a.json');
    expect(made.state().trouble).toEqual({ code: 'storage-full' });
  });

  test.each([
    [null, 'large'],
    ['{', 'syntax'],
    ['{}', 'other'],
  ])('that is no file of presets is said: %j', async (text, code) => {
    const made = await opened();
    made.session.deeds.presets.offer('a.json', text);
    expect(made.state().presets.offer?.content).toMatchObject({ ok: false, problem: { code } });
    await made.session.deeds.presets.takeOffer('rename');
    expect(made.host.asks('record.save').filter(({ key }) => key === PRESETS_KEY)).toEqual([]);
  });
});
