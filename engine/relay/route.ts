/** What the relay answers to: exactly what the plugin's client asks, and its own links. Everything else is nothing. */
import { SUBMIT_PATHS } from '../../src/core/job/work';

export type Route =
  | { readonly kind: 'home' }
  | { readonly kind: 'submit'; readonly path: string }
  | { readonly kind: 'list'; readonly limit: number | null; readonly cursor: string | null }
  | { readonly kind: 'status' | 'result' | 'input' | 'cancel'; readonly id: string }
  | { readonly kind: 'balance' }
  | { readonly kind: 'file'; readonly sealed: string };

export const FILE_PATH = '/relay/v1/files/';
export const BALANCE_PATH = '/account/v1/credits/balance';
export const STATUS_PATH = '/image/v1/status';

/** Characters. A cursor of the service goes back to it as it came. */
const LONGEST_CURSOR = 2_000;

const BY_ID: readonly (readonly [method: string, pattern: RegExp, kind: 'status' | 'result' | 'input' | 'cancel'])[] = [
  ['GET', /^\/image\/v1\/status\/([\w-]{1,100})$/, 'status'],
  ['GET', /^\/image\/v1\/download\/input\/([\w-]{1,100})$/, 'input'],
  ['GET', /^\/image\/v1\/download\/([\w-]{1,100})$/, 'result'],
  ['DELETE', /^\/image\/v1\/cancel\/([\w-]{1,100})$/, 'cancel'],
];

/**
 * Null for whatever is not on the list. `target` is the request line's, compared as it stands: nothing is decoded, no
 * dots are resolved, and no part of it but an id and a cursor ever goes into an address of the service.
 */
export function routeOf(method: string, target: string): Route | null {
  const [path, query] = target.split(/\?(.*)/s, 2) as [string, string | undefined];
  if (method === 'POST') {
    const known = Object.values(SUBMIT_PATHS).find((submit) => submit === target);
    return known === undefined ? null : { kind: 'submit', path: known };
  }
  if (method === 'GET' && path === STATUS_PATH) return listOf(query ?? '');
  if (query !== undefined) return null;
  if (method === 'GET' && path === '/') return { kind: 'home' };
  if (method === 'GET' && path === BALANCE_PATH) return { kind: 'balance' };
  if ((method === 'GET' || method === 'HEAD') && path.startsWith(FILE_PATH)) {
    const sealed = path.slice(FILE_PATH.length);
    return /^[\w-]{1,12000}$/.test(sealed) ? { kind: 'file', sealed } : null;
  }
  for (const [verb, pattern, kind] of BY_ID) {
    const id = verb === method ? pattern.exec(path)?.[1] : undefined;
    if (id !== undefined && id !== 'input') return { kind, id };
  }
  return null;
}

function listOf(query: string): Route | null {
  const given = new URLSearchParams(query);
  if ([...given.keys()].some((name) => !['paginated', 'limit', 'cursor'].includes(name))) return null;
  if (given.get('paginated') !== 'true') return given.size === 0 ? { kind: 'list', limit: null, cursor: null } : null;
  const limit = Number(given.get('limit') ?? '50');
  const cursor = given.get('cursor');
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) return null;
  return cursor !== null && cursor.length > LONGEST_CURSOR ? null : { kind: 'list', limit, cursor };
}

/** The service's path for a list: written anew from what was understood. */
export function listPath(limit: number | null, cursor: string | null): string {
  if (limit === null) return STATUS_PATH;
  const from = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
  return `${STATUS_PATH}?paginated=true&limit=${limit}${from}`;
}
