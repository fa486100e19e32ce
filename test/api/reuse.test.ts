import { describe, expect, it } from 'vitest';
import { jobId } from '../../src/core/ids';
import { reusable } from '../../src/core/job/nextAct';
import { reuseOf } from '../../src/core/job/reuse';
import { spendingOf } from '../../src/core/money/ledger';
import { spentIn } from '../../src/core/money/spent';
import { type Bench, bench } from './jobs';
import { RESULT, reply } from './service';

const STATUS = /^GET \/image\/v1\/status\/\w/;
const LINK = /^GET \/image\/v1\/download\/\d/;
const DAY = 24 * 3600;

/** A job that was paid, and an order for the same work again. */
async function paid(made: Bench) {
  const { world, start, saved } = made;
  await world.until(start().outcome);
  const old = saved.at(-1)!;
  const again = () => {
    const order = { ...old.order, id: jobId('zzzzzzzzzzzzzzzz'), createdAt: world.clock() };
    return reuseOf(old, order, world.clock());
  };
  return { old, again };
}

describe('the same work once more', () => {
  it('is fetched anew, with no submit and no charge, under an id of its own', async () => {
    const made = bench();
    const { world, service, resume } = made;
    const { old, again } = await paid(made);
    const asked = service.log.length;
    const outcome = await world.until(resume(again(), null).outcome);
    expect(outcome.ok && outcome.value.bytes).toEqual(RESULT);
    expect(outcome.ok && outcome.value.completion.credits).toBe(0);
    expect(service.log.slice(asked)).toHaveLength(2);
    expect(service.charged()).toBe(1);
    expect(again().order.reuses).toBe(old.id);
    expect(spentIn(again().state)).toBe('no');
    expect(spendingOf(again())).toBeNull();
    expect(spendingOf(old)).toMatchObject({ credits: 1 });
  });

  it('that is gone at the service ends as gone after three looks and the list, and names the job to forget', async () => {
    const made = bench();
    const { world, service, saved, resume } = made;
    const { old, again } = await paid(made);
    service.jobs.length = 0;
    const asked = service.log.length;
    expect(await world.until(resume(again(), null).outcome)).toEqual({ ok: false, error: { code: 'job-gone' } });
    expect(service.log.slice(asked).filter((line) => STATUS.test(line))).toHaveLength(2);
    expect(saved.at(-1)).toMatchObject({ state: { name: 'GONE' }, order: { reuses: old.id } });
  });

  it('is not given up because of one wrong answer', async () => {
    const made = bench();
    const { world, service, resume } = made;
    const { again } = await paid(made);
    service.script(LINK, reply(404, {}));
    expect(await world.until(resume(again(), null).outcome)).toMatchObject({ error: { code: 'job-waiting' } });
    expect(await world.until(resume(again(), null).outcome)).toMatchObject({ ok: true });
  });

  it('is offered for six and a half days, and only where it was sent', async () => {
    const { old } = await paid(bench());
    const at = (days: number): number => old.changedAt + days * DAY * 1000;
    const { workKey, address } = old.order;
    expect(reusable([old], workKey, address, at(6.4))).toBe(old);
    expect(reusable([old], workKey, address, at(6.6))).toBeNull();
    expect(reusable([old], workKey, 'https://elsewhere.example', at(1))).toBeNull();
    expect(reusable([old], `${workKey}|other`, address, at(1))).toBeNull();
  });

  it('is not made of a job that has no result', async () => {
    const made = bench();
    made.start();
    await made.world.pass(3);
    const running = made.saved.at(-1)!;
    expect(() => reuseOf(running, running.order, 0)).toThrow('no result');
  });
});
