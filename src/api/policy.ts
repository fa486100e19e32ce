/**
 * The rules that keep money safe, as data: what a running job does about doubt. Tests hand in worse ones and see that
 * the same properties then fail, which shows that each rule is needed.
 */
import { type CallFailure, type SubmitReaction, afterSubmit as safely } from '../core/job/failure';
import { GRACE } from '../core/job/reconcile';
import { makeTag } from '../core/job/tag';

export interface Policy {
  /** What a submit without success means. */
  readonly afterSubmit: (failure: CallFailure) => SubmitReaction;
  /** The upload's file name, never the same for two attempts. */
  readonly tag: typeof makeTag;
  /** Seconds after a lost answer from which on absence from the whole list counts. */
  readonly grace: number;
  /**
   * Seconds after a lost answer from which on a failed or cancelled job of this attempt is believed to be all there is:
   * a living twin may show up in the list later than a dead one.
   */
  readonly belief: number;
  /** Milliseconds after acceptance at which the list is searched for twins. */
  readonly audit: readonly number[];
}

export const SAFE_POLICY: Policy = {
  afterSubmit: safely,
  tag: makeTag,
  grace: GRACE,
  belief: GRACE,
  // Soon, so that a twin is cancelled before it completes; again for a list that lags and for a twin that is taken late.
  audit: [2_500, 35_000, 60_000, 120_000],
};
