/** A round trip's time added to every answer: half before the request is looked at, half before its answer leaves. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { isOwnAddress } from './control';

/** `latency` in milliseconds. The engine's own addresses, which the service does not have, are answered at once. */
export function addLatency(app: FastifyInstance, latency: number): void {
  if (latency === 0) return;
  app.addHook('onRequest', async ({ url }) => {
    if (!isOwnAddress(url)) await sleep(latency / 2);
  });
  app.addHook('onSend', async ({ url }) => {
    if (!isOwnAddress(url)) await sleep(latency / 2);
  });
}
