/** Starts the engine: the API on one port, the files on another, the work in a thread of its own. */
import type { FastifyInstance } from 'fastify';
import { failed, ok, type Result } from '../src/core/result';
import { createMachine, type Faults } from './faults/machine';
import { createApi } from './http/api';
import type { Context } from './http/context';
import { createDoors, type Doors } from './http/doors';
import { createFiles } from './http/files';
import { type EngineJob, isFinished } from './job';
import { type Charge, openLedger } from './ledger';
import { lockFolder } from './lock';
import type { ModelFault } from './neural/fault';
import { type EngineOptions, STANDARD_OPTIONS } from './options';
import type { DecodeFault } from './picture/decode';
import { createQueue, type Outcome, type Work } from './queue';
import { ENHANCER_KIND } from './restore/kind';
import { createSpeeds } from './speed';
import { openStore, type Store } from './store';
import type { FromThread, Inspected, RestoreTask, TaskWork } from './worker/messages';
import { inspectFile, runTask } from './worker/task';
import { startThread, type Thread } from './worker/thread';

export interface Engine {
  /** Origin of the API, without a trailing slash. */
  readonly address: string;
  /** Origin of the download links. */
  readonly filesAddress: string;
  /** What its restorer is. */
  readonly kind: string;
  readonly charges: () => readonly Charge[];
  readonly jobs: () => readonly EngineJob[];
  /** What goes wrong from now on. */
  readonly faults: Faults;
  /** Starts its threads now: the first upload is then answered as fast as the second. */
  warm(): void;
  /** Stops listening and working. Unfinished jobs are taken up again at the next start on the same folder. */
  close(): Promise<void>;
}

const EXPIRY_CHECK = 3_600_000;

/** The data folder is held by another engine, or the port is taken, or the model cannot be used. */
export type StartFault = 'folder-taken' | 'port-taken' | ModelFault;

/** Every option but the data folder has a standard value. Ports are free ones unless told. */
export async function startEngine(
  given: Partial<EngineOptions> & Pick<EngineOptions, 'data'>,
): Promise<Result<Engine, StartFault>> {
  const options: EngineOptions = { ...STANDARD_OPTIONS, ...given };
  const unlock = lockFolder(options.data);
  if (unlock === null) return failed('folder-taken');
  const [looker, worker] = [startThread(), startThread({ model: options.model })];
  const prepared = await prepare(options, worker);
  if (!prepared.ok) {
    await worker.close();
    unlock();
    return prepared;
  }
  const kind = prepared.value;
  const store = openStore(options.data);
  const ledger = openLedger(options.data, options.credits);
  const speeds = options.speed === null ? createSpeeds() : { faces: options.speed, enhance: options.speed };
  const queue = createQueue(
    store,
    ledger,
    speeds,
    workOf(options, store, worker),
    options.now,
    options.log,
    options.parallel,
  );
  const seconds = (): number => Math.floor(options.now() / 1000);
  const machine = createMachine(options.faults, options.now);
  const closing = new AbortController();
  let filesAddress = '';
  let doors: Doors | null = null;
  const inspect =
    options.restorer === null ? (file: string) => looker.ask({ kind: 'inspect', file }).then(inspected) : inspectFile;
  const context: Context = {
    options,
    store,
    ledger,
    queue,
    speeds,
    kind,
    inspect,
    seconds,
    machine,
    goDown: (duration) => doors?.goDown(duration),
    closing: closing.signal,
    filesAddress: () => filesAddress,
  };
  const [api, files] = [await createApi(context), await createFiles(context)];
  const close = async (): Promise<void> => {
    clearInterval(expiry);
    closing.abort();
    await doors?.reopen();
    await Promise.all([api.close(), files.close()]);
    await queue.close();
    await Promise.all([looker.close(), worker.close()]);
    unlock();
  };
  const expiry = setInterval(() => store.expire(seconds()), EXPIRY_CHECK);
  expiry.unref();
  filesAddress = (await listen(files, options.filesPort)) ?? '';
  const address = filesAddress === '' ? null : await listen(api, options.port);
  if (address === null) {
    await close();
    return failed('port-taken');
  }
  doors = createDoors([api.server, files.server]);
  takeUp(store, (job) => {
    if (ledger.reserve(job.processId, job.credits)) queue.add({ ...job, status: 'Pending', progress: 0 });
  });
  store.expire(seconds());
  const warm = (): void => {
    looker.warm();
    if (options.restorer === null) worker.warm();
  };
  return ok({ address, filesAddress, kind, charges: ledger.charges, jobs: store.list, faults: machine, warm, close });
}

/** What the restorer is. A model is loaded and tried now, so that a wrong one never meets a job. */
async function prepare({ restorer, model }: EngineOptions, worker: Thread): Promise<Result<string, ModelFault>> {
  if (restorer !== null) return ok(restorer.kind);
  if (model === null) return ok(ENHANCER_KIND);
  const answer = await worker.ask({ kind: 'prepare' });
  if (answer.kind === 'prepared') return ok(answer.restorer);
  if (answer.kind === 'refused') return failed(answer.fault);
  // The thread died over it: out of memory, or the runtime gave up.
  const detail = answer.kind === 'broken' ? answer.detail : `The thread answered ${answer.kind}.`;
  return failed({ code: 'failed', file: model, detail: detail.split('\n')[0]! });
}

/** Jobs that the last engine left unfinished, oldest first. */
function takeUp(store: Store, queue: (job: EngineJob) => void): void {
  for (const job of [...store.list()].reverse()) if (!isFinished(job.status)) queue(job);
}

async function listen(app: FastifyInstance, port: number): Promise<string | null> {
  try {
    return await app.listen({ port, host: '127.0.0.1' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return null;
    throw error;
  }
}

function inspected(answer: FromThread): Result<Inspected, DecodeFault> {
  if (answer.kind === 'inspected') return ok(answer.picture);
  if (answer.kind === 'unreadable') return failed(answer.fault);
  // The thread ran out of memory or the like over this file.
  return failed('format');
}

function workOf({ restorer }: EngineOptions, store: Store, thread: Thread): Work {
  return (job, onProgress) => {
    const stop = new SharedArrayBuffer(4);
    const flag = new Int32Array(stop);
    const task: RestoreTask = {
      source: store.sourceFile(job.sourceId),
      result: store.resultFile(job.processId),
      format: job.output.format,
      work: taskOf(job),
    };
    const outcome =
      restorer === null
        ? thread.ask({ kind: 'restore', task, stop }, onProgress).then(outcomeOf)
        : runTask(restorer, task, { onProgress, isCancelled: () => Atomics.load(flag, 0) !== 0 }).then(
            (result): Outcome => {
              if (result.ok) return { kind: 'restored' };
              return result.error === 'cancelled' ? { kind: 'cancelled' } : { kind: 'failed', message: result.error };
            },
            (error: unknown): Outcome => ({ kind: 'failed', message: String(error) }),
          );
    return { outcome, stop: () => Atomics.store(flag, 0, 1) };
  };
}

function taskOf({ work, input, output }: EngineJob): TaskWork {
  if (work.kind === 'enhance') return work;
  return { ...work, scale: Math.round(output.width / input.width) as 1 | 2 | 4 };
}

function outcomeOf(answer: FromThread): Outcome {
  switch (answer.kind) {
    case 'restored':
    case 'cancelled':
      return { kind: answer.kind };
    case 'unreadable':
      return { kind: 'failed', message: answer.fault };
    case 'broken':
      return { kind: 'failed', message: answer.detail };
    default:
      return { kind: 'failed', message: `The thread answered ${answer.kind}.` };
  }
}
