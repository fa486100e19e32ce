/**
 * Presets as a file to take along or hand on:
 *
 *     { "recover-faces-presets": 1, "presets": [{ "name": ..., "hint": ..., "parameters": { "strength": 0.8, ... } }] }
 *
 * The parameters have the service's own names. Whatever is corrected, ignored or left out is said with its line.
 */
import { corrected, type FaceParameters, NUMBER_PARAMETERS, type NumberParameter, RANGES } from '../parameters';
import { failed, ok, type Result } from '../result';
import { characters, LONGEST_HINT, LONGEST_NAME, shortened, tidyLine } from './name';
import { BALANCED, type Preset } from './presets';
import { type Lined, member, readLined } from './syntax';

const FORMAT = 'recover-faces-presets';
const VERSION = 1;

/** Characters. The longest list of our own has a quarter of it. */
export const LARGEST_FILE = 400_000;
/** Presets taken from one file. */
export const MOST_IN_FILE = 200;

export type FilePreset = Omit<Preset, 'id'>;

/** Nothing of the file can be taken. */
export type FileProblem =
  | { readonly code: 'large' }
  | { readonly code: 'empty' }
  /** No JSON from this line on. */
  | { readonly code: 'syntax'; readonly line: number }
  /** JSON, but of something else. */
  | { readonly code: 'other' }
  | { readonly code: 'newer' };

export type FileNote = { readonly line: number } & (
  | { readonly code: 'no-preset' }
  | { readonly code: 'name-missing' }
  | { readonly code: 'name-long'; readonly length: number }
  | { readonly code: 'hint-unusable' }
  | { readonly code: 'hint-long'; readonly length: number }
  | { readonly code: 'parameters-missing' }
  | { readonly code: 'missing'; readonly name: NumberParameter; readonly to: number }
  | { readonly code: 'no-number'; readonly name: NumberParameter; readonly to: number }
  | { readonly code: 'corrected'; readonly name: NumberParameter; readonly from: number; readonly to: number }
  | { readonly code: 'unknown'; readonly name: string }
  | { readonly code: 'twice'; readonly name: string }
  | { readonly code: 'too-many' }
);

export interface PresetFile {
  readonly presets: readonly FilePreset[];
  /** By line. */
  readonly notes: readonly FileNote[];
  /** Entries that are not among the presets. */
  readonly left: number;
}

/** The text of a file; ends with a line break. */
export function presetFileText(presets: readonly FilePreset[]): string {
  const entries = presets.map(({ name, hint, parameters }) => ({
    name,
    ...(hint === '' ? {} : { hint }),
    parameters: Object.fromEntries(NUMBER_PARAMETERS.map((key) => [RANGES[key].wire, parameters[key]])),
  }));
  return `${JSON.stringify({ [FORMAT]: VERSION, presets: entries }, null, 2)}\n`;
}

/**
 * Never throws. Notes are in the order of the file's lines; a file without a single usable preset is no problem but
 * an empty list.
 */
export function readPresetFile(text: string): Result<PresetFile, FileProblem> {
  if (text.length > LARGEST_FILE) return failed({ code: 'large' });
  if (text.trim() === '') return failed({ code: 'empty' });
  const read = readLined(text);
  if (!read.ok) return failed(read.error.deep ? { code: 'other' } : { code: 'syntax', line: read.error.line });
  const root = read.value;
  const version = plainValue(member(root, FORMAT));
  if (typeof version !== 'number') return failed({ code: 'other' });
  if (version !== VERSION) return failed({ code: version > VERSION ? 'newer' : 'other' });
  const list = member(root, 'presets');
  if (list?.kind !== 'list') return failed({ code: 'other' });

  const notes: FileNote[] = [];
  noteMembers(root, [FORMAT, 'presets'], notes);
  const presets: FilePreset[] = [];
  for (const item of list.items) {
    if (presets.length >= MOST_IN_FILE) {
      notes.push({ line: item.line, code: 'too-many' });
      break;
    }
    const preset = readPreset(item, notes);
    if (preset !== null) presets.push(preset);
  }
  notes.sort((one, other) => one.line - other.line);
  return ok({ presets, notes, left: list.items.length - presets.length });
}

function readPreset(node: Lined, notes: FileNote[]): FilePreset | null {
  const { line } = node;
  if (node.kind !== 'object') {
    notes.push({ line, code: 'no-preset' });
    return null;
  }
  const named = member(node, 'name');
  const name = lineOf(named);
  if (name === '') {
    notes.push({ line: named?.line ?? line, code: 'name-missing' });
    return null;
  }
  const numbers = member(node, 'parameters');
  if (numbers?.kind !== 'object') {
    notes.push({ line: numbers?.line ?? line, code: 'parameters-missing' });
    return null;
  }
  noteMembers(node, ['name', 'hint', 'parameters'], notes);
  if (characters(name) > LONGEST_NAME) {
    notes.push({ line: named?.line ?? line, code: 'name-long', length: characters(name) });
  }
  return {
    name: shortened(name, LONGEST_NAME),
    hint: readHint(member(node, 'hint'), notes),
    parameters: readParameters(numbers, notes),
  };
}

function readHint(node: Lined | null, notes: FileNote[]): string {
  if (node === null) return '';
  const hint = lineOf(node);
  if (hint === '' && plainValue(node) !== '') notes.push({ line: node.line, code: 'hint-unusable' });
  const length = characters(hint);
  if (length > LONGEST_HINT) notes.push({ line: node.line, code: 'hint-long', length });
  return shortened(hint, LONGEST_HINT);
}

function readParameters(node: Lined, notes: FileNote[]): FaceParameters {
  noteMembers(
    node,
    NUMBER_PARAMETERS.map((name) => RANGES[name].wire),
    notes,
  );
  const number = (name: NumberParameter): number => {
    const given = member(node, RANGES[name].wire);
    const from = plainValue(given);
    const to = corrected(name, from);
    const line = given?.line ?? node.line;
    if (given === null) notes.push({ line, code: 'missing', name, to });
    // 1e999 is JSON, and no number that anybody can work with.
    else if (typeof from !== 'number' || !Number.isFinite(from)) notes.push({ line, code: 'no-number', name, to });
    else if (from !== to) notes.push({ line, code: 'corrected', name, from, to });
    return to;
  };
  return {
    ...BALANCED.parameters,
    strength: number('strength'),
    noiseSigma: number('noiseSigma'),
    blurSigma: number('blurSigma'),
    noiseSeed: number('noiseSeed'),
  };
}

/** Says which members are not known, and which stand twice. */
function noteMembers(node: Lined, known: readonly string[], notes: FileNote[]): void {
  if (node.kind !== 'object') return;
  const seen = new Set<string>();
  for (const { name, line } of node.members) {
    if (!known.includes(name)) notes.push({ line, code: 'unknown', name: shortened(tidyLine(name), LONGEST_NAME) });
    else if (seen.has(name)) notes.push({ line, code: 'twice', name });
    seen.add(name);
  }
}

const plainValue = (node: Lined | null): unknown => (node?.kind === 'plain' ? node.value : undefined);

/** One tidy line of text; empty where there is none. */
function lineOf(node: Lined | null): string {
  const value = plainValue(node);
  return typeof value === 'string' ? tidyLine(value) : '';
}
