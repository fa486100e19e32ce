/** What an action makes of the state. Pure: an action that does not fit the state changes nothing. */
import { PRESETS_KEY } from '../../core/records';
import { unreachable } from '../../core/result';
import type { Command } from '../../protocol/messages';
import { NOTHING_SELECTED } from '../../protocol/selection';
import type { Action } from './action';
import { withSelectedBatch } from './batch/begun';
import { withReviewedBatch } from './batch/reviewed';
import { updateBatch } from './batch/update';
import { FIRST_DRAFT, withNumber, withPreset, withReference } from './draft';
import { FIRST_ENHANCE, updateEnhance } from './enhance/enhance';
import { updateFaces } from './faces/update';
import { firstPreset, readPresets } from './presets/presets';
import { saidOf, updatePresets } from './presets/update';
import { parseRecords } from './records/records';
import { updateRuns } from './runs/update';
import type { LeaseState, Page, Ready, State } from './state';
import { updateSelection } from './updateSelection';

/** The same object comes back when nothing has changed. */
export function update(state: State, action: Action): State {
  if (action.type === 'opened') return opened(action.opening);
  if (state.phase !== 'ready') {
    return action.type === 'opening-failed' ? { phase: 'broken', error: action.error } : state;
  }
  const next = updateReady(state, action);
  if (next === state || next.phase !== 'ready') return next;
  return withReviewedBatch(withSelectedBatch(state, next));
}

function opened(opening: Extract<Action, { type: 'opened' }>['opening']): Ready {
  const { settings, jobs, batches, unreadable, newer } = parseRecords(opening.records);
  const known = readPresets(opening.records.find(({ key }) => key === PRESETS_KEY)?.value, opening.shared);
  const ready: Ready = {
    phase: 'ready',
    settings,
    fileId: opening.fileId,
    fileName: opening.fileName,
    window: opening.window,
    account: { state: 'unknown' },
    trial: { state: 'none' },
    selection: NOTHING_SELECTED,
    thumbnails: new Map(),
    subject: null,
    faceEdits: new Map(),
    faceEditor: null,
    draft: withPreset(FIRST_DRAFT, firstPreset(known, opening.preset)),
    enhance: FIRST_ENHANCE,
    presets: { ...known, said: saidOf(known, opening.preset) },
    runs: [],
    front: null,
    cameFrom: 'work',
    batch: null,
    page: pageOf(opening.command),
    ledger: { state: 'unread' },
    history: { state: 'unread' },
    trouble: null,
    lease: 'asking',
    readAt: null,
    jobs,
    batches,
    unreadable,
    newer,
  };
  return withSelectedBatch(null, updateSelection(ready, { type: 'selection', selection: opening.selection }));
}

/** What a command opens the panel at. */
export function pageOf(command: Command): Page {
  return command === 'settings' || command === 'presets' || command === 'history' ? command : 'work';
}

function updateReady(state: Ready, action: Exclude<Action, { type: 'opened' }>): State {
  switch (action.type) {
    // The panel is open already: a late failure of the opening has nothing to say any more.
    case 'opening-failed':
      return state;
    case 'settings':
      return { ...state, settings: action.settings };
    case 'account':
      return { ...state, account: action.account };
    case 'trial':
      return { ...state, trial: action.trial };
    case 'page':
      return { ...state, page: action.page, trial: { state: 'none' } };
    case 'history':
      return { ...state, history: action.history };
    case 'ledger':
      return { ...state, ledger: action.ledger };
    case 'trouble':
      return { ...state, trouble: action.error };
    case 'job-saved':
      return { ...state, jobs: new Map(state.jobs).set(action.job.id, action.job) };
    case 'job-forgotten':
      return { ...state, jobs: new Map([...state.jobs].filter(([id]) => id !== action.id)) };
    case 'jobs-read':
      return { ...state, jobs: withNewer(action.jobs, state.jobs, action.at), readAt: action.at };
    case 'lease':
      return withLease(state, action.lease);
    case 'preset':
    case 'preset-wanted':
    case 'preset-reset':
    case 'presets-own':
    case 'presets-access':
    case 'presets-team':
    case 'presets-said':
    case 'presets-offer':
      return updatePresets(state, action);
    case 'parameter':
      return { ...state, draft: withNumber(state.draft, action.name, action.value) };
    case 'reference':
      return { ...state, draft: withReference(state.draft, action.text) };
    case 'enhance-mode':
    case 'enhance-after':
    case 'enhance-preparing':
    case 'enhance-model':
    case 'enhance-faces':
    case 'enhance-number':
    case 'enhance-times':
    case 'enhance-long':
      return { ...state, enhance: updateEnhance(state.enhance, action) };
    case 'selection':
    case 'thumbnail':
    case 'subject-chosen':
    case 'subject-read':
    case 'subject-searched':
    case 'subject-hashed':
    case 'subject-rested':
    case 'subject-unusable':
      return updateSelection(state, action);
    case 'faces-opened':
    case 'faces-done':
    case 'face-selected':
    case 'face-added':
    case 'face-removed':
    case 'face-changed':
    case 'faces-undone':
      return updateFaces(state, action);
    case 'run-started':
    case 'run-shown':
    case 'run-closed':
    case 'run-progress':
    case 'run-job':
    case 'run-material':
    case 'run-cancelling':
    case 'run-failed':
    case 'run-ready':
    case 'run-opening':
    case 'run-standing':
    case 'run-opened':
    case 'run-rested':
    case 'run-now':
    case 'run-look':
    case 'choice':
    case 'look-all':
    case 'face-drawn':
    case 'blend-all':
    case 'form':
    case 'applying':
    case 'applied':
    case 'apply-failed':
    case 'adjusting':
    case 'reverting':
    case 'reverted':
    case 'revert-failed':
      return updateRuns(state, action);
    case 'batch-opened':
    case 'batch-collected':
    case 'batch-found':
    case 'batch-saved':
    case 'batch-forgotten':
    case 'batch-shown':
    case 'batch-closed':
    case 'batch-read':
    case 'batch-wanted':
    case 'batch-cap':
    case 'batch-form':
    case 'batch-started':
    case 'batch-sent':
    case 'batch-progress':
    case 'batch-delivered':
    case 'batch-failed':
    case 'batch-cancelling':
    case 'batch-keep':
    case 'batch-touched':
    case 'batch-writing':
    case 'batch-placed':
    case 'batch-row-problem':
    case 'batch-problem':
    case 'batch-looked':
      return updateBatch(state, action);
    default:
      return unreachable(action);
  }
}

/** Jobs that another window goes on with are not this one's to show as its own; what was never sent stays here. */
function withLease(state: Ready, lease: LeaseState): Ready {
  const next = state.lease === lease ? state : { ...state, lease };
  if (lease !== 'elsewhere') return next;
  const theirs = state.runs.filter(
    (run) => run.state === 'running' || (run.state === 'ready' && run.resumed && run.id !== state.front),
  );
  return theirs.reduce(
    (before, { id }) =>
      updateRuns(
        before,
        state.jobs.has(id)
          ? { type: 'run-closed', id }
          : { type: 'run-failed', id, error: { code: 'window-elsewhere' } },
      ),
    next,
  );
}

/** What was stored here while the records were being read is newer than what was read. */
function withNewer(read: Ready['jobs'], own: Ready['jobs'], at: number): Ready['jobs'] {
  return new Map([...read, ...[...own].filter(([, job]) => job.changedAt >= at)]);
}
