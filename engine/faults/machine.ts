/** Keeps the plan, counts what its rules match, and picks the fault for a request. Knows nothing of sockets. */
import type { JobStatus } from '../job';
import { type Fault, type FaultPlan, type Match, NO_FAULTS, type RequestKind, type Rule } from './plan';

export interface RequestFacts {
  readonly origin: 'api' | 'files';
  readonly kind: RequestKind;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** Of the job that the request is about; null when there is none, or it is not known. */
  readonly process: string | null;
  readonly tag: string | null;
  readonly state: JobStatus | null;
}

export interface FiredRule extends Rule {
  /** Requests that matched all but their number and time. */
  readonly matched: number;
  /** Requests that got the fault. */
  readonly fired: number;
}

/** Switches faults while the engine runs. */
export interface Faults {
  /** In place of the plan before; counting and time begin anew. */
  set(plan: FaultPlan): void;
  clear(): void;
  /** Rule by rule in the plan's order. */
  fired(): readonly FiredRule[];
}

export interface FaultMachine extends Faults {
  /** True while nothing can go wrong: requests then need not be looked at. */
  idle(): boolean;
  /** Whether the file name of an upload must be known before a fault can be picked for it. */
  needsTag(): boolean;
  /** Counts the request, and answers what is to go wrong with it. */
  pick(facts: RequestFacts): Fault | null;
}

/** `now`: unix milliseconds. */
export function createMachine(plan: FaultPlan, now: () => number): FaultMachine {
  let rules: { rule: Rule; matched: number; fired: number }[] = [];
  let since = now();
  const set = (next: FaultPlan): void => {
    since = now();
    rules = next.rules.map((rule) => ({ rule, matched: 0, fired: 0 }));
  };
  set(plan);
  return {
    set,
    clear: () => set(NO_FAULTS),
    fired: () => rules.map(({ rule, matched, fired }) => ({ ...rule, matched, fired })),
    idle: () => rules.length === 0,
    needsTag: () => rules.some(({ rule }) => rule.match.tag !== undefined),
    pick: (facts) => {
      const seconds = (now() - since) / 1000;
      let picked: Fault | null = null;
      for (const entry of rules) {
        const { match, fault } = entry.rule;
        if (!isAbout(match, facts)) continue;
        entry.matched += 1;
        if (picked !== null || !isDue(match, entry.matched, seconds)) continue;
        entry.fired += 1;
        picked = fault;
      }
      return picked;
    },
  };
}

function isAbout(match: Match, facts: RequestFacts): boolean {
  const same = (wanted: string | undefined, given: string | null): boolean => wanted === undefined || wanted === given;
  const fits = (pattern: string | undefined, text: string | null): boolean =>
    pattern === undefined || (text !== null && new RegExp(pattern).test(text));
  return (
    same(match.origin, facts.origin) &&
    same(match.kind, facts.kind) &&
    same(match.method?.toUpperCase(), facts.method) &&
    same(match.process?.toLowerCase(), facts.process) &&
    same(match.state, facts.state) &&
    fits(match.path, facts.path) &&
    fits(match.tag, facts.tag)
  );
}

/** `number` counts from 1; `seconds` since the plan was set. */
function isDue({ nth, from, count, after, until }: Match, number: number, seconds: number): boolean {
  const first = nth ?? from ?? 1;
  const last = nth ?? (count === undefined ? Number.POSITIVE_INFINITY : first + count - 1);
  return number >= first && number <= last && seconds >= (after ?? 0) && seconds <= (until ?? Number.POSITIVE_INFINITY);
}
