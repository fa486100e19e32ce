import { describe, expect, it } from 'vitest';
import { readInput } from '../../src/api/input';
import { processId } from '../../src/core/ids';
import { bench, ENDPOINT, UPLOAD } from './jobs';
import { reply } from './service';

const forEver = new AbortController().signal;
const LINK = /^GET .*download\/input/;
const BYTES = /^GET \/files/;

async function sent() {
  const { world, service, start, saved } = bench();
  await world.until(start().outcome);
  const { order } = saved[0]!;
  const id = processId(service.jobs[0]!.id);
  return { world, service, read: () => world.until(readInput(world, ENDPOINT, id, order.workKey, forEver)) };
}

describe('the service’s copy of what was sent', () => {
  it('is the picture itself, and costs nothing', async () => {
    const { service, read } = await sent();
    expect(await read()).toEqual({ ok: true, value: UPLOAD.bytes });
    expect(service.charged()).toBe(1);
  });

  it('is asked for again when link or bytes fail, with a new link for each try', async () => {
    const { service, read } = await sent();
    service.script(LINK, 'reset', reply(503, {}));
    service.script(BYTES, { status: 403, body: '<?xml version="1.0"?><Error/>' }, 'reset');
    expect(await read()).toMatchObject({ ok: true });
    expect(service.log.filter((line) => LINK.test(line))).toHaveLength(5);
  });

  it('is not handed over when it is another picture than the one that the job was for', async () => {
    const { service, read } = await sent();
    Object.assign(service.jobs[0]!, { input: Uint8Array.of(1, 2, 3) });
    expect(await read()).toEqual({ ok: false, error: { code: 'result-damaged' } });
  });

  it('is gone after a week', async () => {
    const { world, read } = await sent();
    await world.pass(7 * 24 * 3600);
    expect(await read()).toEqual({ ok: false, error: { code: 'job-gone' } });
  });

  it('is not to be had with a wrong key', async () => {
    const { service, read } = await sent();
    service.script(LINK, reply(401, {}));
    expect(await read()).toEqual({ ok: false, error: { code: 'key-refused' } });
  });
});
