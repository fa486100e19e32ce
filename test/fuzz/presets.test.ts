import { describe, expect, it } from 'vitest';
import { presetId } from '../../src/core/ids';
import { STANDARD_PARAMETERS } from '../../src/core/parameters';
import { presetFileText, readPresetFile } from '../../src/core/presets/file';
import { planImport, withImported } from '../../src/core/presets/import';
import { NO_PRESETS, newPreset, parsePresets, withAdded } from '../../src/core/presets/list';
import { readTeam, teamEntry } from '../../src/core/presets/team';
import { fileProblemText, noteText } from '../../src/ui/words/presets';
import { chance, mutateBytes, mutateJson } from './mutate';

const OWN = ['Warm', 'Cold', 'Newspaper'].map((name, index) =>
  newPreset({
    id: presetId(`p${index}`),
    name,
    hint: 'For prints',
    parameters: { ...STANDARD_PARAMETERS, strength: index / 4 },
    at: 1_767_225_600_000,
    team: index === 0 ? { id: presetId('preset:a'), at: 5, mine: 5 } : null,
  }),
);
const LIST = OWN.reduce((list, preset) => withAdded(list, preset), NO_PRESETS);
const FILE = presetFileText(OWN);

/** Whatever the file was: it can be read, said, and taken, and what was taken is a list like any other. */
function take(text: string): 'taken' | 'refused' {
  const read = readPresetFile(text);
  if (!read.ok) {
    expect(fileProblemText(read.error)).toMatch(/Nothing was imported\.$/);
    return 'refused';
  }
  for (const note of read.value.notes) expect(noteText(note)).toMatch(/^Line \d+: .{1,120}\.$/u);
  let count = 0;
  const mint = () => presetId(`new ${count++}`);
  const list = withImported(LIST, planImport(read.value, LIST), 'replace', mint, 1_767_225_600_001);
  expect(parsePresets(JSON.parse(JSON.stringify(list)))).toEqual({ kind: 'list', list, damaged: 0 });
  return 'taken';
}

describe('10,000 spoiled preset files', () => {
  it.each([
    ['in their values', (random: () => number) => JSON.stringify(mutateJson(JSON.parse(FILE), random), null, 2), 500],
    [
      'in their letters',
      (random: () => number) => {
        const bytes = new TextEncoder().encode(FILE);
        return new TextDecoder().decode(mutateBytes(bytes, [bytes], random));
      },
      50,
    ],
  ])('%s: each is taken with its notes or refused in a sentence', (_where, spoil, least) => {
    const random = chance(31);
    const outcomes = { taken: 0, refused: 0 };
    for (let count = 0; count < 5_000; count++) outcomes[take(spoil(random))]++;
    expect(outcomes.taken).toBeGreaterThan(least);
    expect(outcomes.refused).toBeGreaterThan(least);
  });
});

describe('spoiled records of presets', () => {
  it('of one’s own are read as a list, kept aside or left to a newer version, and read again as the same', () => {
    const random = chance(7);
    const kinds = { list: 0, newer: 0, unreadable: 0 };
    for (let count = 0; count < 2_000; count++) {
      const read = parsePresets(mutateJson(LIST, random));
      kinds[read.kind]++;
      if (read.kind === 'list') {
        expect(parsePresets(JSON.parse(JSON.stringify(read.list)))).toEqual({ ...read, damaged: 0 });
      }
    }
    expect(Math.min(...Object.values(kinds))).toBeGreaterThan(5);
  });

  it('of the team’s are read or counted, each', () => {
    const random = chance(9);
    const entries = OWN.map((preset) => teamEntry(preset));
    let whole = 0;
    for (let count = 0; count < 2_000; count++) {
      const value = mutateJson(entries[count % 3], random);
      const { presets, damaged, newer } = readTeam([{ key: 'preset:a', value, by: 'Ana', at: 5 }]);
      expect(presets.length + damaged + newer).toBe(1);
      whole += presets.length;
    }
    expect(whole).toBeGreaterThan(500);
  });
});
