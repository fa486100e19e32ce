/**
 * `/engine/...`: what only this engine has. No key is needed, but no page of the web gets an answer: a browser names
 * the page's origin, and a frame without one (`null`) may be anybody's.
 */
import type { FastifyInstance } from 'fastify';
import type { Context } from './context';
import { isLoopbackOrigin } from './cors';
import { Refusal } from './refusal';

export const OWN_PREFIX = '/engine/';

export function addControl(app: FastifyInstance, { store, ledger }: Context): void {
  app.addHook('onRequest', async ({ url, headers: { origin } }) => {
    if (url.startsWith(OWN_PREFIX) && origin !== undefined && !isLoopbackOrigin(origin)) {
      throw new Refusal(403, 'Only this machine may ask for this.');
    }
  });

  app.get('/engine/ledger', async () => ({
    charges: ledger.charges().map(({ at, processId, filename, credits }) => ({
      process_id: processId,
      tag: filename,
      credits,
      time: at,
    })),
    jobs: store.list().map((job) => ({
      process_id: job.processId,
      source_id: job.sourceId,
      tag: job.filename,
      status: job.status,
      credits: job.credits,
      creation_time: job.creationTime,
    })),
  }));
}
