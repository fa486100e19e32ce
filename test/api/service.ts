/**
 * A small stand-in for the service that tests script: it keeps jobs, charges for them when they complete, and fails
 * exactly where a script tells it to. Time is handed in; the transport (a function or a real server) is not its matter.
 */
import { encode } from 'fast-png';

export interface Incoming {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: Headers;
  readonly form: FormData | null;
}

export interface Outgoing {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
}

/** What the wire does to one request. `after`: the service has already done what was asked. */
export type Fault =
  | Outgoing
  | 'reset'
  | 'reset-after'
  | 'silence'
  | 'silence-after'
  /** Taken, and then the job fails at the service. */
  | 'fails'
  /** The same, with the answer lost. */
  | 'fails-unseen'
  /** The browser's own re-send: taken twice, answered once. */
  | 'twice'
  /** Done, and answered with this instead: an error of a gateway, a body cut short, or a refusal of the re-send. */
  | { readonly after: Outgoing }
  /** The browser's own re-send is taken at once; the first one is taken this many seconds later. */
  | { readonly lateTwinBy: number }
  /** The connection breaks, and the service takes the job this many seconds later. */
  | { readonly lateBy: number };

export interface ServiceJob {
  readonly id: string;
  readonly fileName: string;
  readonly input: Uint8Array;
  readonly fields: Readonly<Record<string, string>>;
  /** Unix milliseconds. */
  readonly createdAt: number;
  readonly duration: number;
  cancelledAt: number | null;
  failed: boolean;
}

export const SIDE = 8;
export const RESULT = encode({
  width: SIDE,
  height: SIDE,
  channels: 4,
  depth: 8,
  data: Uint8Array.from({ length: SIDE * SIDE * 4 }, (_, index) => (index * 37) % 256),
});

export interface Service {
  handle(incoming: Incoming): Promise<Outgoing | 'reset' | 'silence'>;
  readonly jobs: ServiceJob[];
  /** Every request as `METHOD path`, in order. */
  readonly log: string[];
  /** Queues faults for the requests whose `METHOD path` matches, the first for the first. null: goes well. */
  script(matches: RegExp, ...faults: readonly (Fault | null)[]): void;
  /** Forgets all that was queued. */
  calm(): void;
  /** Faults that are queued still. */
  waiting(): number;
  /** Credits charged up to now. */
  charged(): number;
  /** Seconds a job takes. */
  duration: number;
  /** Seconds by which the list lags behind. */
  lag: number;
  echoesNames: boolean;
  /** Jobs that it works on at once; a submit beyond is refused with 429. */
  limit: number;
  /** Credits on the account; a submit without any left is refused with 402. */
  credits: number;
  /** Seconds after which the service forgets a job. */
  memory: number;
  readonly result: Uint8Array;
  /** Where links point. */
  filesAddress: string;
  phase(job: ServiceJob): string;
}

export function createService(clock: () => number, filesAddress: string): Service {
  const jobs: ServiceJob[] = [];
  const log: string[] = [];
  const scripts: { readonly matches: RegExp; readonly faults: (Fault | null)[] }[] = [];
  const late: { readonly at: number; readonly take: (at: number) => void }[] = [];
  let lastId = 0;

  const service: Service = {
    jobs,
    log,
    duration: 10,
    lag: 0,
    echoesNames: true,
    limit: Number.POSITIVE_INFINITY,
    credits: 100,
    memory: 7 * 24 * 3600,
    result: RESULT,
    filesAddress,
    script(matches, ...faults) {
      scripts.push({ matches, faults: [...faults] });
    },
    calm: () => {
      scripts.length = 0;
    },
    waiting: () => scripts.reduce((sum, { faults }) => sum + faults.filter((fault) => fault !== null).length, 0),
    charged: () => {
      settleLate();
      return jobs.filter((job) => phase(job) === 'Completed').length;
    },
    phase,
    async handle(incoming) {
      settleLate();
      const line = `${incoming.method} ${incoming.path}`;
      log.push(line);
      const script = scripts.find(({ matches, faults }) => matches.test(line) && faults.length > 0);
      const fault = script?.faults.shift() ?? null;
      if (fault === null) return await answer(incoming);
      if (fault === 'reset' || fault === 'silence') return fault;
      if (fault === 'reset-after' || fault === 'silence-after') {
        await answer(incoming);
        return fault === 'reset-after' ? 'reset' : 'silence';
      }
      if (fault === 'fails' || fault === 'fails-unseen') {
        const outgoing = await answer(incoming);
        const last = jobs.at(-1);
        if (last !== undefined) last.failed = true;
        return fault === 'fails' ? outgoing : 'reset';
      }
      if (fault === 'twice') {
        await answer(incoming);
        return await answer(incoming);
      }
      if ('after' in fault) {
        await answer(incoming);
        return fault.after;
      }
      if ('lateTwinBy' in fault) {
        const { input, fields, fileName } = await taken(incoming);
        late.push({ at: clock() + fault.lateTwinBy * 1000, take: (at) => accept(input, fields, fileName, at) });
        return await answer(incoming);
      }
      if ('lateBy' in fault) {
        const { input, fields, fileName } = await taken(incoming);
        late.push({ at: clock() + fault.lateBy * 1000, take: (at) => accept(input, fields, fileName, at) });
        return 'reset';
      }
      return fault;
    },
  };
  return service;

  function settleLate(): void {
    for (const entry of [...late]) {
      if (entry.at > clock()) continue;
      late.splice(late.indexOf(entry), 1);
      entry.take(entry.at);
    }
  }

  function phase(job: ServiceJob): string {
    const age = (clock() - job.createdAt) / 1000;
    if (job.cancelledAt !== null && job.cancelledAt - job.createdAt < job.duration * 1000) return 'Cancelled';
    if (age >= job.duration) return job.failed ? 'Failed' : 'Completed';
    return age < job.duration / 10 ? 'Pending' : 'Processing';
  }

  async function taken(incoming: Incoming) {
    const image = incoming.form?.get('image') as File;
    const fields: Record<string, string> = {};
    for (const [name, value] of incoming.form ?? []) if (typeof value === 'string') fields[name] = value;
    return { input: new Uint8Array(await image.arrayBuffer()), fields, fileName: image.name };
  }

  function accept(input: Uint8Array, fields: Record<string, string>, fileName: string, createdAt: number): ServiceJob {
    const id = `00000000-0000-4000-8000-${String(++lastId).padStart(12, '0')}`;
    const { duration } = service;
    const job = { id, fileName, input, fields, createdAt, duration, cancelledAt: null, failed: false };
    jobs.push(job);
    return job;
  }

  function status(job: ServiceJob) {
    const created = Math.floor(job.createdAt / 1000);
    return {
      process_id: job.id,
      ...(service.echoesNames ? { filename: job.fileName } : {}),
      input_format: 'png',
      input_width: SIDE,
      input_height: SIDE,
      output_format: 'png',
      output_width: SIDE,
      output_height: SIDE,
      category: 'Restore',
      model_type: 'Generative',
      model: 'Faces',
      crop_to_fill: false,
      status: phase(job),
      progress: Math.min(100, Math.round((clock() - job.createdAt) / 10 / job.duration)),
      eta: created + job.duration,
      creation_time: created,
      modification_time: created,
      credits: 1,
    };
  }

  async function answer(incoming: Incoming): Promise<Outgoing> {
    const { method } = incoming;
    const url = new URL(incoming.path, 'http://service');
    const path = url.pathname;
    if (path.startsWith('/files/')) return file(path);
    if (incoming.headers.get('X-API-Key') === null) return reply(401, { message: 'No key.' });
    if (path === '/account/v1/credits/balance') {
      const left = service.credits - bought();
      return reply(200, { available_credits: left, reserved_credits: 0, total_credits: left });
    }
    if (path === '/image/v1/restore-gen/async' && method === 'POST') {
      if (bought() >= service.credits) return reply(402, { message: 'Insufficient funds.' });
      if (jobs.filter(isRunning).length >= service.limit) return reply(429, { message: 'Too many requests.' });
      const { input, fields, fileName } = await taken(incoming);
      const job = accept(input, fields, fileName, clock());
      return reply(200, {
        process_id: job.id,
        source_id: job.id,
        eta: Math.floor(job.createdAt / 1000) + job.duration,
      });
    }
    if (path === '/image/v1/status') return list(url.searchParams);
    const [, what, id] = /^\/image\/v1\/(status|download\/input|download|cancel)\/([\w-]+)$/.exec(path) ?? [];
    const job = jobs.find((candidate) => candidate.id === id && isKept(candidate));
    if (job === undefined) return reply(404, { message: 'No such process.' });
    switch (what) {
      case 'status':
        return reply(200, status(job));
      case 'cancel':
        if (phase(job) !== 'Pending' && phase(job) !== 'Processing') return reply(409, { message: 'Too late.' });
        job.cancelledAt = clock();
        return { status: 204 };
      case 'download/input':
        return link(`input/${job.id}`);
      default:
        return phase(job) === 'Completed' ? link(job.id) : reply(409, { message: 'Not ready.' });
    }
  }

  function isRunning(job: ServiceJob): boolean {
    return phase(job) === 'Pending' || phase(job) === 'Processing';
  }

  /** Credits that are charged or reserved. */
  function bought(): number {
    return jobs.filter((job) => isRunning(job) || phase(job) === 'Completed').length;
  }

  function isKept(job: ServiceJob): boolean {
    return clock() - job.createdAt < service.memory * 1000;
  }

  function list(query: URLSearchParams): Outgoing {
    const from = Number(query.get('cursor') ?? '0');
    const limit = Number(query.get('limit') ?? '50');
    const listed = jobs.filter((job) => clock() - job.createdAt >= service.lag * 1000 && isKept(job)).reverse();
    const page = listed.slice(from, from + limit);
    const more = from + limit < listed.length;
    return reply(200, {
      data: page.map(status),
      pagination: { has_next_page: more, ...(more ? { next_cursor: String(from + limit) } : {}) },
    });
  }

  function link(name: string): Outgoing {
    const address = `${service.filesAddress}/files/${name}?signature=s3cret`;
    return reply(200, { download_url: address, head_url: address, expiry: 3600 });
  }

  function file(path: string): Outgoing {
    const input = jobs.find((job) => path === `/files/input/${job.id}`);
    return { status: 200, headers: { 'Content-Type': 'image/png' }, body: input?.input ?? service.result };
  }
}

export function reply(status: number, body: unknown): Outgoing {
  return { status, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}
