/** The whole job through a team relay, in front of an engine that plays the service; the plugin may reach the relay alone. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Response } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, startEngine } from '../../engine/engine';
import type { SeenRequest } from '../../engine/options';
import { hashToken } from '../../engine/relay/people';
import { type Relay, startRelay } from '../../engine/relay/relay';
import { type Playground, startPlayground } from '../../playground/server';
import { launchChromium } from '../../scripts/chromium';
import { type Visit, visit } from '../../scripts/visit';
import { astronaut, brightenAstronaut } from './astronaut';

const KEY = 'tk-team-key-that-nobody-sees';
const TOKEN = 'token-of-ada-0123456789';
const LAYER = 'Astronaut';

let folder: string;
let engine: Engine;
let relay: Relay;
let playground: Playground;
let browser: Browser;
let guest: Visit;
const seen: SeenRequest[] = [];
const log: string[] = [];
const heard: Promise<string>[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'relay-flow-'));
  const data = join(folder, 'relay');
  mkdirSync(data);
  const held = brightenAstronaut();
  const service = await startEngine({
    data: join(folder, 'service'),
    key: KEY,
    restorer: held.restorer,
    onRequest: (request) => seen.push(request),
  });
  if (!service.ok) throw new Error(JSON.stringify(service.error));
  engine = service.value;
  const people = join(folder, 'people.json');
  writeFileSync(people, JSON.stringify({ people: [{ name: 'Ada', tokenHash: hashToken(TOKEN), creditsPerDay: 5 }] }));
  const started = await startRelay({
    service: engine.address,
    key: KEY,
    data,
    people,
    port: 0,
    log: (line) => log.push(line),
  });
  if (!started.ok) throw new Error(JSON.stringify(started.error));
  relay = started.value;
  const dist = join(folder, 'plugin');
  cpSync(join(import.meta.dirname, '../../dist'), dist, { recursive: true });
  playground = await startPlayground({
    port: 0,
    dist,
    engineAddress: null,
    allowOrigins: [relay.address],
    samples: [astronaut],
  });
  browser = await launchChromium();
  guest = await visit(browser, playground.address);
  guest.page.on('response', (response: Response) => {
    // The playground's own stream of news never ends.
    if (!response.url().startsWith(relay.address)) return;
    heard.push(
      response
        .body()
        .then((body) => `${JSON.stringify(response.headers())} ${body.toString('latin1')}`)
        .catch(() => ''),
    );
  });
});
afterAll(async () => {
  await browser.close();
  await playground.close();
  await relay.close();
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const text = async (): Promise<string> => (await guest.panel()).locator('body').innerText();

describe('a designer whose team has a relay', () => {
  it('is told when the token is wrong, and is connected with the right one', async () => {
    await guest.clickLayer(LAYER);
    await guest.command('Recover faces');
    const panel = await guest.panel();
    await panel.getByText('Use my team’s relay').click();
    await panel.getByLabel('Relay’s address').fill('http://faces.example');
    expect(await text()).toContain('The address of a relay starts with https://.');
    await panel.getByLabel('Relay’s address').fill(`${relay.address}/`);
    await panel.getByLabel('Team token').fill('wrong');
    await panel.getByRole('button', { name: 'Connect' }).click();
    await expect.poll(text).toContain('The key was not accepted.');
    await panel.getByLabel('Team token').fill(TOKEN);
    await panel.getByRole('button', { name: 'Connect' }).click();
    // What is left of the person's day, not the team's whole account.
    await expect.poll(text).toMatch(/5 credits/);
  });

  it('restores and applies a picture, and one credit is in the spend log', async () => {
    await guest.restore();
    await guest.apply('Overlay');
    expect(engine.jobs()).toHaveLength(1);
    expect(engine.charges()).toHaveLength(1);
    const lines = readFileSync(join(folder, 'relay', 'spend.jsonl'), 'utf8')
      .trim()
      .split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({ person: 'Ada', credits: 1, processId: engine.jobs()[0]!.processId }),
    ]);
    await expect.poll(text).toMatch(/4 credits/);
  });

  it('never had the key, nor reached the service; and the service never had the token', async () => {
    const page = new URL(playground.address).origin;
    const hosts = new Set(
      guest.requests
        .map((request) => new URL(request.url()))
        .filter(({ protocol }) => protocol.startsWith('http'))
        .map(({ origin }) => origin),
    );
    expect([...hosts].sort()).toEqual([page, relay.address].sort());
    const stored = await guest.page.evaluate(() => JSON.stringify(Object.entries(localStorage)));
    const relayFiles = readdirSync(join(folder, 'relay')).map((name) =>
      readFileSync(join(folder, 'relay', name), 'latin1'),
    );
    const sent = guest.requests.map((request) => `${request.url()} ${JSON.stringify(request.headers())}`);
    const everything = [...(await Promise.all(heard)), ...sent, ...log, ...relayFiles, stored, await text()].join('\n');
    expect(everything).toContain(engine.jobs()[0]!.processId);
    expect(everything).not.toContain(KEY);
    expect([...log, ...relayFiles].join('\n')).not.toContain(TOKEN);
    expect(JSON.stringify(seen)).not.toContain(TOKEN);
    for (const { origin, headers } of seen) expect(headers['x-api-key']).toBe(origin === 'api' ? KEY : undefined);
    expect(guest.complaints.filter((line) => !/status of 401/.test(line))).toEqual([]);
  });
});
