/**
 * `POST /image/v1/restore-gen/async` and `/enhance/async`: take a picture in, check everything that can be checked, and
 * queue it.
 */
import { randomUUID } from 'node:crypto';
import { renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { type AskedWork, FACES_MODEL, SUBMIT_PATHS } from '../../src/core/job/work';
import { credits, type Size } from '../../src/core/money/price';
import type { EngineJob } from '../job';
import type { Context } from './context';
import { enhanceOutputOf, enhanceSettingsOf } from './enhanceForm';
import { type Form, outputFormatOf, parametersOf, readForm } from './form';
import { Refusal } from './refusal';

type Source = Pick<EngineJob, 'sourceId' | 'filename' | 'input'>;

interface Asked {
  readonly work: AskedWork;
  readonly output: Size;
}

/** What is asked for, in two steps: the fields before the picture is looked at, then what depends on its size. */
type Reader = (fields: ReadonlyMap<string, string>) => (input: Size) => Asked;

/**
 * A job is on disk and its credits are reserved when the answer goes out. Throws `Refusal`: 400, 402, 404, 413,
 * 415, 422.
 */
export function addSubmit(app: FastifyInstance, context: Context): void {
  const { scale } = context.options;
  addPath(app, context, SUBMIT_PATHS.faces, (fields) => {
    if (fields.get('model') !== FACES_MODEL) throw new Refusal(400, 'Invalid model. This engine knows: Faces.');
    const work: AskedWork = { kind: 'faces', parameters: parametersOf(fields) };
    return ({ width, height }) => ({ work, output: { width: width * scale, height: height * scale } });
  });
  addPath(app, context, SUBMIT_PATHS.enhance, (fields) => {
    const settings = enhanceSettingsOf(fields);
    return (input) => {
      const output = enhanceOutputOf(fields, input);
      return { work: { kind: 'enhance', parameters: { ...settings, output } }, output };
    };
  });
}

function addPath(app: FastifyInstance, context: Context, path: string, read: Reader): void {
  const { options, store, ledger, queue, seconds } = context;
  app.post(path, async (request, reply) => {
    const sourceId = randomUUID();
    const file = store.incomingFile(sourceId);
    const form = await readForm(request, file);
    try {
      const askedFor = read(form.fields);
      const format = outputFormatOf(form.fields);
      const source = await sourceOf(context, form, sourceId, file);
      const asked = askedFor(source.input);
      const { work } = asked;
      const output = { ...asked.output, format };
      if (options.inFlight !== null && queue.inFlight() >= options.inFlight) {
        throw new Refusal(429, 'Too many requests. Wait until a process has finished.');
      }
      const processId = randomUUID();
      const price = credits(output);
      if (!ledger.reserve(processId, price)) throw new Refusal(402, 'Insufficient funds.');
      if (source.sourceId === sourceId) renameSync(file, store.sourceFile(sourceId));
      const eta = queue.readyAt({ work, input: source.input, output });
      const created = seconds();
      queue.add({
        v: 1,
        sequence: store.nextSequence(),
        processId,
        ...source,
        output,
        work,
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
