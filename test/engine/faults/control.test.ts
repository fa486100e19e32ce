import { describe, expect, it } from 'vitest';
import { runEngine } from '../running';

const PLAN = { rules: [{ match: { kind: 'balance', nth: 1 }, fault: { kind: 'answer', status: 503 } }] };

describe('faults over HTTP', () => {
  it('are set, tell how often they fired, and are cleared, without a key', async () => {
    const { engine, call } = await runEngine();
    const address = `${engine.address}/engine/faults`;
    const counts = async () => ((await (await fetch(address)).json()) as { rules: object[] }).rules;
    expect(await counts()).toEqual([]);
    const put = await fetch(address, { method: 'PUT', body: JSON.stringify(PLAN) });
    expect([put.status, await put.json()]).toEqual([200, { rules: [{ ...PLAN.rules[0], matched: 0, fired: 0 }] }]);
    expect((await call('/account/v1/credits/balance')).status).toBe(503);
    expect((await call('/account/v1/credits/balance')).status).toBe(200);
    expect(await counts()).toMatchObject([{ matched: 2, fired: 1 }]);
    // Setting the same plan again begins anew.
    await fetch(address, {
      method: 'PUT',
      body: JSON.stringify(PLAN),
      headers: { 'Content-Type': 'application/json' },
    });
    expect((await call('/account/v1/credits/balance')).status).toBe(503);
    expect((await fetch(address, { method: 'DELETE' })).status).toBe(204);
    expect(await counts()).toEqual([]);
    expect((await call('/account/v1/credits/balance')).status).toBe(200);
  });

  it.each(['', '{"rules": [', '{"rules": [{"match": {}, "fault": {"kind": "explode"}}]}'])(
    'with the mistake %j are refused in a sentence, and the plan before stays',
    async (body) => {
      const { engine } = await runEngine();
      const address = `${engine.address}/engine/faults`;
      await fetch(address, { method: 'PUT', body: JSON.stringify(PLAN) });
      const refused = await fetch(address, { method: 'PUT', body });
      expect(refused.status).toBe(400);
      expect(((await refused.json()) as { message: string }).message).toMatch(/^(The plan|Rule 1) .*\.$/);
      expect(engine.faults.fired()).toHaveLength(1);
    },
  );

  it.each(['GET', 'PUT', 'DELETE'])('are not for a page of the web: %s is refused with 403', async (method) => {
    const { engine } = await runEngine({ faults: { rules: [{ match: { kind: 'list' }, fault: { kind: 'twice' } }] } });
    const init = { method, headers: { Origin: 'null' }, ...(method === 'PUT' && { body: '{"rules":[]}' }) };
    expect((await fetch(`${engine.address}/engine/faults`, init)).status).toBe(403);
    expect(engine.faults.fired()).toHaveLength(1);
  });
});
