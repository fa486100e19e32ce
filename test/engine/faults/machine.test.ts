import { describe, expect, it } from 'vitest';
import { createMachine, type RequestFacts } from '../../../engine/faults/machine';
import type { Fault, Match, Rule } from '../../../engine/faults/plan';
import { askedBy } from '../../../engine/faults/requests';

const TWICE: Fault = { kind: 'twice' };
const facts = (changed: Partial<RequestFacts> = {}): RequestFacts => ({
  origin: 'api',
  kind: 'status',
  method: 'GET',
  path: '/image/v1/status/abc?x=1',
  process: 'abc',
  tag: 'portrait~k3-1.png',
  state: 'Processing',
  ...changed,
});

/** Which of the first so many requests get the fault, counting from 1. */
function hits(match: Match, requests: number, clock: () => number = () => 0): readonly number[] {
  const machine = createMachine({ rules: [{ match, fault: TWICE }] }, clock);
  return Array.from({ length: requests }, (_, at) => at + 1).filter(() => machine.pick(facts()) !== null);
}

describe('a rule is due', () => {
  it.each<[Match, readonly number[]]>([
    [{}, [1, 2, 3, 4, 5]],
    [{ nth: 3 }, [3]],
    [{ from: 4 }, [4, 5]],
    [{ count: 2 }, [1, 2]],
    [{ from: 2, count: 2 }, [2, 3]],
  ])('with %j for the requests %j of five', (match, expected) => {
    expect(hits(match, 5)).toEqual(expected);
  });

  it('within its seconds only', () => {
    let now = 1000;
    const clock = (): number => now;
    const machine = createMachine({ rules: [{ match: { after: 2, until: 4 }, fault: TWICE }] }, clock);
    const at = (seconds: number) => {
      now = 1000 + seconds * 1000;
      return machine.pick(facts()) !== null;
    };
    expect([1.9, 2, 4, 4.1].map(at)).toEqual([false, true, true, false]);
  });
});

describe('a rule is about', () => {
  it.each<[Match, boolean]>([
    [{ origin: 'files' }, false],
    [{ kind: 'status' }, true],
    [{ kind: 'list' }, false],
    [{ method: 'get' }, true],
    [{ method: 'POST' }, false],
    [{ path: 'status/a.c\\?' }, true],
    [{ path: '^/status' }, false],
    [{ process: 'ABC' }, true],
    [{ process: 'b' }, false],
    [{ tag: '~k3-\\d' }, true],
    [{ tag: 'other' }, false],
    [{ state: 'Processing' }, true],
    [{ state: 'Completed' }, false],
  ])('what its match says: %j %s', (match, expected) => {
    expect(hits(match, 1)).toEqual(expected ? [1] : []);
  });

  it('no request whose file name is not known, when it names one', () => {
    const machine = createMachine({ rules: [{ match: { tag: '' }, fault: TWICE }] }, () => 0);
    expect(machine.pick(facts({ tag: null }))).toBeNull();
  });
});

describe('several rules', () => {
  it('all count, the first that is due gives the fault, and a new plan begins anew', () => {
    const rule = (match: Match, fault: Fault): Rule => ({ match, fault });
    const silence: Fault = { kind: 'silence' };
    const machine = createMachine({ rules: [rule({ nth: 2 }, silence), rule({ from: 2 }, TWICE)] }, () => 0);
    expect([1, 2, 3].map(() => machine.pick(facts()))).toEqual([null, silence, TWICE]);
    expect(machine.fired().map(({ matched, fired }) => [matched, fired])).toEqual([
      [3, 1],
      [3, 1],
    ]);
    machine.set({ rules: [rule({}, TWICE)] });
    expect(machine.fired()).toMatchObject([{ matched: 0, fired: 0 }]);
    machine.clear();
    expect(machine.pick(facts())).toBeNull();
    expect(machine.fired()).toEqual([]);
  });
});

describe('a request is known by its address', () => {
  it.each([
    ['api', 'POST', '/image/v1/restore-gen/async', 'submit', null],
    ['api', 'POST', '/image/v1/enhance/async', 'submit', null],
    ['api', 'GET', '/image/v1/status?paginated=true', 'list', null],
    ['api', 'DELETE', '/image/v1/status', 'clear', null],
    ['api', 'GET', '/image/v1/status/i', 'status', 'i'],
    ['api', 'DELETE', '/image/v1/status/i', 'delete', 'i'],
    ['api', 'GET', '/image/v1/download/i', 'link', 'i'],
    ['api', 'GET', '/image/v1/download/input/i', 'input', 'i'],
    ['api', 'DELETE', '/image/v1/cancel/i', 'cancel', 'i'],
    ['api', 'GET', '/account/v1/credits/balance', 'balance', null],
    ['api', 'POST', '/image/v1/estimate-gen', 'estimate', null],
    ['api', 'OPTIONS', '/image/v1/status/i', 'preflight', null],
    ['api', 'GET', '/nowhere', 'other', null],
    ['files', 'GET', '/results/i/result.png?expires=1', 'bytes', 'i'],
    ['files', 'GET', '/', 'other', null],
  ] as const)('%s %s %s: %s', (origin, method, path, kind, id) => {
    expect(askedBy(origin, method, path)).toEqual({ kind, id });
  });
});
