/** One row of the table of errors, and how it is written down. */
import type { ErrorCode, ErrorOf } from '../../errors';

/** Whether a credit was used. 'unknown' is said honestly and never turned into a guess. */
export type Spent = 'no' | 'yes' | 'unknown';

export interface Said {
  readonly happened: string;
  readonly money: string;
  readonly next: string;
}

export interface ErrorEntry<Code extends ErrorCode> {
  /** True where the same thing done again may work without anything being changed first. */
  readonly retryable: boolean;
  /** When nothing else is known; a running job knows better (`spentIn` of its state). */
  readonly spent: Spent;
  readonly say: (error: ErrorOf<Code>) => Said;
}

export type Entries<Codes extends ErrorCode> = { readonly [Code in Codes]: ErrorEntry<Code> };

export const MONEY: { readonly [Known in Spent]: string } = {
  no: 'Nothing was charged.',
  yes: 'The credit is used; the result is kept for 7 days.',
  unknown: 'Whether a credit was used is not known yet.',
};

export const NO_FURTHER = 'No further credit is used.';

type Words<Code extends ErrorCode> = string | ((error: ErrorOf<Code>) => string);

/** `money`: only where the credits take more words than `spent` has of its own. */
export function entry<Code extends ErrorCode>(
  retryable: boolean,
  spent: Spent,
  happened: Words<Code>,
  next: Words<Code>,
  money: Words<Code> = MONEY[spent],
): ErrorEntry<Code> {
  const text = (words: Words<Code>, error: ErrorOf<Code>): string => (typeof words === 'string' ? words : words(error));
  return {
    retryable,
    spent,
    say: (error) => ({ happened: text(happened, error), money: text(money, error), next: text(next, error) }),
  };
}
