/**
 * The second origin: uploads and results under presigned links, as the service's storage host has them. It knows
 * signatures, not keys, and refuses in the storage host's own way: XML.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import type { EngineJob } from '../job';
import { MIME_TYPES } from '../picture/encode';
import type { Context } from './context';
import { allowOrigins } from './cors';
import { faultyServer } from './faulty';
import { addLatency } from './latency';
import { checkLink, type LinkKind } from './links';

/** Not listening yet. Expired or forged links: 403; no such file, or deleted: 404. */
export async function createFiles(context: Context): Promise<FastifyInstance> {
  const { options, store, seconds } = context;
  const app: FastifyInstance = fastify(faultyServer(context, 'files', () => app));
  addLatency(app, options.latency);
  allowOrigins(app, { exposeHeaders: options.exposeHeaders, allowHeaders: ['Range'] });
  app.setNotFoundHandler(async (_request, reply) =>
    refuse(reply, 404, 'NoSuchKey', 'The specified key does not exist.'),
  );
  app.setErrorHandler((_error, _request, reply) => {
    void refuse(reply, 500, 'InternalError', 'The engine failed at this request.');
  });
  app.route({
    method: ['GET', 'HEAD'],
    url: '/:kind/:id/:name',
    handler: async (request, reply) => {
      const { kind, id } = request.params as { readonly kind: string; readonly id: string };
      const path = request.url.split('?', 1)[0]!;
      switch (checkLink(store.secret, request.method, path, request.query as Record<string, string>, seconds())) {
        case 'forged':
          return refuse(reply, 403, 'SignatureDoesNotMatch', 'The signature does not match.');
        case 'expired':
          return refuse(reply, 403, 'AccessDenied', 'Request has expired');
        case 'valid':
          return sendFile(context, kind as LinkKind, id, reply, request.method === 'HEAD');
      }
    },
  });
  return app;
}

async function sendFile(
  { store }: Context,
  kind: LinkKind,
  id: string,
  reply: FastifyReply,
  headOnly: boolean,
): Promise<FastifyReply> {
  const has = kind === 'results' ? (job: EngineJob) => job.processId === id : (job: EngineJob) => job.sourceId === id;
  const job = store.list().find(has);
  const file = kind === 'results' ? store.resultFile(id) : store.sourceFile(id);
  const found = job === undefined ? null : await stat(file).catch(() => null);
  if (job === undefined || found === null) return refuse(reply, 404, 'NoSuchKey', 'The specified key does not exist.');
  void reply.type(MIME_TYPES[kind === 'results' ? job.output.format : job.input.format]);
  void reply.header('Content-Length', found.size);
  return headOnly ? reply.send() : reply.send(createReadStream(file));
}

function refuse(reply: FastifyReply, status: number, code: string, message: string): FastifyReply {
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return reply.code(status).type('application/xml').send(xml);
}
