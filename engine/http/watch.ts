/** Sees every request: one line in the log, and the test's eyes. Key, query and body never reach the log. */
import type { FastifyInstance } from 'fastify';
import type { EngineOptions } from '../options';

export function watchRequests(
  app: FastifyInstance,
  origin: 'api' | 'files',
  { log, onRequest, now }: Pick<EngineOptions, 'log' | 'onRequest' | 'now'>,
): void {
  app.addHook('onRequest', async ({ method, url, headers }) => {
    onRequest({ origin, method, path: url, headers });
  });
  app.addHook('onResponse', async ({ method, url }, reply) => {
    const path = url.split('?', 1)[0]!;
    const time = new Date(now()).toISOString().slice(11, 19);
    log(`${time} ${origin} ${method} ${path} ${reply.statusCode} ${Math.round(reply.elapsedTime)} ms`);
  });
}
