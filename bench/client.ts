/**
 * `npm run bench:client -- [--jobs 40] [--lanes 8] [--from 6] [--to 30] [--rtt 120] [--seed 1]`: from the moment at which the service has
 * completed a job to its bytes being in the client's hand, and how many requests a job takes: this client, the clients
 * that @fal-ai/client and replicate publish, and a look every 5 s, all at once on the same engine with the same jobs.
 */

import { parseArgs } from 'node:util';
import { decode } from 'fast-png';
import { farAway } from './client/network';
import { openPanel } from './client/ours';
import { type Client, everyFiveSeconds, fal, replicate } from './client/peers';
import { type PlannedJob, planJobs, randomOf } from './client/plan';
import { type BenchService, startService } from './client/service';

const { values } = parseArgs({
  options: {
    jobs: { type: 'string', default: '40' },
    lanes: { type: 'string', default: '8' },
    from: { type: 'string', default: '6' },
    to: { type: 'string', default: '30' },
    rtt: { type: 'string', default: '120' },
    seed: { type: 'string', default: '1' },
  },
});
const given = (name: keyof typeof values): number => Number(values[name]);
const [JOBS, LANES, RTT, SEED] = [given('jobs'), given('lanes'), given('rtt'), given('seed')];

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

let wrong = 0;

async function measure(telling: boolean): Promise<readonly Row[]> {
  const jobs = planJobs(JOBS, given('from'), given('to'), SEED);
  const service = await startService(jobs, telling);
  const rows = await Promise.all(CLIENTS.map((_, client) => runClient(service, client, jobs)));
  const expected = JOBS * CLIENTS.length;
  if (service.charges() !== expected) {
    wrong += 1;
    console.error(`${service.charges()} charges for ${expected} jobs`);
  }
  await service.close();
  return rows;
}

/** Each lane is a person: one job at a time. */
async function runClient(service: BenchService, index: number, jobs: readonly PlannedJob[]): Promise<Row> {
  const { name, open } = CLIENTS[index]!;
  const waiting = [...jobs];
  const times: number[] = [];
  const lane = async (number: number): Promise<void> => {
    const seed = SEED * 1000 + index * 100 + number;
    const far = farAway(RTT, seed);
    const client = open(far, randomOf(seed + 50));
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      const picture = await service.picture(index, job);
      const way = { address: service.address, key: service.keyOf(index), fetch: far };
      const bytes = await client(picture, way);
      const inHand = performance.now();
      const ready = service.readyAt(index, job);
      if (ready === null || !samePicture(bytes, picture)) {
        wrong += 1;
        console.error(`${name}: job ${job.number} gave a wrong result`);
      } else times.push(inHand - ready);
    }
  };
  await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)));
  const sorted = times.sort((one, other) => one - other);
  return {
    name,
    mean: sorted.reduce((sum, time) => sum + time, 0) / sorted.length,
    p95: sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN,
    requests: service.requests(index) / jobs.length,
    kinds: [...service.kinds(index)].map(([kind, count]) => `${kind} ${(count / jobs.length).toFixed(1)}`).join(', '),
  };
}

function samePicture(result: Uint8Array, sent: Uint8Array): boolean {
  const [one, other] = [decode(result), decode(sent)];
  return (
    one.width === other.width &&
    one.height === other.height &&
    Buffer.compare(one.data as Uint8Array, other.data as Uint8Array) === 0
  );
}

function print(title: string, rows: readonly Row[]): void {
  console.log(`\n${title}`);
  console.log(
    `${'ready -> bytes in hand'.padEnd(24)}${'mean'.padStart(9)}${'p95'.padStart(10)}${'requests a job'.padStart(17)}`,
  );
  for (const { name, mean, p95, requests, kinds } of rows) {
    console.log(
      `${name.padEnd(24)}${`${Math.round(mean)} ms`.padStart(9)}${`${Math.round(p95)} ms`.padStart(10)}${requests.toFixed(1).padStart(17)}   ${kinds}`,
    );
  }
  const [ours, ...peers] = rows as readonly [Row, ...Row[]];
  const published = peers.slice(0, 2);
  const better = published.reduce((best, row) => (row.mean < best.mean ? row : best));
  console.log(
    `Beside the better one (${better.name}): ${(ours.mean / better.mean).toFixed(2)} of its mean, ${(ours.requests / better.requests).toFixed(2)} of its requests.`,
  );
}

console.log(
  `${JOBS} jobs for each client, ${LANES} at a time, jobs of ${given('from')} to ${given('to')} s, estimates up to 30 % wrong, round trips of ${RTT} ms (median). Seed ${SEED}.`,
);
console.log(
  'Every request that reaches the engine counts. (A browser adds preflights, for all clients alike.) Times vary with what else the machine does.',
);
const [telling, silent] = await Promise.all([measure(true), measure(false)]);
print('A service that says how far a job is and corrects its estimate by it, as the local engine does', telling);
print('A service that keeps to its first estimate', silent);
process.exitCode = wrong === 0 ? 0 : 1;
