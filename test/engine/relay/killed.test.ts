/** The plugin's own client through a relay in a process of its own, which is killed while a job is on its way. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { expect, it, onTestFinished } from 'vitest';
import { SAFE_POLICY } from '../../../src/api/policy';
import { startJob } from '../../../src/api/restore';
import { createTraffic } from '../../../src/api/traffic';
import { contentHash } from '../../../src/core/ids';
import type { Job } from '../../../src/core/job/job';
import { workKey } from '../../../src/core/job/workKey';
import { STANDARD_PARAMETERS } from '../../../src/core/parameters';
import { ok } from '../../../src/core/result';
import { order, source } from '../../api/jobs';
import { realWorld } from '../../api/realWorld';
import { newFolder, picture, runEngine } from '../running';
import { ADA, eventually, TEAM_KEY, writePeople } from './setting';

const ROOT = join(import.meta.dirname, '../../..');

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

interface Living {
  readonly said: readonly string[];
  /** As the machine does it: no last words. */
  kill(): Promise<void>;
}

async function start(words: readonly string[]): Promise<Living> {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', 'engine/main.ts', '--relay', ...words], {
    cwd: ROOT,
    env: { ...process.env, TOPAZ_API_KEY: TEAM_KEY },
  });
  const said: string[] = [];
  child.stdout!.on('data', (text) => said.push(String(text)));
  child.stderr!.on('data', (text) => said.push(String(text)));
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  onTestFinished(kill);
  await eventually(() => {
    if (child.exitCode !== null) throw new Error(said.join(''));
    return said.join('').includes('Team relay at');
  });
  return { said, kill };
}

it('a relay that is killed between the upload and its answer loses no job, and none is paid twice', async () => {
  // Half of the round trip passes after the job is taken and before the relay hears of it.
  const service = await runEngine({ key: TEAM_KEY, latency: 1_500 });
  const folder = await newFolder();
  const data = join(folder, 'relay');
  mkdirSync(data);
  const port = await freePort();
  const words = [
    ...['--port', String(port), '--data', data, '--people', writePeople(folder)],
    ...['--service', service.engine.address],
  ];
  const first = await start(words);
  const world = realWorld(1);
  const upload = { bytes: picture(100, 40, 30), format: 'png' } as const;
  const content = contentHash(createHash('sha256').update(upload.bytes).digest('hex'));
  const address = `http://127.0.0.1:${port}`;
  const asked = {
    ...order(Math.random, world.clock, address),
    workKey: workKey(content, { kind: 'faces', parameters: STANDARD_PARAMETERS }),
    input: { width: 40, height: 30 },
  };
  const saved: Job[] = [];
  const store = {
    save: async (job: Job) => {
      saved.push(job);
      return ok(null);
    },
  };
  const client = { world, store, traffic: createTraffic(world), policy: SAFE_POLICY };
  const watcher = { onProgress: () => undefined, onJob: () => undefined };
  const running = startJob(
    client,
    { address, key: ADA, name: 'Team relay' },
    asked,
    source(upload),
    watcher,
    new AbortController().signal,
  );
  await eventually(() => service.engine.jobs().length > 0);
  await first.kill();
  const journal = (): string => readFileSync(join(data, 'journal.jsonl'), 'utf8');
  expect(journal()).toContain('"sending"');
  expect(journal()).not.toContain('"job"');
  const second = await start(words);
  const outcome = await running.outcome;
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  expect(decode(outcome.value.bytes)).toMatchObject({ width: 40, height: 30 });
  const ids = service.engine.jobs().map(({ processId }) => processId);
  expect(ids).toHaveLength(1);
  expect(service.engine.charges()).toHaveLength(1);
  expect(saved.map((job) => job.state.name)).toContain('SUBMITTING');
  await eventually(() => readFileSync(join(data, 'spend.jsonl'), 'utf8').includes(ids[0]!));
  expect(readFileSync(join(data, 'spend.jsonl'), 'utf8').trim().split('\n')).toHaveLength(1);
  const everything = [
    ...readdirSync(data).map((name) => readFileSync(join(data, name), 'latin1')),
    ...[...first.said, ...second.said],
    JSON.stringify(saved),
  ].join('\n');
  for (const secret of [TEAM_KEY, ADA]) expect(everything).not.toContain(secret);
});
