/**
 * Presets that a file carries for everybody who opens it. One entry each, so that two people who share at the same time
 * stand in each other's way only where they mean the same preset. Who wrote an entry and when is the host's to say.
 */
import { type PresetId, presetId } from '../ids';
import { parseParameters } from '../parameters';
import { type OwnPreset, plain, sameContent, type TeamLink } from './list';
import { characters, LONGEST_HINT, LONGEST_NAME, shortened, tidyLine } from './name';
import type { Preset } from './presets';

/** The entry's key in the document is the preset's id. */
export interface TeamPreset extends Preset {
  /** Who wrote it last, by name; null where the host does not know. */
  readonly by: string | null;
  /** Unix milliseconds of the writer's clock. */
  readonly at: number;
}

/** What is kept in the document of it. */
export interface TeamEntry extends Omit<Preset, 'id'> {
  readonly v: 1;
}

export const TEAM_PRESET_KEYS = 'preset:';

/** `random`: some letters that no other entry of the document has. */
export const teamPresetId = (random: string): PresetId => presetId(TEAM_PRESET_KEYS + random);

/** What is shared of a preset: neither whose it was nor its id, which becomes the entry's key. */
export function teamEntry({ name, hint, parameters }: Preset): TeamEntry {
  return { v: 1, name, hint, parameters: plain(parameters) };
}

export interface TeamReading {
  /** By name. */
  readonly presets: readonly TeamPreset[];
  readonly damaged: number;
  /** Entries of a newer version of the plugin. */
  readonly newer: number;
}

export const NO_TEAM: TeamReading = { presets: [], damaged: 0, newer: 0 };

interface Entry {
  readonly key: string;
  readonly value: unknown;
  readonly by: string | null;
  readonly at: number;
}

/** From what the document carries. */
export function readTeam(entries: readonly Entry[]): TeamReading {
  const presets: TeamPreset[] = [];
  let damaged = 0;
  let newer = 0;
  for (const entry of entries) {
    const preset = parseTeamPreset(entry);
    if (preset === 'newer') newer++;
    else if (preset === null) damaged++;
    else presets.push(preset);
  }
  presets.sort((one, other) => order(one.name.toLowerCase(), other.name.toLowerCase()) || order(one.id, other.id));
  return { presets, damaged, newer };
}

const order = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

function parseTeamPreset({ key, value, by, at }: Entry): TeamPreset | 'newer' | null {
  if (typeof value !== 'object' || value === null) return null;
  const { v, name, hint, parameters } = value as Record<string, unknown>;
  if (typeof v === 'number' && v > 1) return 'newer';
  if (v !== 1 || typeof name !== 'string' || typeof parameters !== 'object' || parameters === null) return null;
  if (tidyLine(name) === '' || characters(name) > LONGEST_NAME || !Number.isFinite(at)) return null;
  return {
    id: presetId(key),
    name: tidyLine(name),
    hint: typeof hint === 'string' ? shortened(tidyLine(hint), LONGEST_HINT) : '',
    parameters: plain(parseParameters(parameters).parameters),
    by: by === null || tidyLine(by) === '' ? null : shortened(tidyLine(by), LONGEST_NAME),
    at,
  };
}

/** What has become of an own preset and the team's one it belongs to. */
export type TeamStanding =
  /** It belongs to none. */
  | 'own'
  | 'same'
  /** Changed here only: sharing again brings the team's up to date. */
  | 'mine'
  /** Changed by somebody else since. */
  | 'theirs'
  /** Changed here and by somebody else: one of the two has to go. */
  | 'both'
  /** The document carries it no longer. */
  | 'gone';

/**
 * By the moments that both had when they were tied (`TeamLink`), never by comparing clocks of two machines. Alike
 * in content is 'same' whatever the times say.
 */
export function teamStanding(own: OwnPreset, team: readonly TeamPreset[]): TeamStanding {
  if (own.team === null) return 'own';
  const theirs = partnerOf(own, team);
  if (theirs === null) return 'gone';
  if (sameContent(own, theirs)) return 'same';
  const mineChanged = own.changedAt !== own.team.mine;
  if (theirs.at === own.team.at) return mineChanged ? 'mine' : 'same';
  return mineChanged ? 'both' : 'theirs';
}

/** The team's preset that an own one belongs to, or null. */
export function partnerOf(own: OwnPreset, team: readonly TeamPreset[]): TeamPreset | null {
  return team.find(({ id }) => id === own.team?.id) ?? null;
}

/** As they are now, own and team's belong together. */
export const linkOf = (own: Pick<OwnPreset, 'changedAt'>, team: Pick<TeamPreset, 'id' | 'at'>): TeamLink => ({
  id: team.id,
  at: team.at,
  mine: own.changedAt,
});
