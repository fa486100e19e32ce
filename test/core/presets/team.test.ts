import { describe, expect, it } from 'vitest';
import { presetId } from '../../../src/core/ids';
import { STANDARD_PARAMETERS } from '../../../src/core/parameters';
import { newPreset } from '../../../src/core/presets/list';
import { linkOf, readTeam, teamEntry, teamPresetId, teamStanding } from '../../../src/core/presets/team';

const ID = teamPresetId('abc');
const WARM = newPreset({ id: presetId('w'), name: 'Warm', hint: 'Old', parameters: STANDARD_PARAMETERS, at: 100 });
const entry = (change: object = {}, value: unknown = teamEntry(WARM)) => ({
  key: ID,
  value,
  by: 'Ana',
  at: 500,
  ...change,
});

describe('what a file carries', () => {
  it('is read with who wrote it and when', () => {
    expect(readTeam([entry()])).toEqual({
      presets: [{ id: ID, name: 'Warm', hint: 'Old', parameters: STANDARD_PARAMETERS, by: 'Ana', at: 500 }],
      damaged: 0,
      newer: 0,
    });
  });

  it('is ordered by name, whoever wrote it', () => {
    const named = (name: string) => entry({ key: name }, teamEntry({ ...WARM, name }));
    expect(readTeam(['b', 'C', 'a'].map(named)).presets.map(({ name }) => name)).toEqual(['a', 'b', 'C']);
  });

  it.each([
    ['nothing', null, 'damaged'],
    ['text', 'Warm', 'damaged'],
    ['no name', { v: 1, name: ' ', parameters: {} }, 'damaged'],
    ['no parameters', { v: 1, name: 'Warm' }, 'damaged'],
    ['a newer version', { v: 2, anything: true }, 'newer'],
  ])('with %s in an entry is counted, and the others are read', (_what, value, counted) => {
    const read = readTeam([entry({ key: 'preset:x' }, value), entry()]);
    expect(read.presets).toHaveLength(1);
    expect(read[counted as 'damaged']).toBe(1);
  });

  it('names nobody where the host names nobody', () => {
    expect(readTeam([entry({ by: null }), entry({ by: '  ' })]).presets.map(({ by }) => by)).toEqual([null, null]);
  });
});

describe('an own preset beside the team’s', () => {
  const taken = { ...WARM, team: linkOf(WARM, { id: ID, at: 500 }) };
  const stronger = { ...STANDARD_PARAMETERS, strength: 1 };
  const mine = { ...taken, parameters: stronger, changedAt: 900 };
  const [theirs] = readTeam([entry({ at: 800 }, teamEntry({ ...WARM, parameters: stronger }))]).presets;
  const [same] = readTeam([entry()]).presets;

  it.each([
    ['own', 'it belongs to none', WARM, [same]],
    ['gone', 'the file carries it no longer', taken, []],
    ['same', 'nobody changed anything', taken, [same]],
    ['mine', 'it was changed here', mine, [same]],
    ['theirs', 'somebody else changed the file’s', taken, [theirs]],
    ['both', 'both were changed', { ...mine, name: 'Warmer' }, [theirs]],
    ['same', 'both came to the same', mine, [theirs]],
    ['same', 'it has another name because its own was taken', { ...taken, name: 'Warm 2' }, [same]],
  ] as const)('is "%s" when %s', (standing, _why, own, team) => {
    expect(
      teamStanding(
        own,
        [...team].flatMap((some) => some ?? []),
      ),
    ).toBe(standing);
  });
});
