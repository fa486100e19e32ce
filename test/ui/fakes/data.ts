/** Plain data that many tests start from. */
import { fileId, imageHash, jobId, nodeId } from '../../../src/core/ids';
import type { Job, JobOrder, JobState } from '../../../src/core/job';
import { STANDARD_PARAMETERS } from '../../../src/core/parameters';
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
});

export function opening(change: Partial<Opening> = {}): Opening {
  return {
    command: 'recover',
    settings: LOCAL,
    selection: report(),
    fileId: FILE,
    fileName: 'Annual report',
    jobs: [],
    unreadableJobs: 0,
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
    parameters: STANDARD_PARAMETERS,
    preset: 'Balanced',
    address: LOCAL.localAddress,
    input: { width: 1200, height: 800 },
    estimate: 1,
    createdAt: 1000,
    ...change,
  };
}

export function job(name: string, state: JobState, change: Partial<JobOrder> = {}): Job {
  const made = order(name, change);
  return { v: 1, id: made.id, order: made, state, attempts: 1, resubmits: 0, changedAt: 1000 };
}
