/** `npm start` as a newcomer meets it: twice side by side, opened in a browser, stopped with Ctrl+C. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../scripts/chromium';

const ROOT = join(import.meta.dirname, '../..');

interface Started {
  readonly playground: string;
  readonly engine: string;
  /** Presses Ctrl+C; gives the exit code. */
  stop(): Promise<number | null>;
}

const running: ChildProcess[] = [];

function start(): Promise<Started> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts'], { cwd: ROOT });
  running.push(child);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let printed = '';
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      printed += chunk.toString();
      const playground = /Playground\s+(\S+)/.exec(printed)?.[1];
      const engine = /Local engine\s+(\S+)/.exec(printed)?.[1];
      if (playground === undefined || engine === undefined || !printed.includes('Ctrl+C')) return;
      const stop = (): Promise<number | null> => {
        child.kill('SIGINT');
        return ended;
      };
      resolve({ playground, engine, stop });
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    void ended.then(() => reject(new Error(`npm start ended early:\n${printed}`)));
  });
}

describe('npm start', () => {
  let first: Started;
  let second: Started;
  beforeAll(async () => {
    first = await start();
    second = await start();
  });
  afterAll(() => {
    for (const child of running) if (child.exitCode === null) child.kill('SIGKILL');
  });

  it('takes other ports when the usual ones are taken', () => {
    const addresses = [first.playground, first.engine, second.playground, second.engine];
    expect(new Set(addresses).size).toBe(4);
  });

  it('serves a playground that shows the sample pictures, and an engine that answers', async () => {
    const browser = await launchChromium();
    const page = await browser.newPage();
    await page.goto(second.playground);
    await page.getByRole('navigation', { name: 'Layers' }).getByText('Thumbnail portrait').waitFor();
    await browser.close();
    const balance = await fetch(`${second.engine}/account/v1/credits/balance`, { headers: { 'X-API-Key': 'any' } });
    expect(balance.status).toBe(200);
  });

  it('stops cleanly on Ctrl+C', async () => {
    expect(await first.stop()).toBe(0);
    expect(await second.stop()).toBe(0);
    await expect(fetch(first.playground)).rejects.toThrow();
    await expect(fetch(second.engine)).rejects.toThrow();
  });
});
