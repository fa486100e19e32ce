/** What the wire and the service do to requests, beyond the faults of single requests: outages, quirks, other people. */
import type { Incoming, Outgoing, Service } from '../service';
import { reply } from '../service';

/** How the service names, orders and times what it tells, for a whole schedule. */
export interface Quirks {
  /** The upload's name in the list: as it was, with something before it, the same for all, or left out. */
  readonly names: 'echoed' | 'prefixed' | 'replaced' | 'missing';
  readonly list: 'newest first' | 'oldest first' | 'turns in circles';
  readonly status: 'plain' | 'unknown words' | 'backwards' | 'no eta' | 'eta 0' | 'eta past' | 'eta far' | 'eta in ms';
  /** Seconds by which the service's clock is ahead. */
  readonly skew: number;
  /** Other people's jobs on the same key, of the same size as ours. */
  readonly strangers: number;
}

export const PLAIN: Quirks = { names: 'echoed', list: 'newest first', status: 'plain', skew: 0, strangers: 0 };

/** The kinds of requests, each by its `METHOD path`. */
export const KINDS = {
  submit: /^POST/,
  list: /^GET \/image\/v1\/status\?/,
  status: /^GET \/image\/v1\/status\/\w/,
  link: /^GET \/image\/v1\/download/,
  bytes: /^GET \/files/,
  cancel: /^DELETE/,
  balance: /^GET \/account/,
} as const;
export type Kind = keyof typeof KINDS;

export interface Wire {
  keyRefused: boolean;
  /** Unix milliseconds until which requests of a kind are answered with a status. */
  readonly outages: Map<Kind, { readonly until: number; readonly status: number }>;
  /** True while the list may hide or blur jobs. */
  calm(): void;
}

/** Puts the wire before the service. `onTrouble` hears of everything that does not go well. */
export function layWire(service: Service, clock: () => number, quirks: Quirks, onTrouble: () => void): Wire {
  let current = quirks;
  const wire: Wire = {
    keyRefused: false,
    outages: new Map(),
    calm: () => {
      wire.keyRefused = false;
      wire.outages.clear();
      current = { ...current, list: 'newest first', status: 'plain' };
    },
  };
  service.echoesNames = quirks.names !== 'missing';
  for (let count = 0; count < quirks.strangers; count++) {
    service.jobs.push({
      id: `00000000-0000-4000-9000-${String(count).padStart(12, '0')}`,
      fileName: `holiday ${count}~${String(count).padStart(12, 'x')}-1.png`,
      input: Uint8Array.of(1, 2, count % 256),
      fields: {},
      createdAt: clock() - count * 60_000,
      duration: 30,
      cancelledAt: null,
      failed: count % 3 === 0,
    });
  }
  const { handle } = service;
  service.handle = async (incoming) => {
    const line = `${incoming.method} ${incoming.path}`;
    const kind = (Object.keys(KINDS) as Kind[]).find((candidate) => KINDS[candidate].test(line));
    if (wire.keyRefused && kind !== 'bytes') {
      onTrouble();
      return reply(401, { message: 'Invalid key.' });
    }
    const outage = kind === undefined ? undefined : wire.outages.get(kind);
    if (outage !== undefined && clock() < outage.until) {
      onTrouble();
      return reply(outage.status, {});
    }
    const waiting = service.waiting();
    const outgoing = await handle(incoming);
    if (service.waiting() < waiting) onTrouble();
    return typeof outgoing === 'string' || kind === undefined ? outgoing : quirky(outgoing, kind, incoming, current);
  };
  return wire;
}

interface Entry extends Record<string, unknown> {
  filename?: string;
}

function quirky(outgoing: Outgoing, kind: Kind, { path }: Incoming, quirks: Quirks): Outgoing {
  if ((kind !== 'list' && kind !== 'status') || outgoing.status !== 200 || typeof outgoing.body !== 'string') {
    return outgoing;
  }
  const blurred = quirks.names === 'prefixed' || quirks.names === 'replaced' || quirks.status !== 'plain';
  if (!blurred && quirks.list === 'newest first') return outgoing;
  let body: unknown;
  try {
    body = JSON.parse(outgoing.body);
  } catch {
    return outgoing;
  }
  if (kind === 'status') return { ...outgoing, body: JSON.stringify(blur(body as Entry, quirks)) };
  const page = body as { data?: Entry[]; pagination?: object };
  if (page.data === undefined) return outgoing;
  const data = page.data.map((entry) => blur(entry, quirks));
  if (quirks.list === 'oldest first') data.reverse();
  const circle = { has_next_page: true, next_cursor: path.includes('cursor=2') ? '1' : '2' };
  const pagination = quirks.list === 'turns in circles' ? circle : page.pagination;
  return { ...outgoing, body: JSON.stringify({ data, pagination }) };
}

function blur(entry: Entry, { names, status }: Quirks): Entry {
  const named = { ...entry };
  if (names === 'prefixed' && entry.filename !== undefined) named.filename = `uploads_17_${entry.filename}`;
  if (names === 'replaced') named.filename = 'image.png';
  const created = Number(entry['creation_time']);
  switch (status) {
    case 'plain':
      return named;
    case 'unknown words':
      return entry['status'] === 'Pending' ? { ...named, status: 'Warming up' } : named;
    case 'backwards':
      return { ...named, progress: 100 - Number(entry['progress']) };
    case 'no eta':
      return { ...named, eta: null };
    case 'eta 0':
      return { ...named, eta: 0 };
    case 'eta past':
      return { ...named, eta: created - 3600 };
    case 'eta far':
      return { ...named, eta: created + 1e9 };
    case 'eta in ms':
      return { ...named, eta: Number(entry['eta']) * 1000 };
  }
}
