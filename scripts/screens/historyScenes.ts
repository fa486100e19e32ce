/** Results that lie on the canvas: in the history, on the selected layer, after a command without a panel. */
import { contentHash, fileId, imageHash, jobId, nodeId, processId } from '../../src/core/ids';
import type { Job } from '../../src/core/job/job';
import { STANDARD_PARAMETERS } from '../../src/core/parameters';
import type { Recipe } from '../../src/core/recipe';
import { jobKey } from '../../src/core/records';
import { LOCAL_KEY, TOPAZ_ADDRESS } from '../../src/core/settings';
import type { PlacedResult } from '../../src/protocol/selection';
import type { Action } from '../../src/ui/store/action';
import { OPENING, type State } from '../../src/ui/store/state';
import { update } from '../../src/ui/store/update';

const DAY = 24 * 60 * 60_000;
const NOW = Date.UTC(2026, 10, 20, 12);
const ALL = { overlay: 'yes', replace: 'yes', layer: 'yes' } as const;
const NAMES = [
  'Portrait of Ada',
  'Team photo 1998',
  'Passport',
  'Grandmother 1943',
  'Hero / Desktop 1440 / photo-of-the-whole-team@2x',
];
const PRESETS = ['Balanced', 'Realistic', null, 'Old scan'] as const;

const recipe = (number: number, change: Partial<Recipe> = {}): Recipe => ({
  v: 1,
  form: 'overlay',
  sourceHash: imageHash(`source ${number}`),
  resultHash: imageHash(`result ${number}`),
  jobId: jobId(`job ${number}`),
  work: { kind: 'faces', parameters: STANDARD_PARAMETERS },
  preset: PRESETS[number % PRESETS.length] ?? null,
  faces: 1 + (number % 4),
  credits: 1,
  service: 'Topaz Labs',
  appliedAt: NOW - number * DAY * 0.7,
  ...change,
});

function placed(number: number, change: Partial<PlacedResult> = {}): PlacedResult {
  const layerName = NAMES[number % NAMES.length] as string;
  return {
    target: {
      fileId: fileId('file'),
      nodeId: nodeId(`layer ${number}`),
      paintIndex: 0,
      imageHash: imageHash(`source ${number}`),
    },
    layerName,
    layerKind: 'RECTANGLE',
    size: { width: 1200, height: 800 },
    scaleMode: 'FILL',
    opacity: 1,
    blendMode: 'NORMAL',
    visible: true,
    locked: false,
    paintStyle: null,
    instances: 0,
    forms: ALL,
    applied: recipe(number),
    pageName: number % 3 === 2 ? 'Covers, second round' : 'Page 1',
    ...change,
  };
}

/** Done, and kept at the service for `age` milliseconds by now. */
function job(number: number, age: number, address: string = TOPAZ_ADDRESS): Job {
  const { target, layerName } = placed(number);
  const at = NOW - age;
  return {
    v: 1,
    id: jobId(`job ${number}`),
    order: {
      id: jobId(`job ${number}`),
      workKey: `work ${number}`,
      target,
      layerName,
      fileName: 'Annual report',
      work: { kind: 'faces', parameters: STANDARD_PARAMETERS },
      preset: 'Balanced',
      address,
      input: { width: 1200, height: 800 },
      estimate: 1,
      boxes: null,
      batch: null,
      reuses: null,
      createdAt: at,
    },
    state: {
      name: 'DONE',
      attempt: { number: 1, tag: LOCAL_KEY, submittedAt: at },
      acceptance: { processId: processId('p'), acceptedAt: at, duration: 8 },
      completion: { credits: 1, output: null, completedAt: at },
      placedAt: at,
    },
    attempts: 1,
    resubmits: 0,
    changedAt: at,
  };
}

/** `begin`: an opening with a picture selected, and what brings it into hand with its faces. */
export function historyScenes([first, ...picked]: readonly Action[]): Readonly<Record<string, State>> {
  if (first?.type !== 'opened') throw new Error('The scenes begin with an opening.');
  const { opening } = first;
  const jobs = [job(0, DAY), job(1, 9 * DAY), job(2, DAY, 'http://localhost:4141'), job(90, 2 * DAY)];
  const known = [...opening.records, ...jobs.map((value) => ({ key: jobKey(value.id), value }))];
  const make = (...actions: readonly Action[]): State => actions.reduce(update, OPENING);
  const open: Action = { type: 'opened', opening: { ...opening, records: known } };
  const page: Action = { type: 'page', page: 'history' };
  const found = (results: readonly PlacedResult[], unread = 0, looking = false): Action => ({
    type: 'history',
    history: { state: 'known', report: { results, leftOut: 0, unread }, at: NOW, looking },
  });
  const many = (count: number): readonly PlacedResult[] => Array.from({ length: count }, (_, number) => placed(number));
  const carrying = (change: Partial<Recipe>, at: number = NOW): State => {
    const [selected] = opening.selection.pictures;
    if (selected === undefined) throw new Error('No picture is selected.');
    const pictures = [{ ...selected, applied: recipe(0, change) }];
    const read: Action = {
      type: 'opened',
      opening: { ...opening, records: known, selection: { ...opening.selection, pictures } },
    };
    return make(read, ...picked, {
      type: 'subject-hashed',
      target: selected.target,
      content: contentHash('c'.repeat(64)),
      at,
    });
  };
  return {
    'history-results': make(open, page, found(many(3), 2)),
    'history-40-rows': make(open, page, found(many(41))),
    'history-reading': make(first, page),
    'history-empty': make(first, page, found([])),
    'history-empty-page': make(first, page, found([], 4)),
    'history-looking': make(first, page, found(many(2), 4, true)),
    'history-failed': make(first, page, {
      type: 'history',
      history: { state: 'failed', error: { code: 'host-silent' } },
    }),
    'history-layer-gone': make(open, page, found(many(2)), { type: 'trouble', error: { code: 'layer-gone' } }),
    'carried-free': carrying({}),
    'carried-gone': carrying({ jobId: jobId('job 1') }),
    'carried-gone-replaced': carrying({ jobId: jobId('job 1'), form: 'replace' }),
    'carried-elsewhere': carrying({ jobId: jobId('job 2') }),
    'now-decision': make(first, ...picked, { type: 'trouble', error: { code: 'decision-needed', credits: 2 } }),
  };
}
