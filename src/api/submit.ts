/**
 * The one request that spends credits. Never repeated by itself: what to do after a failure is decided in
 * `core/failure` by whoever called.
 */
import type { ProcessId } from '../core/ids';
import type { CallFailure } from '../core/job/failure';
import { SUBMIT_PATHS, type Work, workFields } from '../core/job/work';
import { OUTPUT_FORMAT } from '../core/job/workKey';
import { type Answered, durationOf } from '../core/pace/poll';
import { failed, ok, type Result } from '../core/result';
import type { Endpoint } from '../core/settings';
import { exchange, JSON_LIMIT, json } from './http';
import { parseProcessId, parseTime } from './parse';
import type { Upload } from './running';
import type { World } from './world';

/** Milliseconds: without progress while the body goes out, and for the answer after its last byte. */
const UPLOAD_PATIENCE = 30_000;
const ANSWER_PATIENCE = 60_000;

/** The picture last: a server that reads the form as a stream then knows the parameters before the bytes. */
export function form(upload: Upload, tag: string, work: Work): FormData {
  const data = new FormData();
  for (const [name, text] of workFields(work)) data.set(name, text);
  data.set('output_format', OUTPUT_FORMAT);
  // Bytes from Figma or from the pixel worker are never in shared memory, which alone a Blob would refuse.
  const bytes = upload.bytes as Uint8Array<ArrayBuffer>;
  data.set('image', new Blob([bytes], { type: upload.format === 'png' ? 'image/png' : 'image/jpeg' }), tag);
  return data;
}

export interface Taken {
  readonly id: ProcessId;
  readonly answered: Answered;
}

/**
 * `onSent`: 0..1 of the body. Throws the signal's reason when it is aborted: it is then open whether the service
 * has the job.
 */
export async function submit(
  world: World,
  endpoint: Endpoint,
  kind: Work['kind'],
  body: FormData,
  onSent: (fraction: number) => void,
  signal: AbortSignal,
): Promise<Result<Taken, CallFailure>> {
  const address = `${endpoint.address}${SUBMIT_PATHS[kind]}`;
  const begun = world.now();
  /** When the last byte was out, as far as is known. */
  let out = begun;
  const reply = await exchange(
    world,
    { address, patience: UPLOAD_PATIENCE, limit: JSON_LIMIT },
    (inner, alive) =>
      world.upload(address, { headers: { 'X-API-Key': endpoint.key }, body, signal: inner }, (fraction) => {
        alive(fraction < 1 ? UPLOAD_PATIENCE : ANSWER_PATIENCE);
        if (fraction < 1 || out === begun) out = world.now();
        onSent(fraction);
      }),
    signal,
  );
  if (!reply.ok) return reply;
  const answer = json(reply.value) as Readonly<Record<string, unknown>> | null | undefined;
  const id = parseProcessId(answer?.['process_id']) ?? parseProcessId(reply.value.header('X-Process-ID'));
  const now = world.now();
  const times = { upload: (out - begun) / 1000, wait: (now - out) / 1000 };
  const hint = durationOf(parseTime(answer?.['eta']), world.clock() / 1000);
  if (id !== null) return ok({ id, answered: { hint, ...times } });
  return failed({ kind: 'lost', error: { code: 'answer-unreadable', host: reply.value.host } });
}
