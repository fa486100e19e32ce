/** The engine and the playground side by side, each on its usual port where that is free. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Engine, startEngine } from '../engine/engine';
import { type EngineOptions, STANDARD_PORT } from '../engine/options';
import { type Playground, type PlaygroundOptions, startPlayground } from '../playground/server';
import { freePort } from './ports';

const CACHE = join(fileURLToPath(new URL('..', import.meta.url)), '.cache');
const PLAYGROUND_PORT = 4140;

export interface Running {
  readonly engine: Engine;
  readonly playground: Playground;
  close(): Promise<void>;
}

/** `data` is the engine's folder; null = the usual one, or one beside it while another engine holds that. */
export async function startBoth(
  ports: 'usual' | 'any',
  data: string | null,
  options: Partial<EngineOptions> = {},
  stage: Partial<PlaygroundOptions> = {},
): Promise<Running> {
  const engine = await startOnSomeFolder(ports, data, options);
  const playground = await startPlayground({
    port: ports === 'usual' ? await freePort(PLAYGROUND_PORT) : 0,
    engineAddress: engine.address,
    allowOrigins: [engine.address, engine.filesAddress],
    ...stage,
  });
  const close = async (): Promise<void> => {
    await playground.close();
    await engine.close();
  };
  return { engine, playground, close };
}

async function startOnSomeFolder(
  ports: 'usual' | 'any',
  data: string | null,
  options: Partial<EngineOptions>,
): Promise<Engine> {
  const folders = data === null ? ['engine', 'engine-2', 'engine-3'].map((name) => join(CACHE, name)) : [data];
  for (const folder of folders) {
    const port = ports === 'usual' ? await freePort(STANDARD_PORT) : 0;
    const filesPort = port === 0 ? 0 : await freePort(port + 1);
    const started = await startEngine({ ...options, data: folder, port, filesPort });
    if (started.ok) return started.value;
  }
  throw new Error('The local engine could not be started: its data folder is in use by another one.');
}
