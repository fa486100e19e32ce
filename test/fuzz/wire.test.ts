import { describe, expect, it } from 'vitest';
import { readBalance } from '../../src/api/balance';
import { cancelJob } from '../../src/api/cancel';
import { readLink } from '../../src/api/download';
import { listJobs } from '../../src/api/list';
import { readStatus } from '../../src/api/status';
import { form, submit } from '../../src/api/submit';
import type { World } from '../../src/api/world';
import { processId } from '../../src/core/ids';
import { errorOf } from '../../src/core/job/failure';
import { STANDARD_PARAMETERS } from '../../src/core/parameters';
import { sentence } from '../../src/core/words/sentences';
import { ENDPOINT, UPLOAD } from '../api/jobs';
import { chance, mutateBytes, mutateJson } from './mutate';

const ID = processId('00000000-0000-4000-8000-000000000001');
const STATUS = {
  process_id: ID,
  source_id: ID,
  filename: 'Team~abcdefghijkl-1.png',
  input_format: 'png',
  input_width: 800,
  input_height: 600,
  output_format: 'png',
  output_width: 800,
  output_height: 600,
  category: 'Restore',
  model_type: 'Generative',
  model: 'Faces',
  crop_to_fill: false,
  status: 'Processing',
  progress: 40,
  eta: 1_767_225_660,
  creation_time: 1_767_225_600,
  modification_time: 1_767_225_610,
  credits: 1,
};
const LINK = { download_url: 'https://files.example/a?s=1', head_url: 'https://files.example/a?s=2', expiry: 3600 };
const never = new AbortController().signal;
const BODY = form(UPLOAD, 'Team~abcdefghijkl-1.png', { kind: 'faces', parameters: STANDARD_PARAMETERS });

/** A world that answers every request the same, without time. Counts what is asked of it. */
function echoing(answer: () => Response) {
  let requests = 0;
  const send = async () => {
    requests++;
    return answer();
  };
  const world: World = {
    fetch: send,
    upload: send,
    now: () => 0,
    clock: () => 1_767_225_600_000,
    random: () => 0.5,
    // Only the time-outs wait, and they are not to come.
    sleep: (milliseconds) => (milliseconds <= 50 ? Promise.resolve() : new Promise<void>(() => undefined)),
    online: () => true,
    blocked: () => false,
    onWake: () => () => undefined,
  };
  return { world, requests: () => requests };
}

const ENDPOINTS: readonly {
  readonly name: string;
  readonly good: unknown;
  readonly ask: (world: World) => Promise<unknown>;
}[] = [
  {
    name: 'balance',
    good: { available_credits: 10, reserved_credits: 1, total_credits: 11 },
    ask: (world) => readBalance(world, ENDPOINT, never),
  },
  {
    name: 'submit',
    good: { process_id: ID, source_id: ID, eta: 1_767_225_660 },
    ask: (world) => submit(world, ENDPOINT, 'faces', BODY, () => undefined, never),
  },
  { name: 'status', good: STATUS, ask: (world) => readStatus(world, ENDPOINT, ID, never) },
  {
    name: 'list',
    good: { data: [STATUS, { ...STATUS, status: 'Completed' }], pagination: { has_next_page: true, next_cursor: 'x' } },
    ask: (world) => listJobs(world, ENDPOINT, () => false, never),
  },
  { name: 'plain list', good: [STATUS, STATUS], ask: (world) => listJobs(world, ENDPOINT, () => false, never) },
  { name: 'link', good: LINK, ask: (world) => readLink(world, ENDPOINT, ID, 'result', never) },
  { name: 'cancel', good: {}, ask: (world) => cancelJob(world, ENDPOINT, ID, never) },
  {
    name: 'error',
    good: { message: 'Invalid output height.', code: 3 },
    ask: (world) => readStatus(world, ENDPOINT, ID, never),
  },
];
const STATUSES = [200, 200, 200, 200, 200, 201, 299, 400, 404, 422, 429, 500];
const HEADERS = ['Retry-After', 'Content-Length', 'X-Process-ID'];
const VALUES = ['-1', '1e9', '99999999999999999999', 'Thu, 01 Jan 1970 00:00:00 GMT', '../../x', '0x10', ''];

describe('10,000 spoiled answers of the service', () => {
  it.each(ENDPOINTS)(
    '$name: each is read or refused in words, and asks for a bounded number of further ones',
    async ({ name, good, ask }) => {
      const random = chance(name.length * 7919);
      const encoder = new TextEncoder();
      let refused = 0;
      for (let count = 0; count < 1_250; count++) {
        const text = JSON.stringify(mutateJson(good, random)) ?? '';
        const whole = encoder.encode(text);
        const body =
          random() < 0.3 ? mutateBytes(whole, [encoder.encode('<html>'), Uint8Array.of(0xff, 0xfe)], random) : whole;
        const status = STATUSES[Math.floor(random() * STATUSES.length)]!;
        const headers = new Headers();
        if (random() < 0.3) {
          headers.set(HEADERS[Math.floor(random() * HEADERS.length)]!, VALUES[Math.floor(random() * VALUES.length)]!);
        }
        const { world, requests } = echoing(() => new Response(Uint8Array.from(body), { status, headers }));
        const answer = (await ask(world)) as Awaited<ReturnType<typeof readStatus>>;
        expect(requests()).toBeLessThanOrEqual(100);
        if (!answer.ok) {
          refused++;
          expect(sentence(errorOf(answer.error)).length).toBeLessThan(1_000);
        }
      }
      expect(refused).toBeGreaterThan(100);
      // Spoiled or not, an error's body is never a status.
      // No answer with a body cancels anything: only 204 does.
      if (name === 'cancel') expect(refused).toBe(1_250);
      else if (name !== 'error') expect(refused).toBeLessThan(1_250);
    },
  );
});
