/**
 * Every error sentence a user can read: what happened, whether a credit was used, what to do. No codes and no
 * developer words. The rows stand in `sentences/`, by what they are about; the words for everything that is not an
 * error stand in `words.ts`.
 */
import type { ErrorCode, PluginError } from '../errors';
import { CANVAS_ERRORS } from './sentences/canvas';
import { type Entries, type ErrorEntry, MONEY, type Said, type Spent } from './sentences/entry';
import { HOST_ERRORS } from './sentences/host';
import { JOB_ERRORS } from './sentences/job';
import { PICTURE_ERRORS } from './sentences/picture';
import { RESULT_ERRORS } from './sentences/result';
import { SERVICE_ERRORS } from './sentences/service';
import { UNEXPECTED_ERROR } from './sentences/unexpected';

export const ERRORS: Entries<ErrorCode> = {
  ...SERVICE_ERRORS,
  ...JOB_ERRORS,
  ...RESULT_ERRORS,
  ...PICTURE_ERRORS,
  ...CANVAS_ERRORS,
  ...HOST_ERRORS,
  ...UNEXPECTED_ERROR,
};

/** The three parts. `spent` is what the job's state says of money, where there is a job. */
export function explain(error: PluginError, spent?: Spent): Said {
  // The table has under each code the entry for that code's error.
  const found = ERRORS[error.code] as ErrorEntry<ErrorCode>;
  const said = found.say(error);
  return spent === undefined || spent === found.spent ? said : { ...said, money: MONEY[spent] };
}

/** The three parts as one line. */
export function sentence(error: PluginError, spent?: Spent): string {
  const { happened, money, next } = explain(error, spent);
  return `${happened} ${money} ${next}`;
}
