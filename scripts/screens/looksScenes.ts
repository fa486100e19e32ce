/** Several looks at the same faces, on their way and side by side. Made with the panel's own update. */
import type { PluginError } from '../../src/core/errors';
import { jobId } from '../../src/core/ids';
import type { JobOrder } from '../../src/core/job/job';
import { setOf } from '../../src/core/job/looks';
import type { Progress } from '../../src/core/job/progress';
import { STANDARD_PARAMETERS } from '../../src/core/parameters';
import type { Face } from '../../src/pixels/face';
import type { OpenResult } from '../../src/pixels/studio';
import type { Action } from '../../src/ui/store/action';
import type { OpenLook, RunningRun } from '../../src/ui/store/runs/run';
import { OPENING, type State } from '../../src/ui/store/state';
import { update } from '../../src/ui/store/update';
import { FACES, picture } from './studio';

const COMPLETION = { credits: 1, output: { width: 1200, height: 800 }, completedAt: 0 };

/** `picked`: what brings a picture with these faces into hand, after the opening. `first`: its run as it begins. */
export function looksScenes(
  picked: (faces: readonly Face[]) => readonly Action[],
  first: (faces: readonly Face[]) => RunningRun,
): Readonly<Record<string, State>> {
  const make = (...actions: readonly Action[]): State => actions.reduce(update, OPENING);
  const orderOf = (faces: readonly Face[], place: number): JobOrder => {
    const { order } = first(faces);
    const parameters = { ...STANDARD_PARAMETERS, noiseSeed: place + 1 };
    const own = { ...order, workKey: `${'a'.repeat(64)}|${place}`, work: { kind: 'faces', parameters } as const };
    return place === 0 ? own : { ...own, id: jobId(`look ${place}`), look: { of: setOf(order), place } };
  };
  const begun = (faces: readonly Face[], place: number): Action => {
    const order = orderOf(faces, place);
    return { type: 'run-started', run: { ...first(faces), order, id: order.id } };
  };
  const id = (place: number) => orderOf(FACES, place).id;
  const progress = (place: number, value: Progress): Action => ({
    type: 'run-progress',
    id: id(place),
    progress: value,
  });
  const failed = (place: number, error: PluginError): Action => ({ type: 'run-failed', id: id(place), error });
  const ready = (place: number): Action => ({ type: 'run-ready', id: id(place), bytes: null, completion: COMPLETION });
  const result = (place: number, faces: readonly Face[]): OpenResult => ({
    id: place + 1,
    pictureId: 1,
    size: { width: 1200, height: 800 },
    scale: 1,
    wholeFrameChanged: false,
    change: faces.map((_, index) => ((index + place) % 5 === 3 ? 0.7 : 0.2)),
  });
  const opened = (faces: readonly Face[]): Action => ({
    type: 'run-opened',
    id: id(0),
    material: { picture: picture(1), faces },
    result: result(0, faces),
  });
  const look = (place: number, faces: readonly Face[]): readonly Action[] => {
    const open: OpenLook = { order: orderOf(faces, place), result: result(place, faces), credits: 1 };
    return [ready(place), { type: 'run-look', id: id(0), look: open }];
  };
  const reviewed = (count: number, faces: readonly Face[] = FACES): readonly Action[] => [
    ...picked(faces),
    ...Array.from({ length: count }, (_, place) => begun(faces, place)),
    ready(0),
    opened(faces),
    ...Array.from({ length: count - 1 }, (_, before) => look(before + 1, faces)).flat(),
  ];
  const from = (face: number, place: number): Action => ({
    type: 'choice',
    id: id(0),
    face,
    change: { resultId: place + 1 },
  });
  const crowd = Array.from({ length: 12 }, (_, index) => FACES[index % FACES.length] as Face);
  const begin = (count: number): readonly Action[] => [
    ...picked(FACES),
    ...Array.from({ length: count }, (_, place) => begun(FACES, place)),
  ];
  return {
    'looks-running': make(
      ...begin(3),
      progress(0, { stage: 'restoring', fraction: 0.6, secondsLeft: 8 }),
      progress(1, { stage: 'uploading', fraction: 0.4, secondsLeft: null }),
      progress(2, { stage: 'waiting', fraction: null, secondsLeft: 20 }),
    ),
    'looks-failed': make(
      ...begin(3),
      failed(0, { code: 'credits-missing' }),
      failed(1, { code: 'job-failed', message: 'Out of memory.' }),
      failed(2, { code: 'job-uncertain' }),
    ),
    'looks-one-ready': make(
      ...begin(3),
      ready(0),
      opened(FACES),
      progress(1, { stage: 'restoring', fraction: 0.6, secondsLeft: 8 }),
      failed(2, { code: 'credits-missing' }),
    ),
    'looks-3': make(...reviewed(3), from(0, 1), from(2, 2)),
    'looks-6': make(...reviewed(6), from(0, 5)),
    'looks-12-faces': make(...reviewed(3, crowd), from(0, 1), from(4, 2)),
    'looks-one-face': make(...reviewed(2, FACES.slice(0, 1))),
    'looks-face-off': make(...reviewed(3), { type: 'choice', id: id(0), face: 1, change: { on: false } }),
    'looks-behind': make(...reviewed(3), { type: 'run-shown', id: null }),
  };
}
