/**
 * `/engine/...`: what only this engine has, and where nothing ever goes wrong. No key is needed, but no page of the web
 * gets an answer: a browser names the page's origin, and a frame without one (`null`) may be anybody's.
 */
import type { FastifyInstance } from 'fastify';
import { parseFaultPlan } from '../faults/parse';
import type { Context } from './context';
import { isLoopbackOrigin } from './cors';
import { Refusal } from './refusal';

/** The engine's own: no key is asked for there, and no fault happens. */
export const isOwnAddress = (address: string): boolean => address.startsWith('/engine/');

/** `app` is a scope of its own: how bodies are read here is nobody else's concern. */
export function addControl(app: FastifyInstance, { store, ledger, machine }: Context): void {
  app.addHook('onRequest', async ({ headers: { origin } }) => {
    if (origin !== undefined && !isLoopbackOrigin(origin))
      throw new Refusal(403, 'Only this machine may ask for this.');
  });
  // As text, whatever its type: mistakes are told with their line, and `curl -T plan.json` names no type.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));

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

  const report = (): unknown => ({ rules: machine.fired() });
  app.get('/engine/faults', async () => report());
  app.put('/engine/faults', async ({ body }) => {
    const plan = parseFaultPlan(String(body ?? ''));
    if (!plan.ok) throw new Refusal(400, plan.error);
    machine.set(plan.value);
    return report();
  });
  app.delete('/engine/faults', async (_request, reply) => {
    machine.clear();
    return reply.code(204).send();
  });
}
