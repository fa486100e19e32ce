/**
 * Changes one's own presets where they are stored: reads them anew, because another window may have changed them, and
 * loses nothing that it cannot read. One change after another.
 */
import type { PluginError } from '../../../core/errors';
import { NO_PRESETS, type PresetList, parsePresets } from '../../../core/presets/list';
import { ASIDE_KEYS, PRESETS_KEY } from '../../../core/records';
import { failed, ok, type Result } from '../../../core/result';
import type { Context } from '../context';

export interface Stored {
  readonly list: PresetList;
  /** False: the change was none. */
  readonly changed: boolean;
}

export interface PresetStorage {
  /** As it is stored now. Errors: presets-newer, storage-unreadable. */
  read(): Promise<Result<PresetList, PluginError>>;
  /** Stores what the change makes of the list. Errors: those of reading, storage-full. */
  change(make: (list: PresetList) => PresetList): Promise<Result<Stored, PluginError>>;
}

/** Of one panel; other panels of this person write the same record. */
export function presetStorage({ host, world }: Pick<Context, 'host' | 'world'>): PresetStorage {
  let last: Promise<unknown> = Promise.resolve();

  const find = async (): Promise<Result<unknown, PluginError>> => {
    const read = await host.call('record.read', { prefix: PRESETS_KEY });
    return read.ok ? ok(read.value.find(({ key }) => key === PRESETS_KEY)?.value) : read;
  };

  const change = async (make: (list: PresetList) => PresetList): Promise<Result<Stored, PluginError>> => {
    const found = await find();
    if (!found.ok) return found;
    const saved = parsePresets(found.value);
    if (saved.kind === 'newer') return failed({ code: 'presets-newer' });
    if (saved.kind === 'unreadable' || saved.damaged > 0) {
      const key = `${ASIDE_KEYS}${PRESETS_KEY}:${world.clock()}`;
      const aside = await host.call('record.save', { key, value: found.value });
      if (!aside.ok) return aside;
    }
    const before = saved.kind === 'list' ? saved.list : NO_PRESETS;
    const list = make(before);
    if (list === before) return ok({ list, changed: false });
    const written = await host.call('record.save', { key: PRESETS_KEY, value: list });
    return written.ok ? ok({ list, changed: true }) : written;
  };

  return {
    async read() {
      const found = await find();
      if (!found.ok) return found;
      const saved = parsePresets(found.value);
      if (saved.kind === 'newer') return failed({ code: 'presets-newer' });
      return ok(saved.kind === 'list' ? saved.list : NO_PRESETS);
    },
    change(make) {
      const turn = last.then(() => change(make));
      last = turn;
      return turn;
    },
  };
}
