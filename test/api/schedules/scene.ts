/**
 * One user's machine, panel and service under a schedule: what the user, the machine and the wire can do, and a check of
 * every request and every charge. Only the panel's session is modelled; below it runs the real client.
 */
import { createHash } from 'node:crypto';
import type { Policy } from '../../../src/api/policy';
import { resumeJob, startJob } from '../../../src/api/restore';
import type { Client, Delivered, RunningJob, Upload } from '../../../src/api/running';
import { createTraffic } from '../../../src/api/traffic';
import type { World } from '../../../src/api/world';
import type { PluginError } from '../../../src/core/errors';
import { batchId, contentHash, fileId, imageHash, nodeId } from '../../../src/core/ids';
import { isOver, type Job, RECORD_BYTES, RECORD_EXTRAS } from '../../../src/core/job/job';
import { reusable, sameWork } from '../../../src/core/job/nextAct';
import { step } from '../../../src/core/job/step';
import { parseTag, token } from '../../../src/core/job/tag';
import { workKey } from '../../../src/core/job/workKey';
import { STANDARD_PARAMETERS } from '../../../src/core/parameters';
import { failed, ok, type Result } from '../../../src/core/result';
import { ADDRESS, ENDPOINT, FILES, KEY, order } from '../jobs';
import { createService, RESULT, type Service, type ServiceJob } from '../service';
import { virtualWorld } from '../virtualWorld';
import { createStorage, type Storage } from './storage';
import { type Kind, layWire, type Quirks, type Wire } from './wire';

/** Two pictures: enough for jobs that run side by side. */
export type Work = 0 | 1;
const WORKS = [0, 1] as const;
const UPLOADS: readonly Upload[] = [
  { bytes: RESULT, format: 'png' },
  { bytes: Uint8Array.from(RESULT, (byte, index) => (index > 40 ? byte ^ 1 : byte)), format: 'png' },
];
const WORK_KEYS = UPLOADS.map(({ bytes }) =>
  workKey(contentHash(createHash('sha256').update(bytes).digest('hex')), {
    kind: 'faces',
    parameters: STANDARD_PARAMETERS,
  }),
);

/** Names and ids as long as Figma's. */
const REAL = {
  target: {
    fileId: fileId('0123456789abcdef'),
    nodeId: nodeId('12345:67890'),
    paintIndex: 0,
    imageHash: imageHash('ab'.repeat(20)),
  },
  layerName: 'A very long name of a layer, as they come from the names of files.png'.repeat(3),
  batch: batchId('0123456789abcdef'),
};

export interface Scene {
  readonly service: Service;
  readonly wire: Wire;
  readonly storage: Storage;
  /** The user presses Restore: something of this picture that is there already is gone on with instead. */
  start(work: Work): void;
  cancel(work: Work): void;
  /** The result is put into the document. */
  apply(work: Work): void;
  /** The user wants it sent again, in spite of the doubt. */
  consent(work: Work): void;
  open(stale: boolean): void;
  /** 'closed': the panel ends in order, and its requests with it. 'killed': nothing of it runs on, but its requests do. */
  close(how: 'closed' | 'killed'): void;
  setOnline(online: boolean): void;
  setKey(refused: boolean): void;
  suspend(seconds: number): void;
  outage(kind: Kind, seconds: number, status: number): void;
  uploadTakes(seconds: number): void;
  pass(seconds: number): Promise<void>;
  /** Everything goes well from here on, and the panel is opened until there is nothing left to do. */
  settle(): Promise<void>;
  /** What went against the rules; empty when all is well. */
  violations(): readonly string[];
  readonly requests: () => number;
  readonly log: readonly string[];
}

interface Panel {
  dead: boolean;
  readonly stop: AbortController;
  readonly client: Client;
  /** By work; the outcome has not settled. */
  readonly running: Map<Work, RunningJob>;
}

/** Milliseconds without any trouble in which a job that runs twice is noticed. */
const FAIR_CHANCE = 150_000;
/** Milliseconds: results are relied on for as long. */
const KEPT = 6.5 * 24 * 3_600_000;
/** Waits of a schedule: the longest take some 20,000, a second each. */
const MOST_WAITS = 200_000;
export function createScene(seed: number, policy: Policy, quirks: Quirks): Scene {
  const world = virtualWorld((clock) => createService(() => clock() + quirks.skew * 1000, FILES), seed);
  const { service } = world;
  const violations = new Set<string>();
  const log: string[] = [];
  const storage = createStorage(world, () => changed());
  const wire = layWire(service, world.clock, quirks, () => changed());
  const workOf = new Map<string, Work>();
  const sentTags = new Set<string>();
  const delivered = new Set<Work>();
  /** Charges that the user agreed to, beyond one for each picture. */
  const consents = [0, 0];
  /** For each picture: since when nothing has troubled its job, and the stretches before. */
  const calmSince: (number | null)[] = [null, null];
  const calm: (readonly [number, number, string])[][] = [[], []];
  /** For each picture: the token of the job that was followed last. */
  const followed = ['', ''];
  /** Unix milliseconds of the first order of each picture. */
  const orderedAt: (number | null)[] = [null, null];
  let panel: Panel | null = null;
  let requests = 0;
  let waits = 0;
  let openings = 0;
  let openSince = 0;
  let openFor = 0;

  /** Something has changed that a job may suffer from: its calm stretch ends, and the next begins when all is well. */
  function changed(): void {
    for (const work of WORKS) {
      const since = calmSince[work];
      if (since != null) calm[work]!.push([since, world.clock(), followed[work]!]);
      const well = world.isOnline && !wire.keyRefused && panel?.running.has(work) === true;
      calmSince[work] = well ? world.clock() : null;
    }
  }

  const scene: Scene = {
    service,
    wire,
    storage,
    log,
    start(work) {
      if (panel === null || panel.running.has(work)) return;
      const records = storage.read(false).filter((job) => job.order.workKey === WORK_KEYS[work]);
      const open = records.find((job) => !isOver(job.state));
      const again = open ?? reusable(records, WORK_KEYS[work]!, ADDRESS, world.clock());
      if (again !== null) {
        resume(work, again);
        return;
      }
      // Of a job that is gone nobody knows whether it was charged, and the user was told so.
      if (records.some((job) => job.state.name === 'GONE')) consents[work]!++;
      const fresh = { ...order(world.random, world.clock), ...REAL, workKey: WORK_KEYS[work]! };
      workOf.set(token(fresh.id), work);
      followed[work] = token(fresh.id);
      orderedAt[work] ??= world.clock();
      log.push(`start ${work}`);
      follow(work, (client, signal) => startJob(client, ENDPOINT, fresh, source(work), watcher, signal));
    },
    cancel(work) {
      panel?.running.get(work)?.cancel();
    },
    apply(work) {
      const done = storage.read(false).find((job) => job.order.workKey === WORK_KEYS[work] && delivered.has(work));
      if (panel === null || done?.state.name !== 'COMPLETED' || panel.running.has(work)) return;
      // Nobody waits for it: a write may never be acknowledged.
      void storage.save(step(done, { type: 'placed', placedAt: world.clock() }, world.clock()));
    },
    consent(work) {
      const asked = storage
        .read(false)
        .find((job) => job.order.workKey === WORK_KEYS[work] && job.state.name === 'ASK');
      if (panel === null || asked === undefined || panel.running.has(work)) return;
      consents[work]!++;
      resume(work, step(asked, { type: 'consented' }, world.clock()));
    },
    open(stale) {
      if (panel !== null) return;
      openings++;
      openSince = world.clock();
      log.push('open');
      const stop = new AbortController();
      const opened: Panel = {
        dead: false,
        stop,
        running: new Map(),
        client: {
          world: guarded(() => opened),
          store: { save: (job) => storedBy(opened, job) },
          traffic: createTraffic(guarded(() => opened)),
          policy,
        },
      };
      panel = opened;
      // Of two jobs of one picture the panel goes on with both; here it is the one that is not settled yet.
      const settledLast = [...storage.read(stale)].sort((one, other) => settledness(one) - settledness(other));
      for (const job of settledLast) {
        const work = workOf.get(token(job.id));
        if (work !== undefined && !isOver(job.state) && !opened.running.has(work)) resume(work, job);
      }
      changed();
    },
    close(how) {
      if (panel === null) return;
      log.push(how);
      openFor += world.clock() - openSince;
      if (how === 'killed') panel.dead = true;
      else panel.stop.abort(new Error('closed'));
      panel = null;
      changed();
    },
    setOnline(online) {
      world.isOnline = online;
      if (online) world.wake();
      changed();
    },
    setKey(refused) {
      wire.keyRefused = refused;
      changed();
    },
    suspend(seconds) {
      changed();
      world.suspend(seconds);
      // Nobody watched anything meanwhile.
      calmSince.fill(null);
      changed();
    },
    outage(kind, seconds, status) {
      wire.outages.set(kind, { until: world.clock() + seconds * 1000, status });
    },
    uploadTakes(seconds) {
      world.uploadSteps = [0.5, 1].map((fraction) => ({ fraction, seconds: seconds / 2 }));
    },
    pass: (seconds) => world.pass(seconds),
    async settle() {
      scene.close('closed');
      service.calm();
      wire.calm();
      world.isOnline = true;
      storage.trouble();
      changed();
      for (let count = 0; count < 6; count++) {
        scene.open(false);
        for (const run of [...panel!.running.values()]) await world.until(run.outcome.catch(() => undefined));
        scene.close('closed');
        await world.pass(60);
        const isIdle = ({ order: { workKey: key }, state }: Job): boolean =>
          isOver(state) || (state.name === 'COMPLETED' && delivered.has(WORK_KEYS.indexOf(key) as Work));
        if (storage.read(false).every(isIdle)) break;
      }
      for (const job of storage.read(false)) {
        const { name } = job.state;
        if (!isOver(job.state) && name !== 'COMPLETED' && name !== 'ASK') violations.add(`left ${name}`);
      }
      // Whatever still runs at the service comes to its end.
      await world.pass(7_200);
    },
    violations: () => [...violations, ...charges(), ...bounds()],
    requests: () => requests,
  };
  return scene;

  function resume(work: Work, job: Job): void {
    followed[work] = token(job.id);
    log.push(`resume ${work} ${job.state.name}`);
    follow(work, (client, signal) => resumeJob(client, ENDPOINT, job, source(work), watcher, signal));
  }

  function follow(work: Work, begin: (client: Client, signal: AbortSignal) => RunningJob): void {
    const mine = panel;
    if (mine === null) return;
    const run = begin(mine.client, mine.stop.signal);
    mine.running.set(work, run);
    changed();
    const over = (result: Result<Delivered, PluginError> | null): void => {
      if (mine.dead) return;
      mine.running.delete(work);
      changed();
      if (result === null) return;
      log.push(`end ${work} ${result.ok ? 'ok' : result.error.code}`);
      if (!result.ok) return;
      if (result.value.bytes !== RESULT && !same(result.value.bytes, RESULT))
        violations.add('other bytes were delivered');
      delivered.add(work);
    };
    run.outcome.then(over, () => over(null));
  }

  function storedBy(owner: Panel, job: Job): Promise<Result<null, PluginError>> {
    if (owner.dead) return forEver();
    if (JSON.stringify(job).includes(KEY)) violations.add('the key is in a record');
    log.push(`save ${job.state.name}`);
    if (job.state.name === 'SUBMITTING' && isDoneElsewhere(job)) {
      return Promise.resolve(failed({ code: 'work-under-way', fileName: '' }));
    }
    return alive(owner, storage.save(job));
  }

  /** The panel's own rule, in its store: nothing is sent that another job has brought, or is about to. */
  function isDoneElsewhere(job: Job): boolean {
    const others = storage.read(false).filter(({ id }) => id !== job.id);
    return sameWork(others, job.order, world.clock()) !== null;
  }

  /** The panel's own world: nothing in it goes on once the panel is dead. */
  function guarded(owner: () => Panel): World {
    return {
      ...world,
      fetch: (address, init) => {
        if (owner().dead) return forEver();
        checkRequest(owner(), address, init.method ?? 'GET', new Headers(init.headers));
        return alive(
          owner(),
          online(() => world.fetch(address, init)),
        );
      },
      upload: (address, init, onSent) => {
        if (owner().dead) return forEver();
        checkRequest(owner(), address, 'POST', new Headers(init.headers));
        checkIntent(init.body);
        return alive(
          owner(),
          online(() => world.upload(address, init, (sent) => owner().dead || onSent(sent))),
        );
      },
      sleep: (milliseconds, signal) => {
        if (owner().dead) return forEver();
        if (++waits > MOST_WAITS) throw new Error(`No end in sight: ${log.slice(-20).join(' · ')}`);
        return alive(owner(), world.sleep(milliseconds, signal));
      },
      online: () => world.isOnline,
    };
  }

  async function online(send: () => Promise<Response>): Promise<Response> {
    if (!world.isOnline) throw new TypeError('Failed to fetch');
    return await send();
  }

  function checkRequest(owner: Panel, address: string, method: string, headers: Headers): void {
    requests++;
    const { origin, pathname } = new URL(address);
    log.push(`${Math.round(world.now() / 100) / 10} ${method} ${pathname.replace('/image/v1', '')}`);
    if (headers.get('X-API-Key') !== null && origin !== ADDRESS) violations.add('the key went to another host');
    if (address.includes(KEY)) violations.add('the key is in an address');
    if (owner.running.size === 0) violations.add(`a request after the end: ${method} ${pathname}`);
  }

  function checkIntent(body: FormData): void {
    const tag = (body.get('image') as File).name;
    if (!storage.intends(tag)) violations.add('a submit without a saved intent');
    if (sentTags.has(tag)) violations.add('two submits under one intent');
    sentTags.add(tag);
  }

  function* charges(): Generator<string> {
    service.charged();
    for (const work of WORKS) {
      const ours = service.jobs.filter((job) => workOf.get(parseTag(job.fileName)?.token ?? '') === work);
      const paid = ours.filter((job) => service.phase(job) === 'Completed');
      const owed = paid.length - strays(work, ours);
      if (owed > 1 + consents[work]!) yield `picture ${work} was paid ${paid.length} times`;
      const young = world.clock() - (orderedAt[work] ?? 0) < KEPT;
      if (owed > 0 && young && !delivered.has(work)) yield `picture ${work} was paid and not delivered`;
    }
  }

  /**
   * Charges for jobs that the browser made by itself, beside the one that was meant, and that nobody could have stopped:
   * no panel watched the job in peace for long enough while both could be seen.
   */
  function strays(work: Work, ours: readonly ServiceJob[]): number {
    let excused = 0;
    for (const twins of twinsOf(ours)) {
      const tag = twins[0]!.fileName;
      const paid = twins.filter((job) => service.phase(job) === 'Completed');
      if (twins.length < 2 || paid.length === 0) continue;
      const toTheUser = (time: number): number => time - quirks.skew * 1000;
      const from = Math.max(...twins.map((job) => toTheUser(job.createdAt))) + service.lag * 1000;
      const to = Math.min(...paid.map((job) => toTheUser(job.createdAt) + job.duration * 1000));
      const nameless = quirks.names === 'missing' || quirks.names === 'replaced';
      const name = parseTag(tag)?.token;
      const seen = calm[work]!.some(
        ([begin, end, of]) => of === name && Math.min(end, to) - Math.max(begin, from) >= FAIR_CHANCE,
      );
      if (nameless || !seen) excused += Math.min(paid.length, twins.length - 1);
    }
    return excused;
  }

  function* bounds(): Generator<string> {
    if (storage.longest() > RECORD_BYTES + RECORD_EXTRAS.twins) yield `a record of ${storage.longest()} bytes`;
    const most = 120 * (openings + workOf.size) + (openFor / 1000) * 1.0;
    if (requests > most) yield `${requests} requests in ${openings} openings and ${Math.round(openFor / 1000)} s`;
  }
}

/** What waits for the user comes after what goes on by itself, and what lies ready last. */
const settledness = ({ state }: Job): number => ['ASK', 'COMPLETED'].indexOf(state.name);

/** Milliseconds: what a browser sends again comes sooner than this. */
const TWINS_WITHIN = 60_000;

/** Jobs of one name that were made together; the same name much later is the client's own doing. */
function twinsOf(jobs: readonly ServiceJob[]): readonly (readonly ServiceJob[])[] {
  const groups: ServiceJob[][] = [];
  for (const job of jobs) {
    const group = groups.find(
      ([first]) => first?.fileName === job.fileName && Math.abs(job.createdAt - first.createdAt) < TWINS_WITHIN,
    );
    if (group === undefined) groups.push([job]);
    else group.push(job);
  }
  return groups;
}

const watcher = { onProgress: () => undefined, onJob: () => undefined };
const source = (work: Work) => async () => ok(UPLOADS[work]!);
const forEver = (): Promise<never> => new Promise<never>(() => undefined);

/** What a promise brings, unless the panel has died meanwhile: then nothing ever. */
function alive<Value>(owner: Panel, promise: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    promise.then(
      (value) => owner.dead || resolve(value),
      (thrown: unknown) => owner.dead || reject(thrown),
    );
  });
}

function same(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
