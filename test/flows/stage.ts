/** The built plugin, the real engine, a real Chromium. Started once a test file. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Engine, startEngine } from '../../engine/engine';
import type { EngineOptions, SeenRequest } from '../../engine/options';
import type { SamplePicture } from '../../playground/document/sampleCanvas';
import { startPlayground } from '../../playground/server';
import { openWindow, type Visit } from '../../scripts/visit';
import { openProfile, type Profile } from '../profile';

export interface Stage {
  /** The one that runs, or ran last. */
  readonly engine: Engine;
  /** Every request that reached the engine's two servers. */
  readonly seen: readonly SeenRequest[];
  readonly log: readonly string[];
  /** A fresh profile on the sample document. */
  visit(): Promise<Visit>;
  /** The machine of the service goes down: nothing answers at its addresses. */
  stopEngine(): Promise<void>;
  /** It comes back with everything that it had, at the same addresses. */
  startEngineAgain(): Promise<void>;
  close(): Promise<void>;
}

interface StageOptions {
  readonly engine?: Partial<EngineOptions>;
  readonly samples?: readonly SamplePicture[];
}

export async function setStage({ engine: options = {}, samples }: StageOptions = {}): Promise<Stage> {
  const data = mkdtempSync(join(tmpdir(), 'recover-faces-'));
  const seen: SeenRequest[] = [];
  const log: string[] = [];
  const listening = { onRequest: (request: SeenRequest) => seen.push(request), log: (line: string) => log.push(line) };
  const start = async (ports: Pick<EngineOptions, 'port' | 'filesPort'>): Promise<Engine> => {
    const started = await startEngine({ ...listening, ...options, ...ports, data });
    if (!started.ok) throw new Error(`The engine did not start: ${JSON.stringify(started.error)}`);
    return started.value;
  };
  let engine = await start({ port: 0, filesPort: 0 });
  const { address, filesAddress } = engine;
  // A copy: a build that is made meanwhile does not put another plugin into the middle of a story.
  const dist = join(data, 'plugin');
  cpSync(join(import.meta.dirname, '../../dist'), dist, { recursive: true });
  const playground = await startPlayground({
    port: 0,
    dist,
    engineAddress: address,
    allowOrigins: [address, filesAddress],
    ...(samples === undefined ? {} : { samples }),
  });
  let runs = true;
  const stopEngine = async (): Promise<void> => {
    if (runs) await engine.close();
    runs = false;
  };
  const profiles: Profile[] = [];
  return {
    get engine() {
      return engine;
    },
    seen,
    log,
    async visit() {
      const profile = await openProfile(playground.address);
      profiles.push(profile);
      return openWindow(profile.context, playground.address, () => profile.close());
    },
    stopEngine,
    async startEngineAgain() {
      engine = await start({ port: Number(new URL(address).port), filesPort: Number(new URL(filesAddress).port) });
      runs = true;
    },
    async close() {
      for (const profile of profiles) await profile.close();
      await playground.close();
      await stopEngine();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
