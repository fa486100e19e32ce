/** A whole picture enhanced, instead of its faces or after them. Made with the panel's own update. */
import { imageHash, jobId } from '../../src/core/ids';
import type { Work } from '../../src/core/job/work';
import { STANDARD_PARAMETERS } from '../../src/core/parameters';
import type { Recipe } from '../../src/core/recipe';
import type { SelectedPicture } from '../../src/protocol/selection';
import type { Action } from '../../src/ui/store/action';
import { enhanceParameters, FIRST_ENHANCE } from '../../src/ui/store/enhance/enhance';
import type { RunningRun } from '../../src/ui/store/runs/run';
import { OPENING, type State } from '../../src/ui/store/state';
import { update } from '../../src/ui/store/update';
import { FACES, GROUP, picture } from './studio';

interface Given {
  /** What brings a picture with its faces into hand, after the opening. */
  readonly picked: (change?: Partial<SelectedPicture>) => readonly Action[];
  /** The run of its faces as it begins, and what opens its review. */
  readonly first: RunningRun;
  readonly reviewed: readonly Action[];
}

export function enhanceScenes({ picked, first, reviewed }: Given): Readonly<Record<string, State>> {
  const make = (...actions: readonly Action[]): State => actions.reduce(update, OPENING);
  const mode: Action = { type: 'enhance-mode', mode: 'enhance' };
  const restored: Recipe = {
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
  };
  const work: Work = { kind: 'enhance', parameters: enhanceParameters(FIRST_ENHANCE.draft, GROUP, false), after: null };
  const id = jobId('enhanced');
  const size = { width: 2400, height: 1600 };
  const begun: Action = {
    type: 'run-started',
    run: { ...first, id, order: { ...first.order, id, work, preset: null }, faces: FACES },
  };
  const enhanced = (change: readonly number[]): readonly Action[] => [
    ...picked(),
    mode,
    begun,
    { type: 'run-ready', id, bytes: null, completion: { credits: 1, output: size, completedAt: 0 } },
    {
      type: 'run-opened',
      id,
      material: { picture: picture(1), faces: FACES },
      result: { id: 1, pictureId: 1, size, scale: 2, wholeFrameChanged: true, change },
    },
  ];
  const after: Action = { type: 'enhance-after', id: first.id };
  return {
    'enhance-instead': make(...picked(), mode),
    'enhance-no-faces': make(...picked(), mode, { type: 'enhance-faces', on: false }),
    'enhance-capped': make(...picked(), mode, { type: 'enhance-times', times: 4 }),
    'enhance-long-side': make(...picked(), mode, { type: 'enhance-long', pixels: 6000, source: GROUP }),
    'enhance-restored-before': make(...picked({ applied: restored }), mode),
    'enhance-before': make(...picked({ applied: { ...restored, form: 'replace', work, faces: 0, preset: null } })),
    'enhance-after': make(...reviewed, after),
    'enhance-after-preparing': make(...reviewed, after, { type: 'enhance-preparing', preparing: true }),
    'enhance-after-refused': make(
      ...reviewed,
      after,
      { type: 'enhance-faces', on: true },
      { type: 'trouble', error: { code: 'window-elsewhere' } },
    ),
    'enhance-running': make(...picked(), mode, begun, {
      type: 'run-progress',
      id,
      progress: { stage: 'restoring', fraction: 0.6, secondsLeft: 8 },
    }),
    'enhance-review': make(...enhanced([0.1, 0.7, 0.2])),
    'enhance-applied': make(
      ...enhanced([0.1, 0.1, 0.2]),
      { type: 'applying', id },
      {
        type: 'applied',
        id,
        placement: {
          nodeId: first.order.target.nodeId,
          form: 'replace',
          resultHash: imageHash('r'),
          notes: ['overlay-replaced'],
        },
      },
    ),
  };
}
