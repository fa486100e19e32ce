/**
 * A fault plan: which requests go wrong, and how. It is JSON, written by hand or by a test:
 * `{"rules": [{"match": {"kind": "submit", "nth": 1}, "fault": {"kind": "reset", "at": "answered"}}]}`.
 * The first rule that matches a request and is due does its fault; the others still count the request.
 */
import type { JobStatus } from '../job';

export const REQUEST_KINDS = [
  'submit',
  'list',
  'status',
  'link',
  'input',
  'cancel',
  'delete',
  'clear',
  'balance',
  'estimate',
  'bytes',
  'preflight',
  'other',
] as const;
/** `link` asks for the result's links, `input` for the upload's; `bytes` is a file of the second origin. */
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** Members that are left out match everything. */
export interface Match {
  readonly origin?: 'api' | 'files';
  readonly kind?: RequestKind;
  readonly method?: string;
  /** A regular expression, looked for in the path with its query. */
  readonly path?: string;
  /** The process that the request is about. */
  readonly process?: string;
  /** A regular expression, looked for in the file name of the upload: of this one, or of the job asked about. */
  readonly tag?: string;
  /** What the job asked about is at this moment. */
  readonly state?: JobStatus;
  /** The nth matching request only, from 1. */
  readonly nth?: number;
  /** From this matching request on (1), for so many of them (no end). */
  readonly from?: number;
  readonly count?: number;
  /** Seconds since the plan was set: not before, not after. */
  readonly after?: number;
  readonly until?: number;
}

export interface RetryAfter {
  /** Seconds from now; also nonsense such as -5 or 1e9. */
  readonly seconds: number;
  readonly as?: 'seconds' | 'date';
  /** Whether a page may read it. */
  readonly readable?: boolean;
}

export const BODIES = ['message', 'empty', 'html', 'xml', 'cut'] as const;
/** `message`: JSON as the service refuses; `xml`: as a storage host does; `cut`: the true answer's first half. */
export type Body = (typeof BODIES)[number] | { readonly text: string };

export const CONTENTS = ['empty', 'html', 'xml', 'noise', 'undecodable', 'jpeg', 'half', 'double', 'fourfold'] as const;
/**
 * `undecodable` is a PNG whose checksums are right and whose pixels cannot be read; `half`, `double` and `fourfold` are
 * the picture at another size than the status says.
 */
export type Content = (typeof CONTENTS)[number];

export type Fault =
  /** Drops the connection when this share (0..1) of the request's body has come, or in place of the answer. */
  | { readonly kind: 'reset'; readonly at: number | 'answered'; readonly gently?: boolean }
  /** Never answers; `answered`: does what was asked all the same. */
  | { readonly kind: 'silence'; readonly answered?: boolean }
  /** Drops all connections and refuses new ones on both origins for so long. */
  | { readonly kind: 'down'; readonly seconds: number }
  /** Answers so much later; `answered`: what was asked is done at once. */
  | { readonly kind: 'delay'; readonly seconds: number; readonly answered?: boolean }
  /** Gives this answer; `answered`: after doing what was asked, else in place of it. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body?: Body;
      readonly headers?: Readonly<Record<string, string>>;
      readonly retryAfter?: RetryAfter;
      readonly cors?: boolean;
      readonly answered?: boolean;
    }
  /** Does what was asked only so much later, and answers before that: with this status, or not at all. */
  | { readonly kind: 'late'; readonly seconds: number; readonly answer: 'reset' | 'silence' | number }
  /** Does what was asked twice and answers for the second time only, as when a browser sends again by itself. */
  | { readonly kind: 'twice' }
  /** Changes members of a JSON answer: of the object, or of each job in a list. */
  | {
      readonly kind: 'json';
      readonly set?: Readonly<Record<string, unknown>>;
      readonly remove?: readonly string[];
      readonly add?: Readonly<Record<string, number>>;
      readonly multiply?: Readonly<Record<string, number>>;
    }
  /** Changes headers of the true answer; with `status`, only of answers with that status. */
  | {
      readonly kind: 'headers';
      readonly set?: Readonly<Record<string, string>>;
      readonly remove?: readonly string[];
      readonly retryAfter?: RetryAfter;
      readonly cors?: boolean;
      readonly status?: number;
    }
  | {
      readonly kind: 'list';
      /** Seconds for which a new job is not in the list. */
      readonly lag?: number;
      readonly order?: 'oldest' | 'shuffled';
      /** `loop`: the last page leads to the first. */
      readonly cursor?: 'loop';
      /** So many jobs of other people on the same key, the newest of all. */
      readonly foreign?: number;
      /** Every job has an older twin of the same file name with this status. */
      readonly twin?: JobStatus;
    }
  | {
      readonly kind: 'bytes';
      readonly content?: Content;
      /** Bytes of `noise`. */
      readonly length?: number;
      /** Flips one bit in the byte at this share (0..1) of the whole. */
      readonly flip?: number;
      /** Ends after this share (0..1) of the whole. */
      readonly cut?: number;
      /** How the cut looks: announced length not reached, chunks without an end, or an HTTP/1.0 answer that just ends. */
      readonly ending?: 'length' | 'chunked' | 'close';
      /** Bytes a second. */
      readonly rate?: number;
    };

export type FaultKind = Fault['kind'];

export interface Rule {
  readonly match: Match;
  readonly fault: Fault;
}

export interface FaultPlan {
  readonly rules: readonly Rule[];
}

export const NO_FAULTS: FaultPlan = { rules: [] };
