/** The states of a batch worth looking at. Made with the panel's own update, so that none is impossible. */
import { batchId, contentHash, fileId, imageHash, jobId, nodeId } from '../../src/core/ids';
import type { JobOrder } from '../../src/core/job/job';
import type { Progress } from '../../src/core/job/progress';
import { STANDARD_PARAMETERS } from '../../src/core/parameters';
import { SETTINGS_KEY } from '../../src/core/records';
import { STANDARD_SETTINGS, TOPAZ_ADDRESS } from '../../src/core/settings';
import type { SelectedPicture, SelectionReport } from '../../src/protocol/selection';
import type { Action } from '../../src/ui/store/action';
import type { Found } from '../../src/ui/store/batch/batch';
import { OPENING, type State } from '../../src/ui/store/state';
import { update } from '../../src/ui/store/update';
import { FACES, type RowPictures } from './studio';

const FILE = fileId('file');
const NAMES = [
  'Team photo 1998',
  'Hero / Landing page / Desktop 1440 / Team section / photo-with-a-very-long-layer-name@2x',
  'Portrait',
  'Avatar',
  'Lake',
  'Scan 12',
];

const layer = (name: string, picture: string): SelectedPicture => ({
  target: { fileId: FILE, nodeId: nodeId(name), paintIndex: 0, imageHash: imageHash(picture) },
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
  forms: { overlay: 'yes', replace: 'yes', layer: 'yes' },
  applied: null,
});

const report = (pictures: readonly SelectedPicture[]): SelectionReport => ({
  pictures,
  unusable: [],
  layers: pictures.length,
  leftOut: 0,
});

export function batchScenes(pictures: RowPictures): Readonly<Record<string, State>> {
  const make = (...actions: readonly Action[]): State => actions.reduce(update, OPENING);
  const opened = (layers: readonly SelectedPicture[]): readonly Action[] => [
    {
      type: 'opened',
      opening: {
        command: 'recover',
        preset: null,
        shared: [],
        records: [{ key: SETTINGS_KEY, value: { ...STANDARD_SETTINGS, service: 'topaz', key: 'sk-0123456789' } }],
        selection: report(layers),
        fileId: FILE,
        fileName: 'Annual report',
        window: null,
      },
    },
    { type: 'account', account: { state: 'known', balance: { available: 128, reserved: 0, total: 128 } } },
  ];
  const collected = (layers: readonly SelectedPicture[]): readonly Action[] => [
    ...opened(layers),
    { type: 'batch-collected', report: report(layers), at: 0 },
  ];
  const known = (faces: number): Found => ({
    state: 'known',
    size: { width: 1200, height: 800 },
    faces: Array.from({ length: faces }, (_, index) => FACES[index % FACES.length] as (typeof FACES)[number]),
    content: contentHash('content'),
    sendAs: 'jpeg',
    look: pictures.look,
    crops: Array.from({ length: Math.min(4, faces) }, (_, index) => pictures.before[index % 3] as ImageBitmap),
  });
  const read = (picture: string, found: Found): Action => ({ type: 'batch-read', picture: imageHash(picture), found });

  const six = [...NAMES.map((name) => layer(name, name)), layer('Team photo, copy', 'Team photo 1998')];
  const half: readonly Action[] = [
    ...collected(six),
    read(NAMES[0] as string, known(3)),
    read(NAMES[1] as string, known(1)),
    read(NAMES[2] as string, { state: 'reading' }),
  ];
  const looked: readonly Action[] = [
    ...half,
    read('Portrait', known(1)),
    read('Avatar', known(7)),
    read('Lake', known(0)),
    read('Scan 12', { state: 'unusable', error: { code: 'picture-damaged', format: 'jpeg' } }),
  ];
  const order = (name: string): JobOrder => ({
    id: jobId(`job of ${name}`),
    workKey: 'key',
    target: layer(name, name).target,
    layerName: name,
    fileName: 'Annual report',
    work: { kind: 'faces', parameters: STANDARD_PARAMETERS },
    preset: 'Balanced',
    address: TOPAZ_ADDRESS,
    input: { width: 1200, height: 800 },
    estimate: 1,
    boxes: null,
    batch: batchId('batch'),
    reuses: null,
    createdAt: 0,
  });
  const plan = {
    parameters: STANDARD_PARAMETERS,
    preset: 'Balanced',
    form: 'overlay',
    address: TOPAZ_ADDRESS,
  } as const;
  const sent = (names: readonly string[]): readonly Action[] => [
    { type: 'batch-started', id: batchId('batch'), plan, at: 0 },
    ...names.map((name): Action => ({ type: 'batch-sent', picture: imageHash(name), order: order(name) })),
  ];
  const progress = (all: Readonly<Record<string, Progress>>, at: number): Action => ({
    type: 'batch-progress',
    progress: new Map(Object.entries(all).map(([name, value]) => [imageHash(name), value])),
    at,
  });
  const delivered = (name: string, faces: number): Action => ({
    type: 'batch-delivered',
    picture: imageHash(name),
    delivered: {
      completion: { credits: 1, output: { width: 1200, height: 800 }, completedAt: 0 },
      faces: (known(faces) as Extract<Found, { state: 'known' }>).faces,
      result: { size: { width: 1200, height: 800 }, scale: 1, change: [], wholeFrameChanged: false },
      crops: Array.from({ length: Math.min(4, faces) }, (_, index) => pictures.after[index % 3] as ImageBitmap),
    },
  });
  const running: readonly Action[] = [
    ...looked,
    ...sent(NAMES.slice(0, 4)),
    progress(
      {
        [NAMES[0] as string]: { stage: 'restoring', fraction: 0.6, secondsLeft: 8 },
        [NAMES[1] as string]: { stage: 'uploading', fraction: 0.4, secondsLeft: null },
        [NAMES[3] as string]: { stage: 'in-line', fraction: null, secondsLeft: null },
      },
      9_000,
    ),
    delivered('Portrait', 1),
  ];
  const done: readonly Action[] = [
    ...running,
    delivered(NAMES[0] as string, 3),
    { type: 'batch-failed', picture: imageHash(NAMES[1] as string), error: { code: 'job-failed', message: '' } },
    delivered('Avatar', 7),
    { type: 'batch-keep', picture: imageHash('Portrait'), on: false },
  ];
  const on = (name: string, copies: number): Action => ({
    type: 'batch-placed',
    picture: imageHash(name),
    placed: Array.from({ length: copies }, () => ({ state: 'on', nodeId: nodeId(name), form: 'overlay' })),
  });
  const forty = Array.from({ length: 40 }, (_, index) => {
    const name = `${NAMES[index % 4] ?? ''} ${index + 1}`;
    return layer(name, name);
  });
  const manyLooked = [...collected(forty), ...forty.map(({ layerName }, index) => read(layerName, known(index % 5)))];

  return {
    'batch-collecting': make(...opened(six)),
    'batch-survey-reading': make(...half),
    'batch-survey': make(...looked),
    'batch-survey-cap': make(...looked, { type: 'batch-cap', cap: 2 }),
    'batch-survey-other-selection': make(...looked, {
      type: 'selection',
      selection: report([layer('Other', 'other')]),
    }),
    'batch-survey-40': make(...manyLooked),
    'batch-page-empty': make(
      ...opened([]),
      { type: 'batch-opened', scope: 'page' },
      { type: 'batch-collected', report: report([]), at: 0 },
    ),
    'batch-running': make(...running),
    'batch-cancelling': make(...running, { type: 'batch-cancelling', picture: null }),
    'batch-done': make(...done),
    'batch-uncertain': make(
      ...running,
      { type: 'batch-failed', picture: imageHash(NAMES[0] as string), error: { code: 'job-uncertain' } },
      {
        type: 'batch-failed',
        picture: imageHash(NAMES[1] as string),
        error: { code: 'job-cancelled', spent: false },
      },
      { type: 'batch-failed', picture: imageHash('Avatar'), error: { code: 'credits-missing' } },
    ),
    'batch-applying': make(...done, { type: 'batch-writing', writing: { what: 'applying', done: 2, of: 3 } }),
    'batch-applied': make(...done, on(NAMES[0] as string, 2), on('Avatar', 1)),
    'batch-refused': make(...done, on('Avatar', 1), {
      type: 'batch-placed',
      picture: imageHash(NAMES[0] as string),
      placed: [
        { state: 'refused', error: { code: 'layer-changed' } },
        { state: 'refused', error: { code: 'layer-gone' } },
      ],
    }),
    'batch-40-running': make(
      ...manyLooked,
      ...sent(forty.filter((_, index) => index % 5 > 0).map(({ layerName }) => layerName)),
    ),
    'batch-behind': make(...done, { type: 'batch-shown', shown: false }),
  };
}
