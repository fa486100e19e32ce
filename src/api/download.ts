/** The link to a result (or to the input as it was received), and the bytes behind it. */
import type { ProcessId } from '../core/ids';
import type { CallFailure } from '../core/job/failure';
import { failed, ok, type Result } from '../core/result';
import type { Endpoint } from '../core/settings';
import { call, JSON_LIMIT, json, READ_PATIENCE } from './http';
import { parseLink } from './parse';
import type { World } from './world';

/** Lives an hour and opens the result to whoever has it: it is never stored and never shown. */
export interface Link {
  readonly processId: ProcessId;
  readonly address: string;
}

const BYTES_PATIENCE = 20_000;
/** Bytes. A 16.8 MP picture at twice the size, all noise, is 231 MB as PNG. */
const BYTES_LIMIT = 256_000_000;

/** 409, while there is no result yet, is a failure here. */
export async function readLink(
  world: World,
  endpoint: Endpoint,
  id: ProcessId,
  what: 'result' | 'input',
  signal: AbortSignal,
): Promise<Result<Link, CallFailure>> {
  const address = `${endpoint.address}/image/v1/download/${what === 'input' ? 'input/' : ''}${id}`;
  const reply = await call(
    world,
    { method: 'GET', address, key: endpoint.key, patience: READ_PATIENCE, limit: JSON_LIMIT },
    signal,
  );
  if (!reply.ok) return reply;
  const link = parseLink(json(reply.value));
  if (link !== null) return ok({ processId: id, address: link });
  return failed({ kind: 'lost', error: { code: 'answer-unreadable', host: reply.value.host } });
}

/** The link's host never sees the key. */
export async function readBytes(
  world: World,
  link: Link,
  onFraction: (fraction: number | null) => void,
  signal: AbortSignal,
): Promise<Result<Uint8Array, CallFailure>> {
  const reply = await call(
    world,
    {
      method: 'GET',
      address: link.address,
      key: null,
      patience: BYTES_PATIENCE,
      limit: BYTES_LIMIT,
      onReceived: (bytes, total) => onFraction(total === null ? null : Math.min(1, bytes / total)),
    },
    signal,
  );
  return reply.ok ? ok(reply.value.bytes) : reply;
}
