/** What can be done with presets: one's own, and those that the file carries for everybody who opens it. */
import { type PresetId, presetId } from '../../../core/ids';
import { mint } from '../../../core/mint';
import { RANGES } from '../../../core/parameters';
import { LARGEST_FILE, presetFileText, readPresetFile } from '../../../core/presets/file';
import { type OnSameName, planImport, withImported } from '../../../core/presets/import';
import {
  findOwn,
  MOST_PRESETS,
  newPreset,
  type PresetChange,
  type PresetList,
  withAdded,
  withChanged,
  withDuplicate,
  withMoved,
  withoutPreset,
  withStandard,
} from '../../../core/presets/list';
import { type Context, ready } from '../context';
import { findPreset, type PresetSaid } from './presets';
import { presetStorage } from './storage';
import { type TeamDeeds, teamDeeds } from './teamDeeds';

export interface PresetDeeds extends TeamDeeds {
  /** Reads one's own and the file's anew: another window, a teammate or an undo may have changed them. */
  read(): Promise<void>;
  /** Saves the parameters that are set now as a new preset, and chooses it. The name is free. */
  saveAs(name: string): Promise<void>;
  /** Saves them in the preset that is chosen, if it is one's own. */
  save(): Promise<void>;
  change(id: PresetId, change: PresetChange): Promise<void>;
  /** Also of a built-in one or the file's: the copy is one's own. */
  duplicate(id: PresetId): Promise<void>;
  /** `to`: the place in the list, from 0. */
  move(id: PresetId, to: number): Promise<void>;
  remove(id: PresetId): Promise<void>;
  /** Takes back what was said last, where that can be taken back. */
  undo(): Promise<void>;
  setStandard(id: PresetId): Promise<void>;
  /** Another seed by chance, for another look of the same faces. */
  rollSeed(): void;
  /** Reads a file and shows what would be taken of it; nothing is taken yet. `text` null: it is too large to be read. */
  offer(fileName: string, text: string | null): void;
  /** Takes what was shown. */
  takeOffer(onSameName: OnSameName): Promise<void>;
  /** All of one's own as the text of a file. */
  fileText(): string;
}

/** Bytes: a file that is longer is not even read. */
export const LARGEST_READ = 4 * LARGEST_FILE;

/** Every change is stored before the state has it. What goes wrong is shown as trouble of the panel. */
export function presetDeeds(context: Context): PresetDeeds {
  const { store, world } = context;
  const storage = presetStorage(context);
  const newId = (): PresetId => presetId(mint(world.random, 16));
  const say = (said: PresetSaid | null): void => store.dispatch({ type: 'presets-said', said });

  const change = async (make: (list: PresetList) => PresetList, said: PresetSaid | null = null): Promise<boolean> => {
    const stored = await storage.change(make);
    store.dispatch({ type: 'trouble', error: stored.ok ? null : stored.error });
    if (!stored.ok) return false;
    store.dispatch({ type: 'presets-own', list: stored.value.list });
    const full = !stored.value.changed && stored.value.list.presets.length >= MOST_PRESETS;
    say(full ? { what: 'full' } : said);
    return !full;
  };
  const team = teamDeeds(context, change, newId);

  return {
    ...team.deeds,
    async read() {
      const [own] = await Promise.all([storage.read(), team.read()]);
      if (own.ok) store.dispatch({ type: 'presets-own', list: own.value });
      else if (own.error.code === 'presets-newer') store.dispatch({ type: 'presets-access', access: 'newer' });
      else store.dispatch({ type: 'trouble', error: own.error });
    },
    async saveAs(name) {
      const draft = ready(context)?.draft;
      if (draft === undefined) return;
      const id = newId();
      // Without the hint of the preset that it began with: that was said of other numbers.
      const made = newPreset({ id, name, hint: '', parameters: draft.parameters, at: world.clock() });
      if (await change((list) => withAdded(list, made))) store.dispatch({ type: 'preset', id });
    },
    async save() {
      const draft = ready(context)?.draft;
      if (draft === undefined) return;
      await change((list) => withChanged(list, draft.preset.id, { parameters: draft.parameters }, world.clock()));
    },
    async change(id, given) {
      await change((list) => withChanged(list, id, given, world.clock()));
    },
    async duplicate(id) {
      const state = ready(context);
      const other = state === null ? null : findPreset(state.presets, id);
      if (other === null) return;
      const copy = newPreset({ ...other, id: newId(), at: world.clock(), team: null });
      await change((list) =>
        findOwn(list, id) === null ? withAdded(list, copy) : withDuplicate(list, id, copy.id, copy.createdAt),
      );
    },
    async move(id, to) {
      await change((list) => withMoved(list, id, to));
    },
    async remove(id) {
      const state = ready(context);
      const own = state?.presets.own;
      const preset = own === undefined ? null : findOwn(own, id);
      if (own === undefined || preset === null) return;
      const index = own.presets.indexOf(preset);
      await change((list) => withoutPreset(list, id), {
        what: 'deleted',
        preset,
        index,
        standard: own.standard === id,
      });
    },
    async undo() {
      const said = ready(context)?.presets.said;
      if (said?.what === 'unshared') return team.bringBack(said.preset);
      if (said?.what !== 'deleted') return;
      const { preset, index, standard } = said;
      await change((list) => {
        const back = withAdded(list, preset, index);
        return standard ? withStandard(back, preset.id) : back;
      });
    },
    async setStandard(id) {
      await change((list) => withStandard(list, id));
    },
    rollSeed() {
      const seed = ready(context)?.draft.parameters.noiseSeed;
      const { min, max } = RANGES.noiseSeed;
      // One of the others: the seed that is set is skipped.
      const rolled = min + Math.floor(world.random() * (max - min));
      const value = seed !== undefined && rolled >= seed ? rolled + 1 : rolled;
      store.dispatch({ type: 'parameter', name: 'noiseSeed', value });
    },
    offer(fileName, text) {
      const read = text === null ? ({ ok: false, error: { code: 'large' } } as const) : readPresetFile(text);
      const content = read.ok ? { ok: true as const, file: read.value } : { ok: false as const, problem: read.error };
      store.dispatch({ type: 'presets-offer', offer: { fileName, content } });
    },
    async takeOffer(onSameName) {
      const offer = ready(context)?.presets.offer;
      if (!offer?.content.ok) return;
      const { file } = offer.content;
      let said: PresetSaid | null = null;
      const taken = await change((list) => {
        const plan = planImport(file, list);
        const next = withImported(list, plan, onSameName, newId, world.clock());
        const added = next.presets.length - list.presets.length;
        said = { what: 'imported', added, replaced: onSameName === 'replace' ? plan.named.length : 0 };
        return next;
      });
      if (!taken) return;
      store.dispatch({ type: 'presets-offer', offer: null });
      say(said);
    },
    fileText: () => presetFileText(ready(context)?.presets.own.presets ?? []),
  };
}
