/** The API's own server: `/image/v1/...` and `/account/v1/...`, every call with a key. */
import { timingSafeEqual } from 'node:crypto';
import multipart from '@fastify/multipart';
import fastify, { type FastifyInstance } from 'fastify';
import { addAccount } from './account';
import type { Context } from './context';
import { addControl, isOwnAddress } from './control';
import { allowOrigins } from './cors';
import { faultyServer } from './faulty';
import { addJobs } from './jobs';
import { addLatency } from './latency';
import { answerError, Refusal } from './refusal';
import { addSubmit } from './submit';

/** Fields beside the file are a few words each. */
const FIELD_BYTES = 10_000;
const ROOM_FOR_FIELDS = 100_000;

/**
 * Not listening yet. Any key that is not empty is right when the options name none. Bodies: `uploadLimit` bytes,
 * and 100 kB for the fields.
 */
export async function createApi(context: Context): Promise<FastifyInstance> {
  const { options } = context;
  const app: FastifyInstance = fastify({
    bodyLimit: options.uploadLimit + ROOM_FOR_FIELDS,
    ...faultyServer(context, 'api', () => app),
  });
  addLatency(app, options.latency);
  allowOrigins(app, { exposeHeaders: options.exposeHeaders, allowHeaders: ['X-API-Key', 'Content-Type', 'Accept'] });
  app.addHook('onRequest', async (request) => {
    const open = request.method === 'OPTIONS' || request.url === '/' || isOwnAddress(request.url);
    if (!open && !isRightKey(request.headers['x-api-key'], options.key))
      throw new Refusal(401, 'The API key is invalid, expired or missing.');
    if (Number(request.headers['content-length'] ?? 0) > options.uploadLimit + ROOM_FOR_FIELDS) {
      throw new Refusal(413, 'The upload is too large.');
    }
  });
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(async (_request, reply) => {
    return reply.code(404).send({ message: 'There is nothing at this address.', code: 404 });
  });
  await app.register(multipart, {
    limits: { fileSize: options.uploadLimit, files: 4, fields: 40, fieldSize: FIELD_BYTES, parts: 44 },
    throwFileSizeLimit: true,
  });
  // For people who open the address in a browser.
  app.get('/', async (_request, reply) =>
    reply.type('text/plain; charset=utf-8').send(`Recover Faces, local engine: ${context.kind}.\n`),
  );
  addSubmit(app, context);
  addJobs(app, context);
  addAccount(app, context);
  await app.register(async (own) => addControl(own, context));
  return app;
}

function isRightKey(given: string | string[] | undefined, key: string | null): boolean {
  if (typeof given !== 'string' || given.trim() === '') return false;
  if (key === null) return true;
  const [a, b] = [Buffer.from(given), Buffer.from(key)];
  return a.length === b.length && timingSafeEqual(a, b);
}
