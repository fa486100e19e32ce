/** A call to the service that did not succeed, and what each kind of call does about it (docs: the retry table). */
import type { PluginError } from '../errors';
import { fitted } from '../words/names';

export type Lost = Extract<
  PluginError,
  { readonly code: 'offline' | 'host-blocked' | 'host-unreachable' | 'timed-out' | 'answer-unreadable' }
>;

export type CallFailure =
  /** The service answered with this status. `retryAfter`: milliseconds, where readable. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly host: string;
      readonly message: string;
      readonly retryAfter: number | null;
    }
  /** No answer, or none that can be read. */
  | { readonly kind: 'lost'; readonly error: Lost };

/** Bytes of the service's own words that a job's record keeps: more is never shown. */
const MESSAGE_BYTES = 240;

/** What the user reads of it when it ends the matter. */
export function errorOf(failure: CallFailure): PluginError {
  if (failure.kind === 'lost') return failure.error;
  const { status, retryAfter, host } = failure;
  const message = fitted(failure.message, MESSAGE_BYTES);
  switch (status) {
    case 401:
      return { code: 'key-refused' };
    case 402:
      return { code: 'credits-missing' };
    case 403:
      return { code: 'key-not-permitted' };
    case 412:
      return { code: 'plan-missing' };
    case 404:
    case 405:
      return { code: 'service-wrong-address', host };
    case 413:
      return { code: 'upload-too-large' };
    case 415:
      return { code: 'format-refused' };
    case 422:
      return { code: 'picture-refused', message };
    case 425:
    case 429:
      return { code: 'service-busy', seconds: retryAfter === null ? null : retryAfter / 1000 };
    default:
      return status >= 500 ? { code: 'service-failing', status } : { code: 'request-refused', message };
  }
}

/** 'reconcile': open whether it was taken: look it up, never send it again blindly. */
export type SubmitReaction = 'reconcile' | 'wait' | 'park' | 'final';

/**
 * Only a refusal that the service itself spelt out, or a page that let nothing out, proves that no job was made;
 * every other failure leaves that open.
 */
export function afterSubmit(failure: CallFailure): SubmitReaction {
  if (failure.kind === 'lost') return failure.error.code === 'host-blocked' ? 'final' : 'reconcile';
  switch (failure.status) {
    case 425:
    case 429:
      return 'wait';
    case 401:
    case 402:
    case 403:
    case 412:
      return 'park';
    case 400:
    case 404:
    case 405:
    case 413:
    case 415:
    case 422:
      return 'final';
    default:
      return 'reconcile';
  }
}

/** 'missing': 404. 'not-ready': 409, which is an answer and no failure when the link is asked for. */
export type ReadReaction = 'retry' | 'wait' | 'park' | 'missing' | 'not-ready' | 'final';

/** Reading costs nothing, so what is not known to be final is asked again. */
export function afterRead(failure: CallFailure): ReadReaction {
  if (failure.kind === 'lost') return failure.error.code === 'host-blocked' ? 'final' : 'retry';
  switch (failure.status) {
    case 429:
      return 'wait';
    case 401:
    case 402:
    case 403:
    case 412:
      return 'park';
    case 404:
      return 'missing';
    case 409:
      return 'not-ready';
    case 400:
    case 405:
    case 413:
    case 415:
    case 422:
      return 'final';
    default:
      return 'retry';
  }
}

/** 'read': the status decides. 'list': only the list can tell. */
export type CancelReaction = 'retry' | 'wait' | 'park' | 'read' | 'list';

/**
 * A cancel that failed settles nothing: the job may have been over before it, or have been cancelled all the same.
 * Never final.
 */
export function afterCancel(failure: CallFailure): CancelReaction {
  if (failure.kind === 'lost') return 'retry';
  switch (failure.status) {
    case 429:
      return 'wait';
    case 401:
    case 402:
    case 403:
    case 412:
      return 'park';
    case 404:
      return 'list';
    case 408:
    case 425:
      return 'retry';
    default:
      return failure.status >= 500 ? 'retry' : 'read';
  }
}
