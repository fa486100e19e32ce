/**
 * The life of a job, as one pure function. Every state answers every event; an event that makes no sense in a state
 * leaves the job as it is, because in a race between the user, the service and a reopened panel it can always come.
 *
 *   PREPARED -> SUBMITTING -> ACCEPTED -> RUNNING -> COMPLETED -> DONE
 *                  |-> REJECTED | PARKED | AMBIGUOUS -> ACCEPTED | PREPARED (once) | ASK
 *   ACCEPTED, RUNNING -> FAILED | GONE | PARKED | CANCELLING -> CANCELLED | COMPLETED | RUNNING
 */
import type { PluginError } from '../errors';
import { unreachable } from '../result';
import {
  type Acceptance,
  type Attempt,
  AUTOMATIC_RESUBMITS,
  type Charge,
  type Completion,
  type Job,
  type JobState,
  MOST_CHARGES,
} from './job';

export type JobEvent =
  /** The intent to send this attempt. */
  | { readonly type: 'submit'; readonly attempt: Attempt }
  /** The service has it: by its answer, or found in its list. In a running job: a twin is taken in its place. */
  | { readonly type: 'accepted'; readonly acceptance: Acceptance }
  /** The service answered a clear no for good; nothing was taken. */
  | { readonly type: 'refused'; readonly error: PluginError }
  /** The service answered: later. Nothing was taken. */
  | { readonly type: 'postponed' }
  /** Key, credits or plan are missing. */
  | { readonly type: 'parked'; readonly error: PluginError }
  /** No clear answer: it is open whether the service has it. */
  | { readonly type: 'lost' }
  /** Long enough after, and nowhere in the whole list. */
  | { readonly type: 'absent' }
  /** Nobody can find out any more. */
  | { readonly type: 'unknowable' }
  /** The list was searched for twins. */
  | { readonly type: 'audited'; readonly duration: number | null }
  | { readonly type: 'completed'; readonly completion: Completion }
  | { readonly type: 'failed'; readonly error: PluginError }
  /** The service says Cancelled, or took our cancellation. */
  | { readonly type: 'cancelled' }
  /** The service does not know it any more. */
  | { readonly type: 'vanished' }
  /** The user wants it cancelled. */
  | { readonly type: 'cancel' }
  /** The service goes on in spite of it. */
  | { readonly type: 'cancel-refused' }
  /** The result is in the document. */
  | { readonly type: 'placed'; readonly placedAt: number }
  /** The plugin was opened and found this job. */
  | { readonly type: 'reopened' }
  /** Twins of it were charged as well. */
  | { readonly type: 'charged-twice'; readonly charges: readonly Charge[] }
  /** The user wants it sent again although it may be charged twice. */
  | { readonly type: 'consented' };

/** The job after the event. `at`: unix milliseconds. The same object when nothing changes. */
export function step(job: Job, event: JobEvent, at: number): Job {
  if (event.type === 'charged-twice') return withCharges(job, event.charges, at);
  const state = nextState(job, event, at);
  if (state === job.state) return job;
  const submits = event.type === 'submit' ? 1 : 0;
  const resubmits = event.type === 'absent' && state.name === 'PREPARED' ? 1 : 0;
  return {
    ...job,
    state,
    attempts: job.attempts + submits,
    resubmits: job.resubmits + resubmits,
    changedAt: at,
  };
}

function withCharges(job: Job, charges: readonly Charge[], at: number): Job {
  const { twins = [], state } = job;
  const isKnown = ({ processId }: Charge): boolean =>
    twins.some((twin) => twin.processId === processId) ||
    ('acceptance' in state && state.acceptance?.processId === processId);
  const news = charges.filter((charge) => !isKnown(charge));
  if (news.length === 0 || twins.length >= MOST_CHARGES) return job;
  return { ...job, twins: [...twins, ...news].slice(0, MOST_CHARGES), changedAt: at };
}

function nextState(job: Job, event: JobEvent, at: number): JobState {
  const { state } = job;
  switch (state.name) {
    case 'PREPARED':
      if (event.type === 'submit') return { name: 'SUBMITTING', attempt: event.attempt };
      if (event.type === 'refused') return { name: 'REJECTED', error: event.error };
      if (event.type === 'parked') return { name: 'PARKED', error: event.error, accepted: null };
      if (event.type === 'cancel') return { name: 'CANCELLED' };
      return state;
    case 'SUBMITTING':
      return submitting(state, event, at);
    case 'AMBIGUOUS':
      if (event.type === 'accepted') return accepted(state.attempt, event.acceptance);
      if (event.type === 'failed') return { name: 'FAILED', error: event.error };
      if (event.type === 'cancelled') return { name: 'CANCELLED' };
      if (event.type === 'cancel') return { name: 'CANCELLING', attempt: state.attempt, acceptance: null };
      if (event.type === 'unknowable') return { name: 'ASK', attempt: state.attempt };
      if (event.type === 'absent') {
        return job.resubmits < AUTOMATIC_RESUBMITS ? { name: 'PREPARED' } : { name: 'ASK', attempt: state.attempt };
      }
      return state;
    case 'ACCEPTED':
    case 'RUNNING':
      return running(state, event);
    case 'COMPLETED':
      if (event.type === 'placed') return { ...state, name: 'DONE', placedAt: event.placedAt };
      if (event.type === 'vanished') return { name: 'GONE' };
      return state;
    case 'PARKED':
      if (event.type === 'reopened') {
        return state.accepted === null ? { name: 'PREPARED' } : { name: 'RUNNING', ...state.accepted };
      }
      if (event.type === 'cancel') {
        return state.accepted === null ? { name: 'CANCELLED' } : { name: 'CANCELLING', ...state.accepted };
      }
      return state;
    case 'CANCELLING':
      return cancelling(state, event);
    case 'ASK':
      if (event.type === 'reopened') {
        return { name: 'AMBIGUOUS', attempt: state.attempt, since: state.attempt.submittedAt };
      }
      if (event.type === 'consented') return { name: 'PREPARED' };
      if (event.type === 'accepted') return accepted(state.attempt, event.acceptance);
      if (event.type === 'cancel') return { name: 'CANCELLING', attempt: state.attempt, acceptance: null };
      return state;
    case 'DONE':
    case 'REJECTED':
    case 'CANCELLED':
    case 'FAILED':
    case 'GONE':
      return state;
    default:
      return unreachable(state);
  }
}

const accepted = (attempt: Attempt, acceptance: Acceptance): JobState => ({ name: 'ACCEPTED', attempt, acceptance });

type In<Name extends JobState['name']> = Extract<JobState, { readonly name: Name }>;

function submitting(state: In<'SUBMITTING'>, event: JobEvent, at: number): JobState {
  switch (event.type) {
    case 'accepted':
      return accepted(state.attempt, event.acceptance);
    case 'refused':
      return { name: 'REJECTED', error: event.error };
    case 'parked':
      return { name: 'PARKED', error: event.error, accepted: null };
    case 'postponed':
      return { name: 'PREPARED' };
    case 'lost':
      return { name: 'AMBIGUOUS', attempt: state.attempt, since: at };
    case 'cancel':
      return { name: 'CANCELLING', attempt: state.attempt, acceptance: null };
    case 'reopened':
      // The request died with the panel that made it, at a time nobody wrote down: a machine that was put to sleep
      // meanwhile may have sent it a moment ago.
      return { name: 'AMBIGUOUS', attempt: state.attempt, since: at };
    default:
      return state;
  }
}

function running(state: In<'ACCEPTED'> | In<'RUNNING'>, event: JobEvent): JobState {
  const { attempt, acceptance } = state;
  switch (event.type) {
    case 'accepted':
      if (event.acceptance.processId === acceptance.processId) return state;
      return { ...state, acceptance: event.acceptance };
    case 'audited':
      if (state.name === 'RUNNING') return state;
      return {
        name: 'RUNNING',
        attempt,
        acceptance: { ...acceptance, duration: event.duration ?? acceptance.duration },
      };
    case 'completed':
      return { name: 'COMPLETED', attempt, acceptance, completion: event.completion };
    case 'failed':
      return { name: 'FAILED', error: event.error };
    case 'cancelled':
      return { name: 'CANCELLED' };
    case 'vanished':
      return { name: 'GONE' };
    case 'parked':
      return { name: 'PARKED', error: event.error, accepted: { attempt, acceptance } };
    case 'cancel':
      return { name: 'CANCELLING', attempt, acceptance };
    default:
      return state;
  }
}

function cancelling(state: In<'CANCELLING'>, event: JobEvent): JobState {
  const { attempt, acceptance } = state;
  switch (event.type) {
    case 'accepted':
      // With one cancelled, a twin of it may still run: it is cancelled next.
      if (event.acceptance.processId === acceptance?.processId) return state;
      return { name: 'CANCELLING', attempt, acceptance: event.acceptance };
    case 'cancelled':
      return { name: 'CANCELLED' };
    case 'absent':
      return acceptance === null ? { name: 'CANCELLED' } : state;
    case 'unknowable':
      return acceptance === null ? { name: 'ASK', attempt } : state;
    case 'failed':
      return { name: 'FAILED', error: event.error };
    case 'vanished':
      return { name: 'GONE' };
    case 'completed':
      return acceptance === null ? state : { name: 'COMPLETED', attempt, acceptance, completion: event.completion };
    case 'cancel-refused':
      return acceptance === null ? state : { name: 'RUNNING', attempt, acceptance };
    default:
      return state;
  }
}
