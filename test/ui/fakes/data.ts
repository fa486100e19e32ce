/** Plain data that many tests start from. */
import type { BatchRecord } from '../../../src/core/batch';
import { fileId, imageHash, jobId, nodeId } from '../../../src/core/ids';
import type { Job, JobOrder, JobState } from '../../../src/core/job/job';
import { STANDARD_PARAMETERS } from '../../../src/core/parameters';
import { batchKey, jobKey, SETTINGS_KEY } from '../../../src/core/records';
import { type Settings, STANDARD_SETTINGS } from '../../../src/core/settings';
import type { Face } from '../../../src/pixels/face';
import type { OpenPicture, OpenResult } from '../../../src/pixels/studio';
import type { Opening } from '../../../src/protocol/messages';
import type { SelectedPicture, SelectionReport } from '../../../src/protocol/selection';

export const FILE = fileId('file-1');

export const LOCAL: Settings = { ...STANDARD_SETTINGS, service: 'local' };

export const face = (x: number, size = 100): Face => ({
  box: { x, y: 10, width: size * 0.8, height: size },
  score: 0.9,
  points: null,
});

export const FACES: readonly Face[] = [face(0), face(200), face(400)];

export function selected(name: string, change: Partial<SelectedPicture> = {}): SelectedPicture {
  return {
    target: { fileId: FILE, nodeId: nodeId(name), paintIndex: 0, imageHash: imageHash(`hash of ${name}`) },
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
    ...change,
  };
}

export const report = (...pictures: readonly SelectedPicture[]): SelectionReport => ({
  pictures,
  unusable: [],
  layers: pictures.length,
  leftOut: 0,
});

/** An opening, with what is saved by name instead of by record. */
export interface Given extends Partial<Opening> {
  readonly settings?: Settings;
  readonly jobs?: readonly Job[];
  readonly batches?: readonly BatchRecord[];
}

export function opening({ settings = LOCAL, jobs = [], batches = [], records = [], ...change }: Given = {}): Opening {
  return {
    command: 'recover',
    preset: null,
    shared: [],
    selection: report(),
    fileId: FILE,
    fileName: 'Annual report',
    window: null,
    records: [
      { key: SETTINGS_KEY, value: settings },
      ...jobs.map((value) => ({ key: jobKey(value.id), value })),
      ...batches.map((value) => ({ key: batchKey(value.id), value })),
      ...records,
    ],
    ...change,
  };
}

export const openPicture = (id: number, change: Partial<OpenPicture> = {}): OpenPicture => ({
  id,
  format: 'jpeg',
  size: { width: 1200, height: 800 },
  animated: false,
  upload: { bytes: new Uint8Array([1, 2, 3]), format: 'jpeg', converted: false },
  ...change,
});

export const openResult = (pictureId: number, change: Partial<OpenResult> = {}): OpenResult => ({
  id: pictureId * 100,
  pictureId,
  size: { width: 1200, height: 800 },
  scale: 1,
  wholeFrameChanged: false,
  change: [0.1, 0.1, 0.1],
  ...change,
});

export const COMPLETION = { credits: 1, output: { width: 1200, height: 800 }, completedAt: 2000 } as const;

export function order(name: string, change: Partial<JobOrder> = {}): JobOrder {
  return {
    id: jobId(`job of ${name}`),
    workKey: 'work',
    target: selected(name).target,
    layerName: name,
    fileName: 'Annual report',
    work: { kind: 'faces', parameters: STANDARD_PARAMETERS },
    preset: 'Balanced',
    address: LOCAL.localAddress,
    input: { width: 1200, height: 800 },
    estimate: 1,
    boxes: null,
    batch: null,
    reuses: null,
    createdAt: 1000,
    ...change,
  };
}

export function job(name: string, state: JobState, change: Partial<JobOrder> = {}): Job {
  const made = order(name, change);
  return { v: 1, id: made.id, order: made, state, attempts: 1, resubmits: 0, changedAt: 1000 };
}
