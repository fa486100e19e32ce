/** What quick actions offer while a preset's name is typed: nothing is written or shown meanwhile. */
import type { PresetId } from '../core/ids';
import { BUILT_IN_PRESETS } from '../core/presets/presets';
import { TEAM_PRESET_KEYS } from '../core/presets/team';
import { PRESETS_KEY } from '../core/records';
import { teamPresetName } from '../core/words/hostWords';
import type { SavedRecord } from '../protocol/messages';
import type { Records } from './records';
import { readShared } from './shared';

/** The key of the parameter in the manifest. */
export const PRESET_PARAMETER = 'preset';

interface Offered {
  readonly name: string;
  /** The preset's id: two may have one name. */
  readonly data: string;
}

/**
 * To be called once, when the plugin is loaded: Figma asks for suggestions before it runs a command. Presets that cannot
 * be read are not offered.
 */
export function watchParameters(records: Pick<Records, 'read'>): void {
  figma.parameters.on('input', ({ query, key, result }) => {
    if (key !== PRESET_PARAMETER) return;
    void offered(records).then((all) => result.setSuggestions([...matching(all, query)]));
  });
}

/** One's own first, then the file's, then those that everybody has. */
async function offered(records: Pick<Records, 'read'>): Promise<readonly Offered[]> {
  const saved = await records.read([PRESETS_KEY]);
  const list = saved.ok ? saved.value.find(({ key }) => key === PRESETS_KEY)?.value : undefined;
  const presets = (list as { presets?: unknown } | undefined)?.presets;
  const own = Array.isArray(presets) ? presets.map((preset: unknown) => offer(preset, null, same)) : [];
  const team = readShared(figma.root, [TEAM_PRESET_KEYS]).map(({ key, value }: SavedRecord) =>
    offer(value, key, teamPresetName),
  );
  const builtIn = BUILT_IN_PRESETS.map(({ id, name }: { id: PresetId; name: string }) => ({ name, data: id }));
  return [...own, ...team, ...builtIn].filter((some): some is Offered => some !== null);
}

const same = (name: string): string => name;

/** `key`: the preset's id, where it is not in the preset. */
function offer(preset: unknown, key: string | null, named: (name: string) => string): Offered | null {
  if (typeof preset !== 'object' || preset === null) return null;
  const { id = key, name } = preset as { id?: unknown; name?: unknown };
  return typeof id === 'string' && typeof name === 'string' && name !== '' ? { name: named(name), data: id } : null;
}

/** Those that begin with what was typed before those that have it elsewhere. */
function matching(all: readonly Offered[], query: string): readonly Offered[] {
  const typed = query.trim().toLowerCase();
  const place = ({ name }: Offered): number => name.toLowerCase().indexOf(typed);
  const found = all.filter((some) => place(some) >= 0);
  return [...found.filter((some) => place(some) === 0), ...found.filter((some) => place(some) > 0)];
}
