/** What is written around presets: their page, what was done with them, and what is wrong with a name or a file. */
import { RANGES } from '../../core/parameters';
import type { FileNote, FileProblem } from '../../core/presets/file';
import { LONGEST_HINT, LONGEST_NAME, type NameProblem } from '../../core/presets/name';

const many = (count: number, one: string, several = `${one}s`): string => `${count} ${count === 1 ? one : several}`;
const presets = (count: number): string => many(count, 'preset');
/** "Ana, 20 Nov", and the day alone where the name is not known. */
const writer = (by: string | null, day: string): string => (by === null ? day : `${by}, ${day}`);

export const PRESETS = {
  title: 'Presets',
  manage: 'Manage presets',
  own: 'Yours',
  team: 'In this file',
  builtIn: 'Built in',
  ownEmpty:
    'Presets that you save stand here, on this computer. Set the parameters of a picture as you like them, then press Save as.',
  teamEmpty: 'Presets that you share stand here, for everybody who opens this file.',
  save: 'Save',
  saveAs: 'Save as\u2026',
  reset: 'Reset',
  name: 'Name',
  hint: 'When to take it',
  saveNew: 'Save preset',
  cancel: 'Cancel',
  use: 'Use',
  rename: 'Rename',
  renamed: 'Save name',
  duplicate: 'Duplicate',
  remove: 'Delete',
  share: 'Share in file',
  update: 'Update in file',
  take: 'Add to yours',
  takeUpdate: 'Take theirs',
  unshare: 'Remove from file',
  up: 'Move up',
  down: 'Move down',
  grip: (name: string): string => `Move ${name}: drag, or hold Alt and press an arrow key`,
  moved: (name: string, place: number, of: number): string => `${name}: place ${place} of ${of}.`,
  standard: (name: string): string => `Begin with ${name}`,
  standardIs: 'The panel begins with this one.',
  inUse: 'in use',
  about: (what: string, name: string): string => `${what}: ${name}`,
  import: 'Import\u2026',
  export: 'Export',
  fileName: (day: string): string => `recover-faces-presets-${day}.json`,
  newer: 'Your presets were saved by a newer version of this plugin. Update the plugin to see and change them.',
  damaged: (count: number): string =>
    `${presets(count)} could not be read. ${count === 1 ? 'It is' : 'They are'} kept as ${count === 1 ? 'it is' : 'they are'}, and not in this list.`,
  teamUnread: (count: number): string => `${presets(count)} of this file cannot be read by this version of the plugin.`,
  by: (by: string | null, day: string): string => writer(by, day),

  deleted: (name: string): string => `\u201c${name}\u201d is deleted.`,
  undo: 'Undo',
  imported: (added: number, replaced: number): string =>
    [`${presets(added)} added.`, ...(replaced > 0 ? [`${replaced} replaced.`] : [])].join(' '),
  shared: (name: string): string => `\u201c${name}\u201d is in this file now, for everybody who opens it.`,
  taken: (name: string): string => `\u201c${name}\u201d is one of yours now.`,
  unshared: (name: string): string => `\u201c${name}\u201d is no longer in this file.`,
  missing: (name: string): string => `The preset \u201c${name}\u201d is not there any more.`,
  full: 'There is room for 200 presets of your own. Delete one first.',
  changedSince: (by: string | null, day: string): string =>
    `The one in this file was changed (${writer(by, day)}) since you took it.`,
  changedBoth: (by: string | null, day: string): string =>
    `You changed it, and so did somebody else in this file (${writer(by, day)}).`,
  changedHere: 'Changed by you since',
  changedThere: 'Changed in this file',
  sharedAlready: 'In this file',
  goneFromFile: 'No longer in this file',
  sameName: (name: string): string => `You have another one with the name \u201c${name}\u201d.`,
  shareConflict: (name: string, by: string | null, day: string): string =>
    `\u201c${name}\u201d in this file was changed (${writer(by, day)}) since you took it. Sharing yours would replace it for everybody.`,
  shareSameName: (name: string, by: string | null, day: string): string =>
    `This file has another preset with the name \u201c${name}\u201d (${writer(by, day)}).`,
  replaceTheirs: 'Replace theirs',
  replaceMine: 'Replace mine',
  keepBoth: 'Keep both',

  offer: (file: string): string => `From \u201c${file}\u201d`,
  offered: (fresh: number): string => (fresh === 0 ? 'No new preset.' : `${presets(fresh)} can be added.`),
  offeredSame: (count: number): string => `${count === 1 ? '1 is' : `${count} are`} already there, all alike.`,
  offeredLeft: (count: number): string => `${count === 1 ? '1 entry is' : `${count} entries are`} left out.`,
  offeredOver: (count: number): string => `${presets(count)} will not fit: you can have 200.`,
  onSameName: (count: number): string => `${count === 1 ? '1 has a name' : `${count} have names`} that you use already`,
  renameBoth: 'Add with another name',
  renameBothText: 'A number is put behind the name. Yours stay as they are.',
  replace: 'Replace mine',
  replaceText: 'Yours with the same names take over these settings.',
  notes: 'What is different from the file',
  takeOffer: (count: number): string => `Import ${presets(count)}`,
} as const;

/** Beside the field. */
export function nameText(problem: NameProblem): string {
  switch (problem.code) {
    case 'empty':
      return 'Type a name.';
    case 'long':
      return `A name has at most ${LONGEST_NAME} characters; this one has ${problem.length}.`;
    case 'taken':
      return problem.builtIn ? 'A built-in preset has this name.' : 'You have a preset with this name.';
  }
}

/** Why nothing can be taken of a file. */
export function fileProblemText(problem: FileProblem): string {
  switch (problem.code) {
    case 'large':
      return 'This file is too large to be one of presets. Nothing was imported.';
    case 'empty':
      return 'This file is empty. Nothing was imported.';
    case 'syntax':
      return `Line ${problem.line} cannot be read: a comma, a bracket or a quotation mark may be missing or too many. Nothing was imported.`;
    case 'other':
      return 'This is not a file of Recover Faces presets. Nothing was imported.';
    case 'newer':
      return 'This file was made by a newer version of the plugin. Update the plugin to import it. Nothing was imported.';
  }
}

/** "Line 12: strength 1.4 is above 1: taken as 1." */
export function noteText(note: FileNote): string {
  return `Line ${note.line}: ${noteOf(note)}`;
}

function noteOf(note: FileNote): string {
  switch (note.code) {
    case 'no-preset':
      return 'this is not a preset: left out.';
    case 'name-missing':
      return 'name is missing: left out.';
    case 'name-long':
      return `the name has ${note.length} characters: shortened to ${LONGEST_NAME}.`;
    case 'hint-unusable':
      return 'hint is no text: ignored.';
    case 'hint-long':
      return `the hint has ${note.length} characters: shortened to ${LONGEST_HINT}.`;
    case 'parameters-missing':
      return 'parameters are missing: left out.';
    case 'missing':
      return `${RANGES[note.name].wire} is missing: taken as ${note.to}.`;
    case 'no-number':
      return `${RANGES[note.name].wire} is no number: taken as ${note.to}.`;
    case 'corrected': {
      const { min, max, wire } = RANGES[note.name];
      if (note.from > max) return `${wire} ${note.from} is above ${max}: taken as ${note.to}.`;
      if (note.from < min) return `${wire} ${note.from} is below ${min}: taken as ${note.to}.`;
      return `${wire} ${note.from} is not a whole number: taken as ${note.to}.`;
    }
    case 'unknown':
      return `\u201c${note.name}\u201d is not known: ignored.`;
    case 'twice':
      return `${note.name} stands twice: the last one is taken.`;
    case 'too-many':
      return 'more than 200 presets in one file: those from here on are left out.';
  }
}
