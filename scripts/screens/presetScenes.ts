/** Presets in every state: none, some, changed elsewhere, a file that is about to be imported. Made with the panel's own update. */
import { type PresetId, presetId } from '../../src/core/ids';
import { STANDARD_PARAMETERS } from '../../src/core/parameters';
import { presetFileText, readPresetFile } from '../../src/core/presets/file';
import { newPreset, type OwnPreset, type PresetList } from '../../src/core/presets/list';
import { teamEntry, teamPresetId } from '../../src/core/presets/team';
import { PRESETS_KEY } from '../../src/core/records';
import type { SharedRecord } from '../../src/protocol/messages';
import type { Action } from '../../src/ui/store/action';
import type { FileOffer, PresetSaid } from '../../src/ui/store/presets/presets';
import { OPENING, type State } from '../../src/ui/store/state';
import { update } from '../../src/ui/store/update';

const DAY = Date.UTC(2026, 10, 20, 12);
const parameters = { ...STANDARD_PARAMETERS, strength: 0.7, noiseSigma: 0.03, noiseSeed: 412 };

const own = (id: string, name: string, hint = '', change: Partial<OwnPreset> = {}): OwnPreset => ({
  ...newPreset({ id: presetId(id), name, hint, parameters, at: DAY }),
  ...change,
});
const link = (id: string, at: number, mine: number) => ({ id: teamPresetId(id), at, mine });
const entry = (id: string, name: string, by: string | null, strength = 0.7): SharedRecord => ({
  key: teamPresetId(id),
  value: teamEntry({ id: presetId(id), name, hint: '', parameters: { ...parameters, strength } }),
  by,
  at: DAY,
});

const SOME = [
  own('a', 'Family album', 'Prints of the sixties, scanned at 300 dpi'),
  own('b', 'Warm portraits', '', { team: link('warm', DAY, DAY) }),
  own('c', 'Passport photos of the whole team, 2026', 'Small and sharp', { team: link('pass', DAY - 1, DAY) }),
  own('d', 'Newspaper', '', { team: link('gone', DAY, DAY) }),
];
const TEAM = [entry('warm', 'Warm portraits', 'You'), entry('pass', 'Passport photos', 'Ana Maria Gonzalez', 0.9)];

/** `begin`: an opening with a picture selected, and what brings it into hand with its faces. */
export function presetScenes([opened, ...picked]: readonly Action[]): Readonly<Record<string, State>> {
  if (opened?.type !== 'opened') throw new Error('The scenes begin with an opening.');
  const { opening } = opened;
  const open = (presets: readonly OwnPreset[], shared: readonly SharedRecord[], saved?: unknown): Action => {
    const list: PresetList = { v: 1, presets, standard: presetId(presets[0]?.id ?? 'balanced') };
    const records = [...opening.records, { key: PRESETS_KEY, value: saved ?? list }];
    return { type: 'opened', opening: { ...opening, records, shared } };
  };
  const make = (...actions: readonly Action[]): State => actions.reduce(update, OPENING);
  const page: Action = { type: 'page', page: 'presets' };
  const said = (value: PresetSaid): Action => ({ type: 'presets-said', said: value });
  const first = SOME[0] as OwnPreset;
  const chosen = (id: PresetId): Action => ({ type: 'preset', id });
  const stronger: Action = { type: 'parameter', name: 'strength', value: 0.35 };
  const offer = (content: FileOffer['content']): Action => ({
    type: 'presets-offer',
    offer: { fileName: 'studio-presets.json', content },
  });
  const read = readPresetFile(FILE);
  const many = Array.from({ length: 40 }, (_, index) => own(`n${index}`, `Client ${index + 1}`, '', {}));
  return {
    presets: make(open(SOME, TEAM), page),
    'presets-empty': make(open([], []), page),
    'presets-40': make(open(many, []), page),
    'presets-deleted': make(
      open(SOME.slice(1), TEAM),
      page,
      said({ what: 'deleted', preset: first, index: 0, standard: true }),
    ),
    'presets-conflict': make(
      open(SOME, TEAM),
      page,
      said({
        what: 'share-conflict',
        own: presetId('c'),
        team: { ...first, id: teamPresetId('pass'), by: 'Ana Maria Gonzalez', at: DAY },
      }),
    ),
    'presets-newer': make(open([], TEAM, { v: 2 }), page),
    'presets-storage-full': make(open(SOME, TEAM), page, { type: 'trouble', error: { code: 'storage-full' } }),
    'presets-import': make(
      open(SOME, TEAM),
      page,
      offer(read.ok ? { ok: true, file: read.value } : { ok: false, problem: read.error }),
    ),
    'presets-import-refused': make(open(SOME, TEAM), page, offer({ ok: false, problem: { code: 'syntax', line: 14 } })),
    'preset-own-changed': make(open(SOME, TEAM), ...picked, chosen(presetId('b')), stronger),
    'preset-built-in-changed': make(open(SOME, TEAM), ...picked, chosen(presetId('old-scan')), stronger),
    'preset-missing': make({ ...open(SOME, TEAM) }, ...picked, { type: 'preset-wanted', preset: 'Yearbook' }),
  };
}

/** With what people do to such files by hand. */
const FILE = presetFileText([
  { name: 'Studio light', hint: '', parameters },
  { name: 'Family album', hint: 'Another one of this name', parameters: { ...parameters, strength: 0.2 } },
  { name: 'Newspaper', hint: '', parameters },
  { name: 'Wedding 1987', hint: '', parameters },
])
  .replace('"strength": 0.7', '"strength": 1.4')
  .replace('"noise_seed": 412', '"noise_seed": 12.5,\n        "sharpness": 3')
  .replace('"name": "Wedding 1987"', '"title": "Wedding 1987"');
