/** An order, an endpoint and a store for tests of the client. */
import { createHash } from 'node:crypto';
import { type Policy, SAFE_POLICY } from '../../src/api/policy';
import { resumeJob, startJob } from '../../src/api/restore';
import type { Client, RunningJob, Source, Upload } from '../../src/api/running';
import { createTraffic } from '../../src/api/traffic';
import type { PluginError } from '../../src/core/errors';
import { contentHash, fileId, imageHash, nodeId } from '../../src/core/ids';
import type { Job, JobOrder } from '../../src/core/job/job';
import type { Progress } from '../../src/core/job/progress';
import { workKey } from '../../src/core/job/workKey';
import { mintJobId } from '../../src/core/mint';
import { STANDARD_PARAMETERS } from '../../src/core/parameters';
import { ok, type Result } from '../../src/core/result';
import type { Endpoint } from '../../src/core/settings';
import { createService, RESULT, type Service, SIDE } from './service';
import { type VirtualWorld, virtualWorld } from './virtualWorld';

export const KEY = 'the-secret-key';
export const ADDRESS = 'https://api.example';
export const FILES = 'https://files.example';
export const ENDPOINT: Endpoint = { address: ADDRESS, key: KEY, name: 'Topaz Labs' };
export const UPLOAD: Upload = { bytes: RESULT, format: 'png' };
const CONTENT = createHash('sha256').update(UPLOAD.bytes).digest('hex');
/** Gets the picture at once. */
export const source =
  (upload: Upload): Source =>
  async () =>
    ok(upload);

export function order(random: () => number, clock: () => number, address = ADDRESS): JobOrder {
  return {
    id: mintJobId(random),
    workKey: workKey(contentHash(CONTENT), { kind: 'faces', parameters: STANDARD_PARAMETERS }),
    target: { fileId: fileId('f'), nodeId: nodeId('1:2'), paintIndex: 0, imageHash: imageHash('h') },
    layerName: 'Team photo / 3',
    fileName: 'Landing page',
    work: { kind: 'faces', parameters: STANDARD_PARAMETERS },
    preset: 'Balanced',
    address,
    input: { width: SIDE, height: SIDE },
    estimate: 1,
    boxes: null,
    batch: null,
    reuses: null,
    createdAt: clock(),
  };
}

export interface Bench {
  readonly world: VirtualWorld;
  readonly service: Service;
  /** Every saved record, in order, as it would be read back. */
  readonly saved: Job[];
  readonly states: () => readonly string[];
  readonly progress: Progress[];
  /** What the next saves answer; then all go well. */
  readonly saves: (Promise<Result<null, PluginError>> | Result<null, PluginError>)[];
  readonly client: Client;
  start(signal?: AbortSignal, picture?: Source): RunningJob;
  resume(job: Job, upload: Upload | null, signal?: AbortSignal): RunningJob;
}

/** `world`: another panel on the same machine, before the same service. */
export function bench(
  seed = 1,
  policy: Policy = SAFE_POLICY,
  world: VirtualWorld & { service: Service } = virtualWorld((clock) => createService(clock, FILES), seed),
): Bench {
  const saved: Job[] = [];
  const saves: Bench['saves'] = [];
  const progress: Progress[] = [];
  const store = {
    save: async (job: Job) => {
      const answer = await (saves.shift() ?? ok(null));
      if (answer.ok) saved.push(JSON.parse(JSON.stringify(job)) as Job);
      return answer;
    },
  };
  const watcher = { onProgress: (now: Progress) => void progress.push(now), onJob: () => undefined };
  const forEver = new AbortController().signal;
  const client: Client = { world, store, traffic: createTraffic(world), policy };
  return {
    world,
    client,
    service: world.service,
    saved,
    saves,
    progress,
    states: () => saved.map((job) => job.state.name),
    start: (signal = forEver, picture = source(UPLOAD)) =>
      startJob(client, ENDPOINT, order(world.random, world.clock), picture, watcher, signal),
    resume: (job, upload, signal = forEver) =>
      resumeJob(client, ENDPOINT, job, upload === null ? null : source(upload), watcher, signal),
  };
}
