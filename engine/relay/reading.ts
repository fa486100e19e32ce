/** Everything about jobs that costs nothing. A job of somebody else does not exist. */
import type { ServerResponse } from 'node:http';
import { refuse } from './answer';
import type { RelayContext } from './context';
import type { Person } from './people';
import { BALANCE_PATH, FILE_PATH, listPath, STATUS_PATH } from './route';
import { type Sealed, seal } from './sealed';
import { askService, jsonOf, pass, passJson, passUnsent } from './service';

type Json = Readonly<Record<string, unknown>>;

const objectOf = (value: unknown): Json | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
const isGood = (status: number): boolean => status >= 200 && status < 300;

/** Tells the budget what a status says. */
export function notice({ budget }: RelayContext, status: Json): void {
  const { process_id: id, status: word, credits } = status;
  if (typeof id !== 'string' || typeof word !== 'string') return;
  const known = typeof credits === 'number' && Number.isFinite(credits) && credits >= 0;
  budget.seen(id, word, known ? Math.ceil(credits) : null);
}

function isTheirs({ journal }: RelayContext, person: Person, id: string, response: ServerResponse): boolean {
  if (journal.owner(id) === person.name) return true;
  refuse(response, 404, 'There is no process with this ID.');
  return false;
}

/** 404 for somebody else's. */
export async function relayStatus(
  context: RelayContext,
  person: Person,
  id: string,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  if (!isTheirs(context, person, id, response)) return;
  const answer = await askService(context, { method: 'GET', path: `${STATUS_PATH}/${id}` }, signal);
  if (!answer.ok) return passUnsent(response, answer.error);
  const status = isGood(answer.value.status) ? objectOf(jsonOf(answer.value)) : null;
  if (status !== null && status['process_id'] === id) notice(context, status);
  pass(response, answer.value);
}

/** 404 for somebody else's. What was held for a job that the service cancels is free again. */
export async function relayCancel(
  context: RelayContext,
  person: Person,
  id: string,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  if (!isTheirs(context, person, id, response)) return;
  const answer = await askService(context, { method: 'DELETE', path: `/image/v1/cancel/${id}` }, signal);
  if (!answer.ok) return passUnsent(response, answer.error);
  if (isGood(answer.value.status)) context.budget.seen(id, 'Cancelled', null);
  pass(response, answer.value);
}

/** The service's page with this person's jobs alone: it may be empty, and the next one may not be. */
export async function relayList(
  context: RelayContext,
  person: Person,
  page: { readonly limit: number | null; readonly cursor: string | null },
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const answer = await askService(context, { method: 'GET', path: listPath(page.limit, page.cursor) }, signal);
  if (!answer.ok) return passUnsent(response, answer.error);
  if (!isGood(answer.value.status)) return pass(response, answer.value);
  const body = jsonOf(answer.value);
  const whole = objectOf(body);
  const entries = Array.isArray(body) ? body : whole?.['data'];
  if (!Array.isArray(entries)) return refuse(response, 502, 'The service sent a list that cannot be read.');
  const own = entriesOf(context, person, entries);
  if (whole === null) return passJson(response, answer.value, own);
  const pagination = objectOf(whole['pagination']);
  passJson(response, answer.value, { data: own, ...(pagination === null ? {} : { pagination }) });
}

/**
 * This person's entries as they are. In place of one that could be theirs but does not say so stands null: the client
 * counts it as unreadable, and then takes no job for absent that may be there.
 */
function entriesOf(context: RelayContext, person: Person, entries: readonly unknown[]): unknown[] {
  return entries.flatMap((entry) => {
    const status = objectOf(entry);
    const owner = status === null ? 'nobody knows' : adopt(context, status);
    if (owner === person.name) return [status];
    return owner === 'nobody knows' && context.journal.isOpen(person.name) ? [null] : [];
  });
}

/** Whose it is; 'nobody knows' when it carries neither a known number nor a name. Also tells the budget. */
export function adopt(context: RelayContext, status: Json): string | 'nobody knows' | null {
  const { journal } = context;
  const { process_id: id, filename } = status;
  if (typeof id !== 'string') return 'nobody knows';
  if (journal.owner(id) === null) {
    if (typeof filename !== 'string' || filename === '') return 'nobody knows';
    const claimant = journal.claimant(filename);
    if (claimant === null) return null;
    journal.accepted(claimant.person, claimant.claim, id);
  }
  notice(context, status);
  return journal.owner(id);
}

/** Credits. Without a limit of their own, people see the team's account. */
export async function relayBalance(
  context: RelayContext,
  person: Person,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const answer = await askService(context, { method: 'GET', path: BALANCE_PATH }, signal);
  if (!answer.ok) return passUnsent(response, answer.error);
  const body = isGood(answer.value.status) ? objectOf(jsonOf(answer.value)) : null;
  const left = context.budget.left(person.name, person.creditsPerDay);
  const available = body?.['available_credits'];
  if (left === null || body === null || typeof available !== 'number') return pass(response, answer.value);
  // A person with a limit has an account of that size.
  const mine = Math.min(available, left);
  const held = context.budget.held(person.name);
  passJson(response, answer.value, { available_credits: mine, reserved_credits: held, total_credits: mine + held });
}

/** Seconds that a relay's link lives at most. */
const LINK_SECONDS = 3600;

/**
 * Links to the relay instead of the storage host: sealed, for this person, and good for an hour or as long as the
 * service's own.
 */
export async function relayLinks(
  context: RelayContext,
  person: Person,
  what: 'result' | 'input',
  id: string,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  if (!isTheirs(context, person, id, response)) return;
  const path = `/image/v1/download/${what === 'input' ? 'input/' : ''}${id}`;
  const answer = await askService(context, { method: 'GET', path }, signal);
  if (!answer.ok) return passUnsent(response, answer.error);
  if (!isGood(answer.value.status)) return pass(response, answer.value);
  const body = objectOf(jsonOf(answer.value));
  const given = body?.['download_url'];
  if (body === null || !isAddress(given)) return refuse(response, 502, 'The service sent no link.');
  const end = Math.floor(context.now() / 1000) + LINK_SECONDS;
  const expires = typeof body['expiry'] === 'number' ? Math.min(end, body['expiry']) : end;
  const link = (sealed: Omit<Sealed, 'expires' | 'person'>): string =>
    context.ownAddress() + FILE_PATH + seal(context.secret, { ...sealed, expires, person: person.name });
  const head = body['head_url'];
  passJson(response, answer.value, {
    download_url: link({ address: given, method: 'GET' }),
    ...(isAddress(head) ? { head_url: link({ address: head, method: 'HEAD' }) } : {}),
    expiry: expires,
  });
}

function isAddress(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 8_000 && /^https?:\/\//i.test(value) && URL.canParse(value);
}
