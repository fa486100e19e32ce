/** `/image/v1/status`, `/image/v1/cancel` and `/image/v1/download`: what becomes of submitted jobs. */
import type { FastifyInstance } from 'fastify';
import { isFinished, statusOf } from '../job';
import { type Context, jobOf } from './context';
import { LINK_SECONDS, type LinkKind, signedPath } from './links';
import { Refusal } from './refusal';

interface PageQuery {
  readonly paginated?: string;
  readonly limit?: string;
  readonly cursor?: string;
}

/**
 * Lists are newest first. Throws `Refusal`: 404 for an unknown id, 409 for a result that is not ready and a job
 * that is over.
 */
export function addJobs(app: FastifyInstance, context: Context): void {
  const { store, ledger, queue, kind, seconds } = context;

  app.get('/image/v1/status', async (request) => {
    store.expire(seconds());
    const query = request.query as PageQuery;
    const all = store.list();
    if (query.paginated !== 'true') return all.map((job) => statusOf(job, kind));
    const limit = query.limit === undefined ? 50 : Number(query.limit);
    if (!Number.isInteger(limit) || limit < 1 || limit > 100)
      throw new Refusal(400, 'Invalid limit. It must be from 1 to 100.');
    // The cursor is the last job's place in the order of acceptance: jobs that come meanwhile move nothing.
    const after = readCursor(query.cursor);
    const rest = all.filter(({ sequence }) => sequence < after);
    const data = rest.slice(0, limit);
    const more = rest.length > limit;
    const last = data.at(-1);
    const pagination =
      more && last !== undefined
        ? { has_next_page: true, next_cursor: writeCursor(last.sequence) }
        : { has_next_page: false };
    return { data: data.map((job) => statusOf(job, kind)), pagination };
  });

  app.get('/image/v1/status/:id', async (request) => statusOf(jobOf(context, request.params), kind));

  const remove = (processId: string): void => {
    queue.cancel(processId);
    ledger.release(processId);
    store.delete(processId);
  };

  app.delete('/image/v1/status/:id', async (request, reply) => {
    remove(jobOf(context, request.params).processId);
    return reply.code(204).send();
  });

  app.delete('/image/v1/status', async () => {
    const all = store.list();
    for (const { processId } of all) remove(processId);
    return { deleted_count: all.length };
  });

  app.delete('/image/v1/cancel/:id', async (request, reply) => {
    const { processId, status } = jobOf(context, request.params);
    if (isFinished(status) || !queue.cancel(processId)) {
      throw new Refusal(409, `The process cannot be cancelled: it is ${status.toLowerCase()}.`);
    }
    return reply.code(204).send();
  });

  const linksTo = (linkKind: LinkKind, name: string, fileName: string): Record<string, unknown> => {
    const expiry = seconds() + LINK_SECONDS;
    const path = `/${linkKind}/${name}/${encodeURIComponent(fileName)}`;
    return {
      download_url: context.filesAddress() + signedPath(store.secret, 'GET', path, expiry),
      head_url: context.filesAddress() + signedPath(store.secret, 'HEAD', path, expiry),
      expiry,
    };
  };

  app.get('/image/v1/download/:id', async (request) => {
    const { processId, status, output } = jobOf(context, request.params);
    if (status !== 'Completed') throw new Refusal(409, `The process has no result: it is ${status.toLowerCase()}.`);
    return linksTo('results', processId, `result.${output.format === 'jpeg' ? 'jpg' : output.format}`);
  });

  app.get('/image/v1/download/input/:id', async (request) => {
    const { sourceId, filename } = jobOf(context, request.params);
    return linksTo('sources', sourceId, filename === '' ? 'input' : filename);
  });
}

const writeCursor = (sequence: number): string => Buffer.from(`after ${sequence}`).toString('base64url');

function readCursor(cursor: string | undefined): number {
  if (cursor === undefined || cursor === '') return Number.POSITIVE_INFINITY;
  const match = /^after (\d+)$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (match === null) throw new Refusal(400, 'Invalid cursor.');
  return Number(match[1]);
}
