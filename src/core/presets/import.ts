/** What taking the presets of a file does to one's own: decided before anything is changed, so that it can be shown. */
import type { PresetId } from '../ids';
import type { FilePreset, PresetFile } from './file';
import { MOST_PRESETS, newPreset, type OwnPreset, type PresetList, sameContent, withAdded, withChanged } from './list';
import { sameName } from './name';

/** What becomes of a preset whose name one of one's own has. */
export type OnSameName = 'rename' | 'replace';

export interface ImportPlan {
  /** Names that are not taken. */
  readonly fresh: readonly FilePreset[];
  /** Names that one's own have, for other settings. */
  readonly named: readonly FilePreset[];
  /** There already, all alike. */
  readonly same: readonly FilePreset[];
  /** Beyond what one can have. */
  readonly over: number;
}

/**
 * `over`: how many of the fresh and the named would not fit; those whose name is taken count as if they were all
 * added.
 */
export function planImport({ presets }: Pick<PresetFile, 'presets'>, list: PresetList): ImportPlan {
  const fresh: FilePreset[] = [];
  const named: FilePreset[] = [];
  const same: FilePreset[] = [];
  for (const preset of presets) {
    const own = list.presets.find((known) => sameName(known.name, preset.name));
    if (own === undefined) fresh.push(preset);
    else if (sameContent(own, preset)) same.push(preset);
    else named.push(preset);
  }
  const room = MOST_PRESETS - list.presets.length;
  return { fresh, named, same, over: Math.max(0, fresh.length + named.length - room) };
}

/** Both can be taken: the presets of the plan added or put in place of the ones with their names. */
export function withImported(
  list: PresetList,
  { fresh, named }: ImportPlan,
  onSameName: OnSameName,
  mint: () => PresetId,
  at: number,
): PresetList {
  const added = (before: PresetList, preset: FilePreset): PresetList =>
    withAdded(before, newPreset({ ...preset, id: mint(), at }));
  const put = (before: PresetList, preset: FilePreset): PresetList => {
    const own = ownNamed(before, preset);
    return own === undefined || onSameName === 'rename'
      ? added(before, preset)
      : withChanged(before, own.id, preset, at);
  };
  return named.reduce(put, fresh.reduce(added, list));
}

const ownNamed = (list: PresetList, { name }: FilePreset): OwnPreset | undefined =>
  list.presets.find((known) => sameName(known.name, name));
