/** The service's JSON, from `unknown`. What cannot be read is null; what was left out of a status is null in it. */
import { type ProcessId, processId } from '../core/ids';
import type { JobStatus, Phase } from '../core/job/status';
import type { Size } from '../core/money/price';
import { durationOf } from '../core/pace/poll';

export interface Balance {
  /** Credits, whole numbers. */
  readonly available: number;
  readonly reserved: number;
  readonly total: number;
}

type Json = Readonly<Record<string, unknown>>;

function record(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** Unix seconds (or, from a confused server, milliseconds). */
export const parseTime = number;

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** An id goes into addresses: nothing that is not plain is taken for one. */
export function parseProcessId(value: unknown): ProcessId | null {
  return typeof value === 'string' && /^[\w-]{1,100}$/.test(value) ? processId(value) : null;
}

const PHASES: readonly Phase[] = ['Pending', 'Processing', 'Completed', 'Cancelled', 'Failed'];

/**
 * An unknown word for the phase, or none, is 'Unknown', which counts as running. Times come as seconds or
 * milliseconds; credits are rounded up.
 */
export function parseStatus(input: unknown): JobStatus | null {
  const body = record(input);
  const id = parseProcessId(body?.['process_id']);
  if (body === null || id === null) return null;
  const word = text(body['status'])?.toLowerCase() ?? '';
  const progress = number(body['progress']);
  const created = number(body['creation_time']);
  const credits = number(body['credits']);
  return {
    processId: id,
    phase: PHASES.find((phase) => phase.toLowerCase() === word) ?? 'Unknown',
    fileName: text(body['filename']),
    model: text(body['model']),
    fraction: progress === null ? null : Math.min(1, Math.max(0, progress / 100)),
    input: size(body['input_width'], body['input_height']),
    output: size(body['output_width'], body['output_height']),
    createdAt: created === null || created <= 0 ? null : created > 1e11 ? created : created * 1000,
    duration: durationOf(number(body['eta']), created),
    credits: credits === null || credits < 0 ? null : Math.ceil(credits),
  };
}

function size(width: unknown, height: unknown): Size | null {
  const sides = [number(width), number(height)];
  const [w, h] = sides;
  return w != null && h != null && w >= 1 && h >= 1 && sides.every(Number.isInteger) ? { width: w, height: h } : null;
}

export interface Page {
  readonly statuses: readonly JobStatus[];
  /** Entries that could not be read, and one more when there are further pages that cannot be asked for. */
  readonly unreadable: number;
  /** Where the next page begins; null at the end. */
  readonly next: string | null;
}

/** A page of jobs, also from a service that answers with the whole list as an array. */
export function parsePage(input: unknown): Page | null {
  const body = record(input);
  const entries = Array.isArray(input) ? input : body?.['data'];
  if (!Array.isArray(entries)) return null;
  const read = entries.map(parseStatus);
  const statuses = read.filter((status) => status !== null);
  const pagination = record(body?.['pagination']);
  const more = pagination?.['has_next_page'] === true;
  const next = more ? cursor(pagination['next_cursor']) : null;
  // A page that says there is more and not where hides all that follows.
  const hidden = more && next === null ? 1 : 0;
  return { statuses, unreadable: read.length - statuses.length + hidden, next };
}

/** Half a character (a surrogate by itself) cannot be written into an address. */
function cursor(value: unknown): string | null {
  const given = text(value);
  return given === null || /[\ud800-\udfff]/u.test(given) ? null : given;
}

/** `download_url`, when it is an http(s) address. */
export function parseLink(input: unknown): string | null {
  const address = text(record(input)?.['download_url']);
  return address !== null && /^https?:\/\/[^\s]+$/i.test(address) && URL.canParse(address) ? address : null;
}

/** Only the credits that can be spent are needed; reserved is 0 and the total their sum where they are left out. */
export function parseBalance(input: unknown): Balance | null {
  const body = record(input);
  const available = number(body?.['available_credits']);
  if (available === null) return null;
  const reserved = number(body?.['reserved_credits']) ?? 0;
  return { available, reserved, total: number(body?.['total_credits']) ?? available + reserved };
}
