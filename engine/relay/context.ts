/** What the relay's request handlers share. */
import type { Journal } from './journal';
import type { Outbound } from './outbound';
import type { Pace } from './pace';
import type { Register } from './people';
import type { Spending } from './spending';

export interface RelayContext {
  /** The service's origin and path, without a trailing slash. */
  readonly service: string;
  readonly key: string;
  /** Where the relay's own links lead, without a trailing slash. */
  readonly ownAddress: () => string;
  readonly secret: Uint8Array;
  readonly register: Register;
  readonly journal: Journal;
  readonly spending: Spending;
  readonly pace: Pace;
  readonly outbound: Outbound;
  readonly budget: Budget;
  /** Bytes of a submission. */
  readonly uploadLimit: number;
  /** Bytes of a result. */
  readonly downloadLimit: number;
  /** Unix milliseconds. */
  readonly now: () => number;
}

export interface Budget {
  /** Credits that this person has left today, whole; null = no limit. What runs counts with what it will cost. */
  left(person: string, limit: number | null): number | null;
  /** Credits of this person's jobs that run. */
  held(person: string): number;
  /** A submission is on its way; the answer ends it. */
  begin(person: string): () => void;
  /** What the service says of one of the relay's jobs. */
  seen(id: string, status: string, credits: number | null): void;
}
