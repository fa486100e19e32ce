import { mkdtempSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Engine, startEngine } from '../../../engine/engine';
import type { EngineOptions, SeenRequest } from '../../../engine/options';
import { QUESTIONS, UNASKED } from '../../../scripts/probe/questions';
import { NOBODY } from '../../../scripts/probe/reach';
import { COST } from '../../../scripts/probe/run';
import { brighten } from '../../flows/restorer';
import { KEY, probed, QUICK, rowsOf, stranger } from './surroundings';

const endings: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

const FACE = { x: 170, y: 132, width: 192, height: 206 };

async function engine(options: Partial<EngineOptions> = {}): Promise<Engine> {
  const data = mkdtempSync(join(tmpdir(), 'recover-faces-probe-'));
  const started = await startEngine({ data, key: KEY, restorer: brighten(FACE).restorer, ...options });
  if (!started.ok) throw new Error(`The engine did not start: ${started.error}`);
  endings.push(async () => {
    await started.value.close();
    rmSync(data, { recursive: true, force: true });
  });
  return started.value;
}

const QUESTION_COUNT = Object.keys(QUESTIONS).length;
const answerTo = (kept: string | null, id: keyof typeof QUESTIONS): string =>
  rowsOf(kept).find(([, question]) => question === QUESTIONS[id].question)?.[3] ?? '';

describe('the probe, at the local engine', () => {
  it('answers every row that can be answered, and spends no more than it announced', async () => {
    // The first job waits until its price has been reserved and its link has been asked for too early.
    const { restorer, hold, release } = brighten(FACE);
    hold();
    let looks: number | null = null;
    const onRequest = ({ path }: SeenRequest): void => {
      if (path.startsWith('/image/v1/download/') && !path.endsWith(NOBODY)) looks ??= 0;
      else if (looks !== null && path.startsWith('/image/v1/status/')) looks += 1;
      if (looks === 2) release();
    };
    const { address, charges } = await engine({ restorer, onRequest });
    const { code, text, kept } = await probed(['--key', KEY, '--to', address, '--yes']);
    expect(code).toBe(0);
    expect(text).toContain(`Never more than ${COST.most}.`);
    const rows = rowsOf(kept);
    expect(rows).toHaveLength(QUESTION_COUNT);
    for (const cells of rows) expect(cells.map((cell) => cell !== '')).toEqual([true, true, true, true, true]);
    const open = rows.filter((cells) => /^No answer/.test(cells[3] ?? '')).map(([, question]) => question);
    expect(open).toEqual(Object.keys(UNASKED).map((id) => QUESTIONS[id as keyof typeof QUESTIONS].question));
    expect(answerTo(kept, 'cors-read')).toBe('Yes: 200, null.');
    expect(answerTo(kept, 'name-echo')).toBe('Yes, letter by letter.');
    expect(answerTo(kept, 'charge-timing')).toMatch(/^Reserved at acceptance, charged at completion\./);
    expect(answerTo(kept, 'output-size')).toContain('the file is 512 x 600: the input’s.');
    expect(answerTo(kept, 'shift')).toBe('Yes, within half a pixel.');
    expect(answerTo(kept, 'outside-faces')).toMatch(/^0\.0 % of pixels/);
    expect(answerTo(kept, 'inside-faces')).not.toMatch(/^0\.0 % of pixels/);
    expect(answerTo(kept, 'input-bytes')).toBe('Yes.');
    expect(answerTo(kept, 'resend')).toBe('Yes: another job.');
    // Whether an upload whose sender has gone is still taken is decided by who is quicker.
    expect(answerTo(kept, 'dropped')).toMatch(/^(Yes; then cancelled|Not under its name)/);
    expect(answerTo(kept, 'list-order')).toMatch(/^Newest first/);
    expect(answerTo(kept, 'turned')).toMatch(/^Yes\./);
    const spent = charges().reduce((sum, { credits }) => sum + credits, 0);
    expect(spent).toBeGreaterThanOrEqual(COST.likely);
    expect(spent).toBeLessThanOrEqual(COST.most);
    expect(text).not.toContain(KEY);
    expect(text).not.toMatch(/signature=/);
  });

  it('asks nothing at all without a yes', async () => {
    const seen: SeenRequest[] = [];
    const { address } = await engine({ onRequest: (request) => seen.push(request) });
    const unasked = await probed(['--key', KEY, '--to', address]);
    const refused = await probed(['--key', KEY, '--to', address], { ask: async () => 'no' });
    for (const { code, text, kept } of [unasked, refused]) {
      expect(code).toBe(1);
      expect(text).toContain(`at most ${COST.most - COST.likely} more`);
      expect(text).toContain('nothing was spent');
      expect(kept).toBeNull();
    }
    expect(seen).toEqual([]);
  });

  it('spends nothing with --free, and says which rows that leaves open', async () => {
    const { address, jobs } = await engine();
    const { code, kept } = await probed(['--key', KEY, '--to', address, '--free']);
    expect(code).toBe(0);
    expect(jobs()).toEqual([]);
    expect(rowsOf(kept)).toHaveLength(QUESTION_COUNT);
    expect(answerTo(kept, 'bad-key')).toMatch(/^401/);
    expect(answerTo(kept, 'output-size')).toBe('No answer. Not asked: it may cost a credit.');
  });

  it('stops handing in when the account runs down faster than announced', async () => {
    // Somebody else spends: a credit less at each look.
    let asked = 0;
    const drain = await stranger((request, response) => {
      if (request.url === '/account/v1/credits/balance') {
        asked += 1;
        response.end(
          JSON.stringify({ available_credits: 1000 - asked, reserved_credits: 0, total_credits: 1000 - asked }),
        );
      } else response.writeHead(404).end('{}');
    });
    endings.push(drain.close);
    const { text } = await probed(['--key', KEY, '--to', drain.address, '--yes']);
    expect(asked).toBeGreaterThan(COST.most);
    expect(text).toContain('it could have cost more than was announced');
  });

  it('says in the table that the service went away in the middle', async () => {
    let left = 60;
    const going = await engine({
      onRequest: () => {
        left -= 1;
        if (left === 0) going.faults.set({ rules: [{ match: {}, fault: { kind: 'down', seconds: 3600 } }] });
      },
    });
    const { code, text, kept } = await probed(['--key', KEY, '--to', going.address, '--yes']);
    expect(code).toBe(1);
    expect(text).toContain('Ended early. The service stopped answering: the connection was');
    expect(rowsOf(kept)).toHaveLength(QUESTION_COUNT);
    expect(answerTo(kept, 'cors-read')).toMatch(/^Yes/);
    expect(answerTo(kept, 'list-order')).toMatch(/^No answer\. The service stopped answering/);
    expect(text).not.toContain(KEY);
  });

  it('keeps what it has when it is stopped', async () => {
    const stop = new AbortController();
    const { address } = await engine({ onRequest: ({ path }) => path.includes('estimate') && stop.abort() });
    const { code, kept } = await probed(['--key', KEY, '--to', address, '--yes'], { signal: stop.signal });
    expect(code).toBe(1);
    expect(kept).toContain('Ended early. The probe was stopped.');
    expect(rowsOf(kept)).toHaveLength(QUESTION_COUNT);
    expect(answerTo(kept, 'bad-key')).toMatch(/^401/);
  });
});

const job = { process_id: '8a1d6f0e-1111-4222-8333-123456789abc', credits: 50, status: 'Completed', progress: 'all' };

const NONSENSE: readonly (readonly [string, (response: ServerResponse) => void])[] = [
  [
    'with a page',
    (response) => response.setHeader('content-type', 'text/html').end('<html><body>Log in</body></html>'),
  ],
  ['with nothing', (response) => response.end()],
  ['with half of its JSON', (response) => response.end('{"process_id": "8a1')],
  ['with numbers where words belong', (response) => response.end('[1, null, {"data": 7, "process_id": 3}]')],
  [
    'with an error that repeats the key',
    (response) =>
      response
        .writeHead(418)
        .end(JSON.stringify({ message: `Bad key ${KEY}, ${Buffer.from(KEY).toString('base64')}` })),
  ],
  [
    'with links to nowhere',
    (response) => response.end(JSON.stringify({ data: [{}], download_url: 'file:///etc/passwd', head_url: 5 })),
  ],
];

describe('the probe, at a service that answers', () => {
  it.each(NONSENSE)('%s: fills the table, and shows no key', async (_what, answer) => {
    const odd = await stranger((_request, response) => answer(response));
    endings.push(odd.close);
    const { text, kept } = await probed(['--key', KEY, '--to', odd.address, '--yes'], { pace: { ...QUICK, look: 2 } });
    expect(rowsOf(kept)).toHaveLength(QUESTION_COUNT);
    expect(text).not.toContain(KEY);
    expect(text).not.toContain(Buffer.from(KEY).toString('base64'));
    const submits = odd.heard.filter(({ path, withKey }) => withKey && path.endsWith('/async'));
    expect(submits.length).toBeLessThanOrEqual(COST.most + 4);
  });

  it('with a job of 50 credits: cancels it and hands nothing in after it', async () => {
    const dear = await stranger((_request, response) => response.end(JSON.stringify(job)));
    endings.push(dear.close);
    const { kept } = await probed(['--key', KEY, '--to', dear.address, '--yes']);
    const paid = dear.heard.filter(
      ({ path, withKey, method }) => withKey && method === 'POST' && path.endsWith('/async'),
    );
    // The other one only announces its length.
    expect(paid).toHaveLength(2);
    expect(dear.heard.some(({ method, path }) => method === 'DELETE' && path.endsWith(job.process_id))).toBe(true);
    expect(answerTo(kept, 'submit')).toContain('it could have cost more than was announced');
  });

  it('never, and just hangs up: ends after three silences', async () => {
    const mute = await stranger((request) => request.socket.destroy());
    endings.push(mute.close);
    const { code, kept } = await probed(['--key', KEY, '--to', mute.address, '--yes']);
    expect(code).toBe(1);
    expect(mute.heard).toHaveLength(3);
    expect(rowsOf(kept)).toHaveLength(QUESTION_COUNT);
  });
});
