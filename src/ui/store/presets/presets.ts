/** What the panel knows of presets: one's own, the file's, and what was done last with them. */
import type { PresetId } from '../../../core/ids';
import type { FileProblem, PresetFile } from '../../../core/presets/file';
import { NO_PRESETS, type OwnPreset, type PresetList, parsePresets, standardPreset } from '../../../core/presets/list';
import { sameName } from '../../../core/presets/name';
import { BUILT_IN_PRESETS, type Preset } from '../../../core/presets/presets';
import { NO_TEAM, readTeam, type TeamPreset, type TeamReading } from '../../../core/presets/team';
import type { SharedRecord } from '../../../protocol/messages';

export interface Presets {
  readonly own: PresetList;
  /** 'newer': another version of the plugin wrote them, and they must not be written over. 'unread': not known. */
  readonly access: 'open' | 'newer' | 'unread';
  /** Saved ones that could not be read; they are kept aside at the next change. */
  readonly damaged: number;
  readonly team: TeamReading;
  /** What was done last, or what keeps it from being done. */
  readonly said: PresetSaid | null;
  /** A file that was read and of which nothing was taken yet. */
  readonly offer: FileOffer | null;
}

export type PresetSaid =
  | { readonly what: 'deleted'; readonly preset: OwnPreset; readonly index: number; readonly standard: boolean }
  | { readonly what: 'imported'; readonly added: number; readonly replaced: number }
  | { readonly what: 'shared'; readonly name: string }
  | { readonly what: 'taken'; readonly name: string }
  | { readonly what: 'unshared'; readonly preset: TeamPreset }
  /** Sharing would write over what somebody else has written since. */
  | { readonly what: 'share-conflict'; readonly own: PresetId; readonly team: TeamPreset }
  /** The file has another preset with this name. */
  | { readonly what: 'share-same-name'; readonly own: PresetId; readonly team: TeamPreset }
  /** One's own have another preset with this name. */
  | { readonly what: 'take-same-name'; readonly team: TeamPreset }
  /** There is no room for another one. */
  | { readonly what: 'full' }
  /** Quick actions named one that is not there any more. */
  | { readonly what: 'missing'; readonly name: string };

export interface FileOffer {
  readonly fileName: string;
  readonly content:
    | { readonly ok: true; readonly file: PresetFile }
    | { readonly ok: false; readonly problem: FileProblem };
}

const NOTHING_KNOWN: Presets = {
  own: NO_PRESETS,
  access: 'unread',
  damaged: 0,
  team: NO_TEAM,
  said: null,
  offer: null,
};

/** From the saved record (undefined: none) and what the document carries. */
export function readPresets(saved: unknown, shared: readonly SharedRecord[]): Presets {
  const read = parsePresets(saved);
  return {
    ...NOTHING_KNOWN,
    own: read.kind === 'list' ? read.list : NO_PRESETS,
    access: read.kind === 'newer' ? 'newer' : 'open',
    damaged: read.kind === 'list' ? read.damaged : read.kind === 'unreadable' ? 1 : 0,
    team: readTeam(shared),
  };
}

/** By id, or by name: one's own before those that everybody has, and these before the file's. */
export function findPreset({ own, team }: Presets, text: string): Preset | null {
  const all: readonly Preset[] = [...own.presets, ...BUILT_IN_PRESETS, ...team.presets];
  return all.find(({ id }) => id === text) ?? all.find(({ name }) => sameName(name, text)) ?? null;
}

/** The one that the panel begins with: the wish from quick actions, or the default. */
export function firstPreset(presets: Presets, wish: string | null): Preset {
  return (wish === null ? null : findPreset(presets, wish)) ?? standardPreset(presets.own);
}

/** False for built-in ones, the file's, and those that are gone. */
export function isOwn({ own }: Presets, id: PresetId): boolean {
  return own.presets.some((preset) => preset.id === id);
}
