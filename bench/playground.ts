/** The stand-in host with the plugin as it is now: a copy, so that a build that is made meanwhile does not start it anew. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPlayground } from '../playground/server';
import { buildPlugin } from '../scripts/build';

export interface BenchPlayground {
  readonly address: string;
  /** Folder of the built plugin. */
  readonly dist: string;
  close(): Promise<void>;
}

/** `origins`: the engine's addresses, if there is one; the first is its API. */
export async function openPlayground(origins: readonly string[]): Promise<BenchPlayground> {
  await buildPlugin();
  const dist = mkdtempSync(join(tmpdir(), 'bench-plugin-'));
  cpSync(fileURLToPath(new URL('../dist', import.meta.url)), dist, { recursive: true });
  const { address, close } = await startPlayground({
    port: 0,
    dist,
    engineAddress: origins[0] ?? null,
    allowOrigins: origins,
  });
  return {
    address,
    dist,
    async close() {
      await close();
      rmSync(dist, { recursive: true, force: true });
    },
  };
}
