/** Every state of the panel worth looking at, by name. Made with the panel's own update, so that none is impossible. */
import type { PluginError } from '../../src/core/errors';
import { fileId, imageHash, jobId, nodeId, processId } from '../../src/core/ids';
import type { JobOrder } from '../../src/core/job/job';
import type { Progress } from '../../src/core/job/progress';
import { STANDARD_PARAMETERS } from '../../src/core/parameters';
import { SETTINGS_KEY } from '../../src/core/records';
import { type Settings, STANDARD_SETTINGS, TOPAZ_ADDRESS } from '../../src/core/settings';
import type { Face } from '../../src/pixels/face';
import type { Standing } from '../../src/protocol/messages';
import type { SelectedPicture, SelectionReport, UnusableReason } from '../../src/protocol/selection';
import type { Action } from '../../src/ui/store/action';
import type { RunningRun } from '../../src/ui/store/runs/run';
import { OPENING, type State } from '../../src/ui/store/state';
import { update } from '../../src/ui/store/update';
import { enhanceScenes } from './enhanceScenes';
import { historyScenes } from './historyScenes';
import { jobScenes } from './jobScenes';
import { looksScenes } from './looksScenes';
import { presetScenes } from './presetScenes';
import { FACES, picture } from './studio';

const FILE = fileId('file');
const ALL = { overlay: 'yes', replace: 'yes', layer: 'yes' } as const;

const selected = (name: string, change: Partial<SelectedPicture> = {}, paintIndex = 0): SelectedPicture => ({
  target: { fileId: FILE, nodeId: nodeId(name), paintIndex, imageHash: imageHash(`hash of ${name} ${paintIndex}`) },
  layerName: name,
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
  applied: null,
  ...change,
});

const report = (...pictures: readonly SelectedPicture[]): SelectionReport => ({
  pictures,
  unusable: [],
  layers: pictures.length,
  leftOut: 0,
});

const GROUP_LAYER = selected('Team photo 1998');

const topaz = { ...STANDARD_SETTINGS, service: 'topaz', key: 'sk-0123456789abcdef' } as const;
const local = { ...STANDARD_SETTINGS, service: 'local' } as const;
const relay = {
  ...STANDARD_SETTINGS,
  service: 'relay',
  relayAddress: 'https://faces.studio.example',
  relayToken: 'token',
} as const;

export function scenes(thumbnail: Uint8Array): Readonly<Record<string, State>> {
  const opened = (selection: SelectionReport, settings: Settings = topaz): Action => ({
    type: 'opened',
    opening: {
      command: 'recover',
      preset: null,
      shared: [],
      records: [{ key: SETTINGS_KEY, value: settings }],
      selection,
      fileId: FILE,
      fileName: 'Annual report',
      window: null,
    },
  });
  const known: Action = {
    type: 'account',
    account: { state: 'known', balance: { available: 128, reserved: 0, total: 128 } },
  };
  const make = (...actions: readonly Action[]): State => actions.reduce(update, OPENING);
  const seen = (layer: SelectedPicture): Action => ({
    type: 'thumbnail',
    nodeId: layer.target.nodeId,
    bytes: thumbnail,
  });
  const withFaces = (
    faces: readonly Face[],
    layer = GROUP_LAYER,
    more: readonly SelectedPicture[] = [],
  ): readonly Action[] => [
    opened(report(layer, ...more)),
    known,
    ...[layer, ...more].map(seen),
    { type: 'subject-chosen', target: layer.target },
    { type: 'subject-read', target: layer.target, picture: picture(1) },
    { type: 'subject-searched', target: layer.target, faces },
  ];
  const running = (layer: SelectedPicture, faces: readonly Face[] = FACES, resumed = false): Action => ({
    type: 'run-started',
    run: run(layer, faces, resumed),
  });
  const progress = (value: Progress): Action => ({ type: 'run-progress', id: ID, progress: value });
  const ready: Action = {
    type: 'run-ready',
    id: ID,
    bytes: null,
    completion: { credits: 1, output: { width: 1200, height: 800 }, completedAt: 0 },
  };
  const delivered = (change: readonly number[], faces: readonly Face[] = FACES): readonly Action[] => [
    ready,
    {
      type: 'run-opened',
      id: ID,
      material: { picture: picture(1), faces },
      result: { id: 1, pictureId: 1, size: { width: 1200, height: 800 }, scale: 1, wholeFrameChanged: false, change },
    },
  ];
  const standing = (state: Standing['state']): Action => ({
    type: 'run-standing',
    id: ID,
    standing: { state, now: state === 'gone' ? null : GROUP_LAYER },
  });
  const problem = (error: PluginError): State =>
    make(...withFaces(FACES), running(GROUP_LAYER), { type: 'run-failed', id: ID, error });
  const unusable = (name: string, reason: UnusableReason) => ({
    nodeId: nodeId(name),
    layerName: name,
    layerKind: 'TEXT',
    reason,
  });
  const review = [...withFaces(FACES), running(GROUP_LAYER), ...delivered([0.2, 0.7, 0.3])];
  const long = selected('Hero / Landing page / Desktop 1440 / Team section / photo-with-a-very-long-layer-name@2x');
  const inside = selected('Avatar', {
    layerKind: 'INSTANCE',
    forms: { overlay: 'fill-blended', replace: 'yes', layer: 'in-instance' },
  });
  const spread = Array.from({ length: 12 }, (_, index) => ({
    ...(FACES[0] as Face),
    box: {
      x: (index % 6) * 190 + 40,
      y: Math.floor(index / 6) * 400 + 60,
      width: 90 + index * 6,
      height: 120 + index * 8,
    },
  }));
  const edit = (face: number | null): Action => ({ type: 'faces-opened', selected: face });
  const done: Action = { type: 'faces-done' };
  const crowd = Array.from({ length: 12 }, (_, index) => FACES[index % FACES.length] as Face);

  return {
    ...presetScenes(withFaces(FACES)),
    ...historyScenes(withFaces(FACES)),
    ...looksScenes(withFaces, (faces) => run(GROUP_LAYER, faces, false)),
    ...jobScenes([{ type: 'selection', selection: report(GROUP_LAYER) }, ...withFaces(FACES).slice(1)]),
    broken: make({ type: 'opening-failed', error: { code: 'host-silent' } }),
    'first-run': make(opened(report(), STANDARD_SETTINGS)),
    'first-run-refused': make(opened(report(), STANDARD_SETTINGS), {
      type: 'trial',
      trial: { state: 'failed', service: 'topaz', error: { code: 'key-refused' } },
    }),
    start: make(opened(report()), known),
    'start-unusable': make(
      opened({
        pictures: [],
        unusable: [unusable('Headline', 'text'), unusable('Card', 'only-inside'), unusable('Intro film', 'video')],
        layers: 3,
        leftOut: 0,
      }),
      known,
    ),
    'start-result-ready': make(opened(report()), known, running(GROUP_LAYER, FACES, true), ready),
    selection: make(...withFaces(FACES)),
    'selection-searching': make(...withFaces(FACES).slice(0, -1)),
    'selection-no-face': make(...withFaces([])),
    'selection-large-face': make(
      ...withFaces([{ ...(FACES[0] as Face), box: { x: 100, y: 50, width: 640, height: 690 } }]),
    ),
    'selection-small-face': make(
      ...withFaces([FACES[1] as Face, { ...(FACES[2] as Face), box: { x: 1030, y: 555, width: 24, height: 28 } }]),
    ),
    'selection-12-faces': make(...withFaces(crowd)),
    'selection-every-size': make(
      ...withFaces([
        { ...(FACES[0] as Face), box: { x: 100, y: 50, width: 640, height: 690 } },
        FACES[1] as Face,
        { ...(FACES[2] as Face), box: { x: 1030, y: 555, width: 24, height: 28 } },
        { ...(FACES[2] as Face), box: { x: 1060, y: 585, width: 18, height: 20 } },
      ]),
    ),
    'selection-none-left': make(...withFaces(FACES.slice(0, 1)), edit(0), { type: 'face-removed', face: 0 }, done),
    faces: make(...withFaces(FACES), edit(null)),
    'faces-selected': make(...withFaces(FACES), edit(1)),
    'faces-removed': make(...withFaces(FACES), edit(null), { type: 'face-removed', face: 1 }),
    'faces-added': make(...withFaces(FACES), edit(null), {
      type: 'face-added',
      box: { x: 590, y: 540, width: 120, height: 150 },
    }),
    'faces-moved': make(...withFaces(FACES), edit(1), {
      type: 'face-changed',
      face: 1,
      box: { x: 700, y: 0, width: 240, height: 300 },
    }),
    'faces-none': make(...withFaces([]), edit(null)),
    'faces-12': make(...withFaces(spread), edit(4)),
    'selection-several': make(
      ...withFaces(FACES, GROUP_LAYER, [
        selected('Team photo 1998', {}, 2),
        long,
        selected('Portrait', { size: { width: 64, height: 80 } }),
      ]),
    ),
    'selection-long-name': make(
      ...withFaces(FACES, { ...long, paintStyle: 'Photo / Duotone', instances: 14, locked: true }),
    ),
    'selection-corrected': make(
      ...withFaces(FACES),
      { type: 'parameter', name: 'strength', value: 3 },
      { type: 'parameter', name: 'noiseSigma', value: 0.06 },
      { type: 'reference', text: 'my face' },
    ),
    'selection-damaged': make(
      opened(report(GROUP_LAYER)),
      known,
      { type: 'subject-chosen', target: GROUP_LAYER.target },
      { type: 'subject-unusable', target: GROUP_LAYER.target, error: { code: 'picture-damaged', format: 'jpeg' } },
    ),
    'selection-restored-before': make(
      ...withFaces(FACES, {
        ...GROUP_LAYER,
        applied: {
          v: 1,
          form: 'overlay',
          sourceHash: imageHash('a'),
          resultHash: imageHash('b'),
          jobId: jobId('c'),
          work: { kind: 'faces', parameters: STANDARD_PARAMETERS },
          preset: 'Balanced',
          faces: 3,
          credits: 1,
          service: 'Topaz Labs',
          appliedAt: Date.UTC(2026, 10, 3, 12),
        },
      }),
    ),
    'selection-cancelled': make(...withFaces(FACES), {
      type: 'trouble',
      error: { code: 'job-cancelled', spent: false },
    }),
    'running-uploading': make(
      ...withFaces(FACES),
      running(GROUP_LAYER),
      progress({ stage: 'uploading', fraction: 0.4, secondsLeft: null }),
    ),
    'running-restoring': make(
      ...withFaces(FACES),
      running(GROUP_LAYER),
      progress({ stage: 'restoring', fraction: 0.6, secondsLeft: 8 }),
    ),
    'running-waiting': make(
      ...withFaces(FACES),
      running(GROUP_LAYER),
      progress({ stage: 'waiting', fraction: null, secondsLeft: 8 }),
    ),
    'running-cancelling': make(...withFaces(FACES), running(GROUP_LAYER), { type: 'run-cancelling', id: ID }),
    ...enhanceScenes({
      picked: (change = {}) => withFaces(FACES, { ...GROUP_LAYER, ...change }),
      first: run(GROUP_LAYER, FACES, false),
      reviewed: review,
    }),
    review: make(...review),
    'review-all-off': make(
      ...review,
      ...FACES.map((_, face): Action => ({ type: 'choice', id: ID, face, change: { on: false } })),
    ),
    'review-one-face': make(
      ...withFaces(FACES.slice(0, 1)),
      running(GROUP_LAYER, FACES.slice(0, 1)),
      ...delivered([0.2], FACES.slice(0, 1)),
    ),
    'review-12-faces': make(
      ...withFaces(crowd),
      running(GROUP_LAYER, crowd),
      ...delivered(
        crowd.map(() => 0.1),
        crowd,
      ),
    ),
    'review-in-instance': make(...withFaces(FACES, inside), running(inside), ...delivered([0.1, 0.1, 0.1])),
    'review-layer-changed': make(...review, { type: 'applying', id: ID }, standing('changed'), {
      type: 'apply-failed',
      id: ID,
      error: { code: 'layer-changed' },
    }),
    'review-layer-gone': make(
      ...withFaces(FACES),
      running(GROUP_LAYER, FACES, true),
      ready,
      standing('gone'),
      ...delivered([0.2, 0.7, 0.3]).slice(1),
      {
        type: 'run-shown',
        id: ID,
      },
    ),
    'review-compare-both': make(...review, standing('changed'), {
      type: 'run-now',
      id: ID,
      picture: picture(2, { width: 600, height: 800 }),
    }),
    applied: make(
      ...review,
      { type: 'applying', id: ID },
      {
        type: 'applied',
        id: ID,
        placement: {
          nodeId: GROUP_LAYER.target.nodeId,
          form: 'overlay',
          resultHash: imageHash('r'),
          notes: ['style-detached', 'overlay-replaced'],
        },
      },
    ),
    'problem-busy': problem({ code: 'service-busy', seconds: 20 }),
    'problem-credits': problem({ code: 'credits-missing' }),
    'problem-uncertain': problem({ code: 'job-uncertain' }),
    'problem-misaligned': problem({ code: 'result-misaligned', reason: 'shifted' }),
    'settings-topaz': make(
      opened(report()),
      known,
      { type: 'page', page: 'settings' },
      { type: 'ledger', ledger: LEDGER },
    ),
    spending: make(opened(report()), known, { type: 'page', page: 'spending' }, { type: 'ledger', ledger: LEDGER }),
    'spending-two-services': make(
      opened(report()),
      known,
      { type: 'page', page: 'spending' },
      {
        type: 'ledger',
        ledger: {
          ...LEDGER,
          lines: [
            ...LEDGER.lines,
            ...LEDGER.lines.map((line) => ({ ...line, job: jobId(`${line.job} local`), address: local.localAddress })),
          ],
        },
      },
    ),
    'spending-charged-twice': make(
      opened(report()),
      known,
      { type: 'page', page: 'spending' },
      {
        type: 'ledger',
        ledger: { ...LEDGER, lines: LEDGER.lines.slice(0, 2).flatMap((line) => [line, { ...line, twin: TWIN }]) },
      },
      { type: 'trouble', error: { code: 'charged-twice', credits: 1, processId: TWIN } },
    ),
    'spending-empty': make(
      opened(report()),
      known,
      { type: 'page', page: 'spending' },
      { type: 'ledger', ledger: { state: 'known', lines: [], damaged: 0, newer: 0 } },
    ),
    'spending-damaged': make(
      opened(report()),
      known,
      { type: 'page', page: 'spending' },
      { type: 'ledger', ledger: { ...LEDGER, lines: LEDGER.lines.slice(0, 3), damaged: 2, newer: 1 } },
    ),
    'spending-unread': make(
      opened(report()),
      known,
      { type: 'page', page: 'spending' },
      { type: 'ledger', ledger: { state: 'failed', error: { code: 'storage-unreadable' } } },
    ),
    'settings-relay': make(
      opened(report(), relay),
      { type: 'page', page: 'settings' },
      {
        type: 'trial',
        trial: { state: 'passed', service: 'relay', balance: { available: 18, reserved: 0, total: 18 } },
      },
    ),
    'settings-local': make(
      opened(report(), local),
      { type: 'page', page: 'settings' },
      {
        type: 'trial',
        trial: {
          state: 'failed',
          service: 'local',
          error: { code: 'host-unreachable', host: 'localhost:4141', local: true },
        },
      },
    ),
  };
}

const ID = jobId('job');

const LAYERS = [
  'Grandmother 1943',
  'Team photo 1998',
  'Hero / Landing page / Desktop 1440 / photo-with-a-very-long-layer-name@2x',
];

/** Two months of two files. */
const TWIN = processId('8d1c3c1e-9f4a-4f9c-b7c5-0b9b0d7f1a11');

const LEDGER = {
  state: 'known',
  lines: Array.from({ length: 44 }, (_, index) => ({
    job: jobId(`job ${index}`),
    at: Date.UTC(2026, 10, 20, 9, 30) - index * 17 * 60 * 60_000,
    credits: index % 7 === 3 ? 12 : 1,
    layer: LAYERS[index % 3] ?? '',
    node: nodeId(`1:${index}`),
    file: index % 4 === 2 ? fileId('other') : FILE,
    fileName: index % 4 === 2 ? 'Campaign autumn 2026, all formats' : 'Annual report',
    address: TOPAZ_ADDRESS,
    preset: index % 5 === 1 ? null : 'Balanced',
  })),
  damaged: 0,
  newer: 0,
} as const;

function run(layer: SelectedPicture, faces: readonly Face[], resumed: boolean): RunningRun {
  const order: JobOrder = {
    id: ID,
    workKey: 'key',
    target: layer.target,
    layerName: layer.layerName,
    fileName: 'Annual report',
    work: { kind: 'faces', parameters: STANDARD_PARAMETERS },
    preset: 'Balanced',
    address: TOPAZ_ADDRESS,
    input: { width: 1200, height: 800 },
    estimate: 1,
    boxes: null,
    batch: null,
    reuses: null,
    createdAt: 0,
  };
  return {
    state: 'running',
    id: ID,
    order,
    job: null,
    forms: layer.forms,
    resumed,
    faces,
    standing: null,
    material: { picture: picture(1), faces },
    progress: { stage: 'preparing', fraction: null, secondsLeft: null },
    cancelling: false,
  };
}
