/** `POST /image/v1/restore-gen/async`: takes a picture in, checks everything that can be checked, and queues it. */
import { randomUUID } from 'node:crypto';
import { renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { credits } from '../../src/core/price';
import type { EngineJob } from '../job';
import type { Context } from './context';
import { type Form, outputFormatOf, parametersOf, readForm } from './form';
import { Refusal } from './refusal';

type Source = Pick<EngineJob, 'sourceId' | 'filename' | 'input'>;

export function addSubmit(app: FastifyInstance, context: Context): void {
  const { options, store, ledger, queue, seconds } = context;
  app.post('/image/v1/restore-gen/async', async (request, reply) => {
    const sourceId = randomUUID();
    const file = store.incomingFile(sourceId);
    const form = await readForm(request, file);
    try {
      const { fields } = form;
      if (fields.get('model') !== 'Faces') throw new Refusal(400, 'Invalid model. This engine knows: Faces.');
      const parameters = parametersOf(fields);
      const format = outputFormatOf(fields);
      const source = await sourceOf(context, form, sourceId, file);
      const output = { width: source.input.width * options.scale, height: source.input.height * options.scale, format };
      if (options.inFlight !== null && queue.inFlight() >= options.inFlight) {
        throw new Refusal(429, 'Too many requests. Wait until a process has finished.');
      }
      const processId = randomUUID();
      const price = credits(output);
      if (!ledger.reserve(processId, price)) throw new Refusal(402, 'Insufficient funds.');
      if (source.sourceId === sourceId) renameSync(file, store.sourceFile(sourceId));
      const eta = queue.readyAt(source.input);
      const created = seconds();
      queue.add({
        v: 1,
        sequence: store.nextSequence(),
        processId,
        ...source,
        output,
        parameters,
        status: 'Pending',
        progress: 0,
        eta,
        creationTime: created,
        modificationTime: created,
        credits: price,
        message: null,
      });
      return reply
        .headers({ 'X-Process-ID': processId, 'X-Source-ID': source.sourceId, 'X-ETA': String(eta) })
        .send({ process_id: processId, source_id: source.sourceId, eta });
    } finally {
      // Still there only when it was refused or not needed.
      await rm(file, { force: true });
    }
  });
}

async function sourceOf(context: Context, { fields, filename }: Form, sourceId: string, file: string): Promise<Source> {
  const given = [filename !== null, fields.has('source_id'), fields.has('source_url')].filter(Boolean).length;
  if (given !== 1) throw new Refusal(400, 'Give exactly one of image, source_id and source_url.');
  if (fields.has('source_url')) {
    throw new Refusal(400, 'This engine runs on your machine and fetches nothing: send the picture as image.');
  }
  if (filename === null) {
    const earlier = context.store.list().find((job) => job.sourceId === fields.get('source_id'));
    if (earlier === undefined) throw new Refusal(404, 'There is no source with this ID.');
    return { sourceId: earlier.sourceId, filename: earlier.filename, input: earlier.input };
  }
  const picture = await context.inspect(file);
  if (picture.ok) return { sourceId, filename, input: picture.value };
  if (picture.error === 'format') throw new Refusal(415, 'Image could not be decoded to a supported image type.');
  throw new Refusal(422, 'Invalid input dimensions. The picture has too many pixels.');
}
