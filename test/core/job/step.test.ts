import { describe, expect, it } from 'vitest';
import { processId } from '../../../src/core/ids';
import { isOver, type JobState, MOST_CHARGES } from '../../../src/core/job/job';
import { nextAct } from '../../../src/core/job/nextAct';
import { type JobEvent, step } from '../../../src/core/job/step';
import { ACCEPTANCE, ATTEMPT, COMPLETION, jobIn, STATES } from '../jobs';

const AT = 2_000_000;
const EVENTS: { readonly [Type in JobEvent['type']]: Extract<JobEvent, { readonly type: Type }> } = {
  submit: { type: 'submit', attempt: { ...ATTEMPT, number: 2 } },
  accepted: { type: 'accepted', acceptance: { ...ACCEPTANCE, processId: processId('p-2') } },
  refused: { type: 'refused', error: { code: 'upload-too-large' } },
  postponed: { type: 'postponed' },
  parked: { type: 'parked', error: { code: 'credits-missing' } },
  lost: { type: 'lost' },
  absent: { type: 'absent' },
  unknowable: { type: 'unknowable' },
  audited: { type: 'audited', duration: 12 },
  completed: { type: 'completed', completion: COMPLETION },
  failed: { type: 'failed', error: { code: 'job-failed', message: '' } },
  cancelled: { type: 'cancelled' },
  vanished: { type: 'vanished' },
  cancel: { type: 'cancel' },
  'cancel-refused': { type: 'cancel-refused' },
  placed: { type: 'placed', placedAt: AT },
  reopened: { type: 'reopened' },
  consented: { type: 'consented' },
  // None: nothing changes. Its own tests are below.
  'charged-twice': { type: 'charged-twice', charges: [] },
};
type StateName = JobState['name'];
type EventType = JobEvent['type'];

/** Every transition there is. What is not listed leaves the job as it is. */
const TRANSITIONS: { readonly [From in StateName]: { readonly [On in EventType]?: StateName } } = {
  PREPARED: { submit: 'SUBMITTING', refused: 'REJECTED', parked: 'PARKED', cancel: 'CANCELLED' },
  SUBMITTING: {
    accepted: 'ACCEPTED',
    refused: 'REJECTED',
    parked: 'PARKED',
    postponed: 'PREPARED',
    lost: 'AMBIGUOUS',
    cancel: 'CANCELLING',
    reopened: 'AMBIGUOUS',
  },
  AMBIGUOUS: {
    accepted: 'ACCEPTED',
    failed: 'FAILED',
    cancelled: 'CANCELLED',
    cancel: 'CANCELLING',
    absent: 'PREPARED',
    unknowable: 'ASK',
  },
  ACCEPTED: {
    accepted: 'ACCEPTED',
    audited: 'RUNNING',
    completed: 'COMPLETED',
    failed: 'FAILED',
    cancelled: 'CANCELLED',
    vanished: 'GONE',
    parked: 'PARKED',
    cancel: 'CANCELLING',
  },
  RUNNING: {
    accepted: 'RUNNING',
    completed: 'COMPLETED',
    failed: 'FAILED',
    cancelled: 'CANCELLED',
    vanished: 'GONE',
    parked: 'PARKED',
    cancel: 'CANCELLING',
  },
  COMPLETED: { placed: 'DONE', vanished: 'GONE' },
  DONE: {},
  REJECTED: {},
  PARKED: { reopened: 'RUNNING', cancel: 'CANCELLING' },
  CANCELLING: {
    accepted: 'CANCELLING',
    cancelled: 'CANCELLED',
    failed: 'FAILED',
    vanished: 'GONE',
    completed: 'COMPLETED',
    'cancel-refused': 'RUNNING',
  },
  CANCELLED: {},
  FAILED: {},
  GONE: {},
  ASK: { reopened: 'AMBIGUOUS', consented: 'PREPARED', accepted: 'ACCEPTED', cancel: 'CANCELLING' },
};

const names = Object.keys(STATES) as StateName[];
const types = Object.keys(EVENTS) as EventType[];
const pairs = names.flatMap((from) => types.map((on) => [from, on, TRANSITIONS[from][on] ?? null] as const));

describe('every state answers every event', () => {
  it.each(pairs)('%s on %s becomes %s', (from, on, to) => {
    const before = jobIn(STATES[from]);
    const after = step(before, EVENTS[on], AT);
    if (to === null) expect(after).toBe(before);
    else expect(after).toMatchObject({ state: { name: to }, changedAt: AT });
  });
});

describe('what a transition carries', () => {
  it('an attempt is counted when it is meant, an automatic resend when it is decided', () => {
    expect(step(jobIn(STATES.PREPARED), EVENTS.submit, AT)).toMatchObject({ attempts: 2, resubmits: 0 });
    expect(step(jobIn(STATES.AMBIGUOUS), EVENTS.absent, AT)).toMatchObject({ attempts: 1, resubmits: 1 });
    expect(step(jobIn(STATES.SUBMITTING), EVENTS.postponed, AT)).toMatchObject({ attempts: 1, resubmits: 0 });
  });

  it('a second absence is not a reason for a third attempt: the user is asked', () => {
    expect(step(jobIn(STATES.AMBIGUOUS, 1), EVENTS.absent, AT).state.name).toBe('ASK');
  });

  it('a lost answer is dated, and one found half sent counts as lost at the opening, however long ago it was sent', () => {
    expect(step(jobIn(STATES.SUBMITTING), EVENTS.lost, AT).state).toMatchObject({ since: AT });
    const days = ATTEMPT.submittedAt + 3 * 24 * 3600_000;
    expect(step(jobIn(STATES.SUBMITTING), EVENTS.reopened, days).state).toMatchObject({ since: days });
  });

  it('the audit keeps the duration the service reckons with', () => {
    expect(step(jobIn(STATES.ACCEPTED), EVENTS.audited, AT).state).toMatchObject({ acceptance: { duration: 12 } });
  });

  it('a twin that is further on takes the place of the accepted one', () => {
    expect(step(jobIn(STATES.RUNNING), EVENTS.accepted, AT).state).toMatchObject({ acceptance: { processId: 'p-2' } });
    const same: JobEvent = { type: 'accepted', acceptance: ACCEPTANCE };
    const job = jobIn(STATES.RUNNING);
    expect(step(job, same, AT)).toBe(job);
  });

  it('a parked job goes back to where it was: sent or not', () => {
    const unsent: JobState = { name: 'PARKED', error: { code: 'key-refused' }, accepted: null };
    expect(step(jobIn(unsent), EVENTS.reopened, AT).state.name).toBe('PREPARED');
    expect(step(jobIn(unsent), EVENTS.cancel, AT).state.name).toBe('CANCELLED');
    expect(step(jobIn(STATES.RUNNING), EVENTS.parked, AT).state).toMatchObject({
      accepted: { acceptance: ACCEPTANCE },
    });
  });

  it('twins that were charged are written down once, whatever the state, and never the job itself', () => {
    const twin = { processId: processId('p-9'), credits: 2 };
    const charged: JobEvent = { type: 'charged-twice', charges: [twin, { ...twin, processId: ACCEPTANCE.processId }] };
    const once = step(jobIn(STATES.COMPLETED), charged, AT);
    expect(once).toMatchObject({ state: { name: 'COMPLETED' }, changedAt: AT });
    expect(once.twins).toEqual([twin]);
    expect(step(once, charged, AT + 1)).toBe(once);
    const many = Array.from({ length: 9 }, (_, index) => ({ processId: processId(`q-${index}`), credits: 1 }));
    expect(step(once, { type: 'charged-twice', charges: many }, AT).twins).toHaveLength(MOST_CHARGES);
  });

  const open: JobState = { name: 'CANCELLING', attempt: ATTEMPT, acceptance: null };
  it.each([
    ['accepted', 'CANCELLING'],
    ['absent', 'CANCELLED'],
    ['unknowable', 'ASK'],
    ['cancelled', 'CANCELLED'],
    ['completed', 'CANCELLING'],
    ['cancel-refused', 'CANCELLING'],
  ] as const)('cancelling without an answer, on %s, is %s', (on, to) => {
    expect(step(jobIn(open), EVENTS[on], AT).state.name).toBe(to);
  });
});

describe('what is done next', () => {
  const table: { readonly [Name in StateName]: string } = {
    PREPARED: 'send',
    SUBMITTING: 'find',
    AMBIGUOUS: 'find',
    ACCEPTED: 'poll',
    RUNNING: 'poll',
    COMPLETED: 'fetch',
    DONE: 'fetch',
    REJECTED: 'end',
    PARKED: 'end',
    CANCELLING: 'cancel',
    CANCELLED: 'end',
    FAILED: 'end',
    GONE: 'end',
    ASK: 'end',
  };
  it.each(Object.entries(table))('in %s: %s', (name, act) => {
    expect(nextAct(jobIn(STATES[name as StateName]), true).do).toBe(act);
  });

  it('without the picture nothing is sent', () => {
    expect(nextAct(jobIn(STATES.PREPARED), false)).toEqual({ do: 'end', error: { code: 'job-unsent' } });
  });

  it('no path leads out of a job that is over, and none from anywhere to SUBMITTING but from PREPARED', () => {
    for (const [from, on, to] of pairs) {
      if (isOver(STATES[from])) expect(to).toBeNull();
      if (to === 'SUBMITTING') expect([from, on]).toEqual(['PREPARED', 'submit']);
    }
  });
});
