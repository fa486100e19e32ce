/** What goes on or waits behind the view, job by job. Made with the panel's own update, so that none is impossible. */
import { contentHash, type FileId, fileId, imageHash, jobId, nodeId, processId } from '../../src/core/ids';
import type { Job, JobOrder, JobState } from '../../src/core/job/job';
import { workKey } from '../../src/core/job/workKey';
import { STANDARD_PARAMETERS } from '../../src/core/parameters';
import { jobKey, SETTINGS_KEY } from '../../src/core/records';
import { STANDARD_SETTINGS, TOPAZ_ADDRESS } from '../../src/core/settings';
import type { Action } from '../../src/ui/store/action';
import { freshRun } from '../../src/ui/store/runs/run';
import { OPENING, type State } from '../../src/ui/store/state';
import { update } from '../../src/ui/store/update';

const FILE = fileId('file');
const NOW = Date.UTC(2026, 10, 20, 12);
const PAID = Date.UTC(2026, 10, 19, 12);
const CONTENT = contentHash('a'.repeat(64));
const LONG = 'Hero / Landing page / Desktop 1440 / Team section / photo-with-a-very-long-layer-name@2x';

const attempt = { number: 1, tag: 'tag', submittedAt: PAID };
const acceptance = { processId: processId('p'), acceptedAt: PAID, duration: 8 };
const completion = { credits: 1, output: { width: 1200, height: 800 }, completedAt: PAID };
const RUNNING: JobState = { name: 'RUNNING', attempt, acceptance };
const DONE: JobState = { name: 'DONE', attempt, acceptance, completion, placedAt: PAID };

function job(layer: string, state: JobState, file: FileId = FILE, change: Partial<JobOrder> = {}): Job {
  const id = jobId(`job of ${layer} in ${file}`);
  const order: JobOrder = {
    id,
    workKey: `work of ${layer}`,
    target: { fileId: file, nodeId: nodeId(layer), paintIndex: 0, imageHash: imageHash(layer) },
    layerName: layer,
    fileName: file === FILE ? 'Annual report' : file,
    work: { kind: 'faces', parameters: STANDARD_PARAMETERS },
    preset: 'Balanced',
    address: TOPAZ_ADDRESS,
    input: { width: 1200, height: 800 },
    estimate: 1,
    boxes: null,
    batch: null,
    reuses: null,
    createdAt: PAID,
    ...change,
  };
  return { v: 1, id, order, state, attempts: 1, resubmits: 0, changedAt: PAID };
}

/** `picked`: what brings a picture with its faces into hand, after the opening. */
export function jobScenes(picked: readonly Action[]): Readonly<Record<string, State>> {
  const saved = (jobs: readonly Job[]): readonly Action[] => [
    {
      type: 'opened',
      opening: {
        command: 'recover',
        preset: null,
        shared: [],
        records: [
          { key: SETTINGS_KEY, value: { ...STANDARD_SETTINGS, service: 'topaz', key: 'sk-0123456789' } },
          ...jobs.map((value) => ({ key: jobKey(value.id), value })),
        ],
        selection: { pictures: [], unusable: [], layers: 0, leftOut: 0 },
        fileId: FILE,
        fileName: 'Annual report',
        window: null,
      },
    },
    { type: 'lease', lease: 'held' },
    { type: 'jobs-read', jobs: new Map(jobs.map((each) => [each.id, each])), at: NOW },
  ];
  const make = (...actions: readonly Action[]): State => actions.reduce(update, OPENING);
  const resumed = (layer: string): Action => ({
    type: 'run-started',
    run: { ...freshRun(job(layer, RUNNING).order, null, null), job: job(layer, RUNNING), resumed: true },
  });
  const id = (layer: string) => job(layer, RUNNING).id;
  const ready = (layer: string): readonly Action[] => [
    resumed(layer),
    { type: 'run-ready', id: id(layer), bytes: null, completion },
  ];
  const failed = (layer: string, code: 'key-refused' | 'job-unsent' | 'job-uncertain'): readonly Action[] => [
    resumed(layer),
    { type: 'run-failed', id: id(layer), error: { code } },
  ];
  const campaign = fileId('Campaign');
  return {
    'start-1-ready': make(...saved([]), ...ready('Team photo 1998')),
    'start-3-ready': make(...saved([]), ...ready('Team photo 1998'), ...ready(LONG), ...ready('Portrait')),
    'start-applied-behind': make(...saved([]), ...ready('Team photo 1998'), ...ready('Portrait'), {
      type: 'run-opening',
      id: id('Portrait'),
    }),
    'start-resumed': make(
      ...saved([]),
      resumed('Team photo 1998'),
      {
        type: 'run-progress',
        id: id('Team photo 1998'),
        progress: { stage: 'restoring', fraction: 0.6, secondsLeft: 8 },
      },
      ...failed('Portrait', 'key-refused'),
      ...failed(LONG, 'job-unsent'),
    ),
    'start-elsewhere': make(
      ...saved([
        job('Portrait', RUNNING, campaign),
        job('Team photo 1998', RUNNING, campaign),
        job('Old scan', RUNNING, fileId(LONG)),
        job('Scan 12', RUNNING, FILE, { address: STANDARD_SETTINGS.localAddress }),
      ]),
    ),
    'start-watching': make(
      ...saved([
        job('Team photo 1998', RUNNING),
        job(LONG, { name: 'SUBMITTING', attempt }),
        ...['3', '4', '5', '6', '7'].map((name) => job(`Scan ${name}`, RUNNING)),
      ]),
      { type: 'lease', lease: 'elsewhere' },
    ),
    'start-watching-nothing': make(...saved([]), { type: 'lease', lease: 'elsewhere' }),
    opening: make(...saved([]), ...ready('Team photo 1998'), { type: 'run-shown', id: id('Team photo 1998') }),
    'running-resumed': make(...saved([]), resumed('Team photo 1998'), {
      type: 'run-shown',
      id: id('Team photo 1998'),
    }),
    'selection-paid-before': make(
      ...saved([
        job('Team photo 1998', DONE, FILE, {
          workKey: workKey(CONTENT, { kind: 'faces', parameters: STANDARD_PARAMETERS }),
        }),
      ]),
      ...picked,
      ...picked.flatMap((action): readonly Action[] =>
        action.type === 'subject-searched'
          ? [{ type: 'subject-hashed', target: action.target, content: CONTENT, at: NOW }]
          : [],
      ),
    ),
    'selection-window-elsewhere': make(
      ...saved([]),
      ...picked,
      { type: 'lease', lease: 'elsewhere' },
      { type: 'trouble', error: { code: 'window-elsewhere' } },
    ),
    'selection-under-way': make(...saved([]), ...picked, {
      type: 'trouble',
      error: { code: 'work-under-way', fileName: 'Campaign' },
    }),
  };
}
