/**
 * The only door to the outside. It leads to the service, and over https to hosts at public addresses; the address that
 * was checked is the one that is connected to. It follows no redirect.
 */
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { Readable } from 'node:stream';
import { failed, ok, type Result } from '../../src/core/result';
import { isPublicAddress } from './address';
import type { Network, Opening } from './network';

export type Unsent = 'refused' | 'unreachable' | 'timed-out' | 'stopped';

export interface Outbound {
  /** The answer's head; its body is the caller's to read or destroy. `body` is piped, at the pace of the receiver. */
  send(
    url: URL,
    opening: Opening,
    body: Readable | null,
    signal: AbortSignal,
  ): Promise<Result<IncomingMessage, Unsent>>;
}

/** `service`: its host is trusted as it is configured. `patience`: milliseconds without a byte in either direction. */
export function createOutbound(network: Network, service: URL, patience: number): Outbound {
  const own = isLoopback(service) ? service.hostname : null;
  return {
    async send(url, opening, body, signal) {
      const address = await addressOf(network, service, own, url);
      if (!address.ok) return address;
      if (signal.aborted) return failed('stopped');
      return await begin(network, url, address.value, opening, body, patience, signal);
    },
  };
}

const isLoopback = ({ hostname }: URL): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);

async function addressOf(
  network: Network,
  service: URL,
  own: string | null,
  url: URL,
): Promise<Result<string, Unsent>> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const trusted = url.origin === service.origin || (url.hostname === own && url.protocol === 'http:');
  if (!trusted && (url.protocol !== 'https:' || url.port !== '')) return failed('refused');
  if (url.username !== '' || url.password !== '') return failed('refused');
  let addresses: readonly string[] = [host];
  if (isIP(host) === 0) {
    try {
      addresses = await network.resolve(host);
    } catch {
      return failed('unreachable');
    }
  }
  // One private address among public ones is no accident.
  if (addresses.length === 0 || !(trusted || addresses.every(isPublicAddress))) return failed('refused');
  return ok(addresses[0]!);
}

function begin(
  network: Network,
  url: URL,
  address: string,
  opening: Opening,
  body: Readable | null,
  patience: number,
  signal: AbortSignal,
): Promise<Result<IncomingMessage, Unsent>> {
  return new Promise((resolve) => {
    const request = network.open(url, address, opening);
    let late = false;
    const stop = (): void => void request.destroy(new Error('stopped'));
    signal.addEventListener('abort', stop, { once: true });
    request.setTimeout(patience, () => {
      late = true;
      request.destroy(new Error('timed out'));
    });
    request.on('error', () => {
      signal.removeEventListener('abort', stop);
      body?.unpipe(request);
      resolve(failed(signal.aborted ? 'stopped' : late ? 'timed-out' : 'unreachable'));
    });
    request.on('response', (answer) => {
      answer.once('close', () => {
        signal.removeEventListener('abort', stop);
        body?.unpipe(request);
      });
      resolve(ok(answer));
    });
    if (body === null) request.end();
    else body.pipe(request);
  });
}
