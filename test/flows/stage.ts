/** The built plugin, the real engine, a real Chromium. Started once a test file. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '../../engine/engine';
import type { EngineOptions, SeenRequest } from '../../engine/options';
import type { SamplePicture } from '../../playground/document/sampleCanvas';
import { launchChromium } from '../../scripts/chromium';
import { startBoth } from '../../scripts/service';
import { type Visit, visit } from '../../scripts/visit';

export interface Stage {
  readonly engine: Engine;
  /** Every request that reached the engine's two servers. */
  readonly seen: readonly SeenRequest[];
  readonly log: readonly string[];
  /** A fresh profile on the sample document. */
  visit(): Promise<Visit>;
  close(): Promise<void>;
}

interface StageOptions {
  readonly engine?: Partial<EngineOptions>;
  readonly samples?: readonly SamplePicture[];
}

export async function setStage({ engine = {}, samples }: StageOptions = {}): Promise<Stage> {
  const data = mkdtempSync(join(tmpdir(), 'recover-faces-'));
  const seen: SeenRequest[] = [];
  const log: string[] = [];
  const listening = { onRequest: (request: SeenRequest) => seen.push(request), log: (line: string) => log.push(line) };
  const both = await startBoth('any', data, { ...listening, ...engine }, samples === undefined ? {} : { samples });
  const browser = await launchChromium();
  return {
    engine: both.engine,
    seen,
    log,
    visit: () => visit(browser, both.playground.address),
    async close() {
      await browser.close();
      await both.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
