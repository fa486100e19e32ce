/**
 * A person's own presets: an ordered list with the one that is chosen at the opening. Every change gives a new list, and
 * keeps names unique; what a list holds is written down as one record.
 */
import { type PresetId, presetId } from '../ids';
import { type FaceParameters, parseParameters, sameParameters } from '../parameters';
import { characters, freeName, LONGEST_HINT, LONGEST_NAME, shortened, tidyLine } from './name';
import { BALANCED, BUILT_IN_PRESETS, type Preset } from './presets';

export interface OwnPreset extends Preset {
  readonly v: 1;
  /** Unix milliseconds. */
  readonly createdAt: number;
  readonly changedAt: number;
  /** The team's preset that it was taken from or shared as. */
  readonly team: TeamLink | null;
}

export interface TeamLink {
  readonly id: PresetId;
  /** When the team's was last written, as it was then; unix milliseconds of its writer. */
  readonly at: number;
  /** `changedAt` of one's own at that moment. */
  readonly mine: number;
}

export interface PresetList {
  readonly v: 1;
  readonly presets: readonly OwnPreset[];
  /** Chosen at the opening: an own one or one that everybody has. */
  readonly standard: PresetId;
}

/** More would not be found again, and the storage is shared with the jobs. */
export const MOST_PRESETS = 200;

export const NO_PRESETS: PresetList = { v: 1, presets: [], standard: BALANCED.id };

/** Null also for a built-in preset's id. */
export function findOwn(list: PresetList, id: PresetId): OwnPreset | null {
  return list.presets.find((preset) => preset.id === id) ?? null;
}

/** The preset of the opening. */
export function standardPreset(list: PresetList): Preset {
  return [...list.presets, ...BUILT_IN_PRESETS].find(({ id }) => id === list.standard) ?? BALANCED;
}

/** What a new preset is made of; `at`: unix milliseconds. */
export interface NewPreset {
  readonly id: PresetId;
  readonly name: string;
  readonly hint: string;
  readonly parameters: FaceParameters;
  readonly at: number;
  readonly team?: TeamLink | null;
}

/** The name is taken as it is: `withAdded` makes it unique. */
export function newPreset({ id, name, hint, parameters, at, team = null }: NewPreset): OwnPreset {
  return { v: 1, id, name, hint, parameters: plain(parameters), createdAt: at, changedAt: at, team };
}

/** With the preset at a place, last when none is given. Its name is made unique. A full list stays as it is. */
export function withAdded(list: PresetList, preset: OwnPreset, index = list.presets.length): PresetList {
  if (list.presets.length >= MOST_PRESETS || findOwn(list, preset.id) !== null) return list;
  const named = { ...preset, name: freeName(preset.name, [...BUILT_IN_PRESETS, ...list.presets]) };
  return { ...list, presets: [...list.presets.slice(0, index), named, ...list.presets.slice(index)] };
}

export type PresetChange = Partial<Pick<OwnPreset, 'name' | 'hint' | 'parameters'>>;

/** The name is made unique beside the others. `at`: unix milliseconds. */
export function withChanged(list: PresetList, id: PresetId, change: PresetChange, at: number): PresetList {
  const others = list.presets.filter((preset) => preset.id !== id);
  return mapped(list, id, (preset) => ({
    ...preset,
    name: change.name === undefined ? preset.name : freeName(change.name, [...BUILT_IN_PRESETS, ...others]),
    hint: change.hint === undefined ? preset.hint : shortened(tidyLine(change.hint), LONGEST_HINT),
    parameters: change.parameters === undefined ? preset.parameters : plain(change.parameters),
    changedAt: at,
  }));
}

/** Null ends the tie. Not a change of the preset itself: `changedAt` stays. */
export function withTeam(list: PresetList, id: PresetId, team: TeamLink | null): PresetList {
  return mapped(list, id, (preset) => ({ ...preset, team }));
}

/** A copy right behind it. */
export function withDuplicate(list: PresetList, id: PresetId, copy: PresetId, at: number): PresetList {
  const index = list.presets.findIndex((preset) => preset.id === id);
  const preset = list.presets[index];
  if (preset === undefined) return list;
  return withAdded(list, newPreset({ ...preset, id: copy, at, team: null }), index + 1);
}

/** To a place from 0 on, in the list without it; beyond the ends it stops there. */
export function withMoved(list: PresetList, id: PresetId, to: number): PresetList {
  const preset = findOwn(list, id);
  if (preset === null) return list;
  const others = list.presets.filter((other) => other !== preset);
  const index = Math.min(others.length, Math.max(0, to));
  return { ...list, presets: [...others.slice(0, index), preset, ...others.slice(index)] };
}

/** Where the preset of the opening was the one that goes, it is *Balanced* again. */
export function withoutPreset(list: PresetList, id: PresetId): PresetList {
  const presets = list.presets.filter((preset) => preset.id !== id);
  return { ...list, presets, standard: list.standard === id ? BALANCED.id : list.standard };
}

/** An own or a built-in one; an id that nobody has leaves the list as it is. */
export function withStandard(list: PresetList, id: PresetId): PresetList {
  const known = findOwn(list, id) !== null || BUILT_IN_PRESETS.some((preset) => preset.id === id);
  return known ? { ...list, standard: id } : list;
}

/** The same name, hint and numbers. */
export function sameContent(one: Omit<Preset, 'id'>, other: Omit<Preset, 'id'>): boolean {
  return one.name === other.name && one.hint === other.hint && sameParameters(one.parameters, other.parameters);
}

/** A reference picture shows one person: it is no part of a preset. */
export function plain(parameters: FaceParameters): FaceParameters {
  return { ...parameters, referenceUri: null };
}

function mapped(list: PresetList, id: PresetId, change: (preset: OwnPreset) => OwnPreset): PresetList {
  return { ...list, presets: list.presets.map((preset) => (preset.id === id ? change(preset) : preset)) };
}

export type SavedPresets =
  /** `damaged`: entries that could not be read and are not in the list. */
  | { readonly kind: 'list'; readonly list: PresetList; readonly damaged: number }
  /** A newer version of the plugin wrote it: it must not be written over. */
  | { readonly kind: 'newer' }
  | { readonly kind: 'unreadable' };

/** The record of a list from saved data; nothing saved is an empty list. */
export function parsePresets(input: unknown): SavedPresets {
  if (input === undefined || input === null) return { kind: 'list', list: NO_PRESETS, damaged: 0 };
  const saved = object(input);
  if (typeof saved?.['v'] === 'number' && saved['v'] > 1) return { kind: 'newer' };
  if (saved?.['v'] !== 1 || !Array.isArray(saved['presets'])) return { kind: 'unreadable' };
  let list = NO_PRESETS;
  for (const entry of saved['presets'] as unknown[]) {
    const preset = parseOwn(entry);
    if (preset !== null) list = withAdded(list, preset);
  }
  const { standard } = saved;
  if (typeof standard === 'string') list = withStandard(list, presetId(standard));
  return { kind: 'list', list, damaged: saved['presets'].length - list.presets.length };
}

function parseOwn(input: unknown): OwnPreset | null {
  const saved = object(input);
  if (saved === null || saved['v'] !== 1 || typeof saved['id'] !== 'string' || saved['id'] === '') return null;
  const { name, hint, createdAt, changedAt } = saved;
  if (typeof name !== 'string' || tidyLine(name) === '' || characters(name) > LONGEST_NAME) return null;
  if (!isTime(createdAt) || !isTime(changedAt) || object(saved['parameters']) === null) return null;
  return {
    v: 1,
    id: presetId(saved['id']),
    name: tidyLine(name),
    hint: typeof hint === 'string' ? shortened(tidyLine(hint), LONGEST_HINT) : '',
    parameters: plain(parseParameters(saved['parameters']).parameters),
    createdAt,
    changedAt,
    team: parseLink(saved['team']),
  };
}

function parseLink(input: unknown): TeamLink | null {
  const saved = object(input);
  if (saved === null || typeof saved['id'] !== 'string' || !isTime(saved['at']) || !isTime(saved['mine'])) return null;
  return { id: presetId(saved['id']), at: saved['at'], mine: saved['mine'] };
}

const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

function object(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}
