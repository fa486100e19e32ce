/** What a request is about, from its method and address alone. */
import type { RequestKind } from './plan';

export interface Asked {
  readonly kind: RequestKind;
  /** The process or, of `/sources/`, the source that the address names; null when it names none. */
  readonly id: string | null;
}

const API: readonly (readonly [method: string, path: RegExp, kind: RequestKind])[] = [
  ['POST', /^\/image\/v1\/(?:restore-gen|enhance)\/async$/, 'submit'],
  ['GET', /^\/image\/v1\/status$/, 'list'],
  ['DELETE', /^\/image\/v1\/status$/, 'clear'],
  ['GET', /^\/image\/v1\/status\/([^/]+)$/, 'status'],
  ['DELETE', /^\/image\/v1\/status\/([^/]+)$/, 'delete'],
  ['GET', /^\/image\/v1\/download\/input\/([^/]+)$/, 'input'],
  ['GET', /^\/image\/v1\/download\/([^/]+)$/, 'link'],
  ['DELETE', /^\/image\/v1\/cancel\/([^/]+)$/, 'cancel'],
  ['GET', /^\/account\/v1\/credits\/balance$/, 'balance'],
  ['POST', /^\/image\/v1\/estimate-gen$/, 'estimate'],
];

/** Never fails: what is no address of the API is 'other'. Ids are as they stand in the address, not checked. */
export function askedBy(origin: 'api' | 'files', method: string, address: string): Asked {
  const path = address.split('?', 1)[0]!;
  if (method === 'OPTIONS') return { kind: 'preflight', id: null };
  if (origin === 'files') {
    const id = /^\/(?:results|sources)\/([^/]+)\//.exec(path)?.[1] ?? null;
    return { kind: id === null ? 'other' : 'bytes', id };
  }
  for (const [name, pattern, kind] of API) {
    const found = pattern.exec(path);
    if (name === method && found !== null) return { kind, id: found[1] ?? null };
  }
  return { kind: 'other', id: null };
}
