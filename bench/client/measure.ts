/**
 * From the moment at which the service has completed a job to its bytes being in the client's hand, and how many requests
 * a job takes: this client, the clients that @fal-ai/client and replicate publish, and a look every 5 s, all at once on the
 * same engine with the same jobs, in real time.
 */
import { decode } from 'fast-png';
import { mean, milliseconds, type Report, type Table } from '../table';
import { farAway } from './network';
import { openPanel } from './ours';
import { type Client, everyFiveSeconds, fal, replicate } from './peers';
import { type PlannedJob, planJobs, randomOf } from './plan';
import { type BenchService, startService } from './service';

export interface ClientBench {
  /** Jobs for each client. */
  readonly jobs: number;
  /** Jobs of a client at a time. */
  readonly lanes: number;
  /** Seconds of the shortest and the longest job. */
  readonly from: number;
  readonly to: number;
  /** Median of the round trip in milliseconds. */
  readonly rtt: number;
  readonly seed: number;
}

export const STANDARD_CLIENT_BENCH: ClientBench = { jobs: 40, lanes: 8, from: 6, to: 30, rtt: 120, seed: 1 };

/** A client for each lane, by its line to the service and its own chance. */
const CLIENTS: readonly {
  readonly name: string;
  readonly open: (lane: ReturnType<typeof farAway>, random: () => number) => Client;
}[] = [
  { name: 'this client', open: openPanel },
  { name: '@fal-ai/client', open: () => fal },
  { name: 'replicate', open: () => replicate },
  { name: 'every 5 s', open: () => everyFiveSeconds },
];

interface Row {
  readonly name: string;
  readonly mean: number;
  readonly p95: number;
  readonly requests: number;
  readonly kinds: string;
}

interface Measured {
  readonly rows: readonly Row[];
  readonly wrong: readonly string[];
}

/** Takes about as long as the jobs of one lane. */
export async function benchClient(given: ClientBench): Promise<Report> {
  const [telling, silent] = await Promise.all([measure(given, true), measure(given, false)]);
  const notes = [
    `${given.jobs} jobs for each client, ${given.lanes} at a time, jobs of ${given.from} to ${given.to} s, estimates up to 30 % wrong, round trips of ${given.rtt} ms (median), seed ${given.seed}, in real time.`,
    'Every request that reaches the engine counts. (A browser adds preflights, for all clients alike.)',
  ];
  return {
    tables: [
      tableOf(
        'Ready to in hand, where the service says how far a job is and corrects its estimate by it',
        telling.rows,
        notes,
      ),
      tableOf('Ready to in hand, where the service keeps to its first estimate', silent.rows, []),
    ],
    wrong: [...telling.wrong, ...silent.wrong],
  };
}

function tableOf(title: string, rows: readonly Row[], notes: readonly string[]): Table {
  const [ours, ...peers] = rows as readonly [Row, ...Row[]];
  const better = peers.slice(0, 2).reduce((best, row) => (row.mean < best.mean ? row : best));
  return {
    title,
    head: ['', 'mean', 'p95', 'requests a job', 'of the better one’s mean', 'of its requests', 'what is asked'],
    rows: rows.map((row) => [
      row.name,
      milliseconds(row.mean),
      milliseconds(row.p95),
      row.requests.toFixed(1),
      (row.mean / better.mean).toFixed(2),
      (row.requests / better.requests).toFixed(2),
      row.kinds,
    ]),
    notes: [
      ...notes,
      `This client: ${(ours.mean / better.mean).toFixed(2)} of the mean of the better published one (${better.name}), ${(ours.requests / better.requests).toFixed(2)} of its requests.`,
    ],
  };
}

/** `telling`: jobs report how far they are. */
async function measure(given: ClientBench, telling: boolean): Promise<Measured> {
  const jobs = planJobs(given.jobs, given.from, given.to, given.seed);
  const service = await startService(jobs, telling);
  try {
    const measured = await Promise.all(CLIENTS.map((_, client) => runClient(given, service, client, jobs)));
    const expected = given.jobs * CLIENTS.length;
    const charges = service.charges();
    return {
      rows: measured.map(({ row }) => row),
      wrong: [
        ...measured.flatMap(({ wrong }) => wrong),
        ...(charges === expected ? [] : [`${charges} charges for ${expected} jobs.`]),
      ],
    };
  } finally {
    await service.close();
  }
}

/** Each lane is a person: one job at a time. */
async function runClient(
  given: ClientBench,
  service: BenchService,
  index: number,
  jobs: readonly PlannedJob[],
): Promise<{ readonly row: Row; readonly wrong: readonly string[] }> {
  const { name, open } = CLIENTS[index]!;
  const waiting = [...jobs];
  const times: number[] = [];
  const wrong: string[] = [];
  const lane = async (number: number): Promise<void> => {
    const seed = given.seed * 1000 + index * 100 + number;
    const far = farAway(given.rtt, seed);
    const client = open(far, randomOf(seed + 50));
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      const picture = await service.picture(index, job);
      const way = { address: service.address, key: service.keyOf(index), fetch: far };
      const bytes = await client(picture, way);
      const inHand = performance.now();
      const ready = service.readyAt(index, job);
      if (ready === null || !samePicture(bytes, picture)) wrong.push(`${name}: job ${job.number} gave a wrong result.`);
      else times.push(inHand - ready);
    }
  };
  await Promise.all(Array.from({ length: given.lanes }, (_, number) => lane(number)));
  const sorted = times.sort((one, other) => one - other);
  const row = {
    name,
    mean: mean(sorted),
    p95: sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN,
    requests: service.requests(index) / jobs.length,
    kinds: [...service.kinds(index)].map(([kind, count]) => `${kind} ${(count / jobs.length).toFixed(1)}`).join(', '),
  };
  return { row, wrong };
}

function samePicture(result: Uint8Array, sent: Uint8Array): boolean {
  const [one, other] = [decode(result), decode(sent)];
  return (
    one.width === other.width &&
    one.height === other.height &&
    Buffer.compare(one.data as Uint8Array, other.data as Uint8Array) === 0
  );
}
