/** Counterexamples that long runs have found, as they were shrunk: each was a picture paid twice, or paid and lost. */
import type { Schedule } from './schedule';
import { PLAIN } from './wire';

const plain: Omit<Schedule, 'commands'> = { seed: 0, duration: 1, lag: 0, quirks: PLAIN, upload: 0.1 };

export const FOUND: readonly { readonly name: string; readonly schedule: Schedule }[] = [
  {
    name: 'the machine sleeps while a job is looked for whose request is still half out, at a service without names',
    schedule: {
      ...plain,
      quirks: { ...PLAIN, names: 'missing', status: 'unknown words' },
      commands: [
        { do: 'open', stale: false },
        { do: 'start', work: 0 },
        { do: 'start', work: 0 },
        { do: 'start', work: 0 },
        { do: 'close', how: 'killed' },
        { do: 'open', stale: false },
        { do: 'suspend', seconds: 3600 },
      ],
    },
  },
  {
    name: 'the same, taken 45 s after the machine woke',
    schedule: {
      ...plain,
      commands: [
        { do: 'open', stale: false },
        { do: 'trouble', kind: 'submit', faults: [{ lateBy: 45 }] },
        { do: 'start', work: 0 },
        { do: 'wait', seconds: 0.05 },
        { do: 'close', how: 'killed' },
        { do: 'open', stale: false },
        { do: 'suspend', seconds: 3600 },
      ],
    },
  },
  {
    name: 'an intent that is stored late, and whose withdrawal is lost, is not sent beside the next try',
    schedule: {
      ...plain,
      commands: [
        { do: 'open', stale: false },
        { do: 'storage', troubles: ['slow', 'lost'] },
        { do: 'start', work: 0 },
        { do: 'wait', seconds: 2 },
        { do: 'start', work: 0 },
        { do: 'wait', seconds: 5 },
      ],
    },
  },
  {
    name: 'the same beside a job that waits for the user, at a service without names',
    schedule: {
      ...plain,
      quirks: { ...PLAIN, names: 'replaced', strangers: 130 },
      commands: [
        { do: 'open', stale: false },
        { do: 'wait', seconds: 0 },
        { do: 'start', work: 0 },
        { do: 'storage', troubles: ['slow', 'full', null] },
        { do: 'wait', seconds: 1.9 },
        { do: 'consent', work: 0 },
        { do: 'start', work: 0 },
      ],
    },
  },
  {
    name: 'a job that the service has forgotten is gone, although nameless ones like it are in the list',
    schedule: {
      ...plain,
      duration: 300,
      quirks: { ...PLAIN, names: 'missing' },
      commands: [
        { do: 'open', stale: false },
        { do: 'trouble', kind: 'submit', faults: [] },
        { do: 'start', work: 0 },
        { do: 'wait', seconds: 0.2 },
        { do: 'start', work: 1 },
        { do: 'suspend', seconds: 60 },
        { do: 'start', work: 0 },
        { do: 'suspend', seconds: 691_200 },
      ],
    },
  },
  ...[
    { status: 200, body: '' },
    { status: 200, body: '{}' },
  ].map((answer) => ({
    name: `a cancellation that somebody else answered with ${answer.status} “${answer.body}” is not believed`,
    schedule: {
      ...plain,
      commands: [
        { do: 'open', stale: false },
        { do: 'start', work: 0 },
        { do: 'wait', seconds: 0.2 },
        { do: 'trouble', kind: 'cancel', faults: [answer] },
        { do: 'cancel', work: 0 },
        { do: 'wait', seconds: 150 },
      ] as const,
    },
  })),
];
