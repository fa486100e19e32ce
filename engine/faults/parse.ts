/** Reads a fault plan from text. Every mistake is a sentence with its line or its rule's number. */
import { failed, ok, type Result } from '../../src/core/result';
import { JOB_STATUSES } from '../job';
import { aList, aNumber, anObject, aPattern, aShare, aText, aWhole, type Check, oneOf, someOf } from './checks';
import { BODIES, CONTENTS, type Fault, type FaultKind, type FaultPlan, type Match, REQUEST_KINDS } from './plan';

type Members<Shape> = { readonly [Name in Exclude<keyof Shape, 'kind'>]-?: Check };
type Needed<Shape> = { readonly [Name in keyof Shape]-?: undefined extends Shape[Name] ? never : Name }[keyof Shape];

const yes = oneOf([true, false]);
const status = aWhole(200, 599);
const seconds = aNumber(0, 1_000_000);

const retryAfter: Check = (value) =>
  membersOf(
    value,
    { seconds: aNumber(-1e12, 1e12), as: oneOf(['seconds', 'date']), readable: yes },
    ['seconds'],
    'a wait',
  );
const body: Check = someOf(
  [oneOf(BODIES), (value) => membersOf(value, { text: aText }, ['text'], 'a text')],
  `must be ${words(BODIES)} or {"text": ...}`,
);
const headers = anObject(aText);
const numbers = anObject(aNumber(-1e15, 1e15));
const names = aList(aText);

const MATCH: Members<Match> & { readonly kind: Check } = {
  origin: oneOf(['api', 'files']),
  kind: oneOf(REQUEST_KINDS),
  method: aText,
  path: aPattern,
  process: aText,
  tag: aPattern,
  state: oneOf(JOB_STATUSES),
  nth: aWhole(1, 1e9),
  from: aWhole(1, 1e9),
  count: aWhole(1, 1e9),
  after: seconds,
  until: seconds,
};

const FAULTS: { readonly [Kind in FaultKind]: Members<Extract<Fault, { readonly kind: Kind }>> } = {
  reset: { at: someOf([aShare, oneOf(['answered'])], 'must be from 0 to 1, or "answered"'), gently: yes },
  silence: { answered: yes },
  down: { seconds },
  delay: { seconds, answered: yes },
  answer: { status, body, headers, retryAfter, cors: yes, answered: yes },
  late: { seconds, answer: someOf([oneOf(['reset', 'silence']), status], 'must be "reset", "silence" or a status') },
  twice: {},
  json: { set: anObject(() => null), remove: names, add: numbers, multiply: numbers },
  headers: { set: headers, remove: names, retryAfter, cors: yes, status },
  list: {
    lag: seconds,
    order: oneOf(['oldest', 'shuffled']),
    cursor: oneOf(['loop']),
    foreign: aWhole(1, 10_000),
    twin: oneOf(JOB_STATUSES),
  },
  bytes: {
    content: oneOf(CONTENTS),
    length: aWhole(0, 1e9),
    flip: aShare,
    cut: aShare,
    ending: oneOf(['length', 'chunked', 'close']),
    rate: aNumber(1, 1e9),
  },
};

const NEEDED: { readonly [Kind in FaultKind]: readonly Needed<Extract<Fault, { readonly kind: Kind }>>[] } = {
  reset: ['kind', 'at'],
  silence: ['kind'],
  down: ['kind', 'seconds'],
  delay: ['kind', 'seconds'],
  answer: ['kind', 'status'],
  late: ['kind', 'seconds', 'answer'],
  twice: ['kind'],
  json: ['kind'],
  headers: ['kind'],
  list: ['kind'],
  bytes: ['kind'],
};

/** Never throws. Members that no rule knows are mistakes too: misspelt they would do nothing unseen. */
export function parseFaultPlan(text: string): Result<FaultPlan, string> {
  let plan: unknown;
  try {
    plan = JSON.parse(text);
  } catch {
    return failed(`The plan is not JSON: ${whereInText(text)}`);
  }
  const problem = membersOf(plan, { rules: aList(() => null) }, ['rules'], 'a plan');
  if (problem !== null) return failed(`The plan ${problem}.`);
  const { rules } = plan as { readonly rules: readonly unknown[] };
  for (const [at, rule] of rules.entries()) {
    const wrong = ruleProblem(rule);
    if (wrong !== null) return failed(`Rule ${at + 1} ${wrong}.`);
  }
  // True after the checks above: every member of every rule has been looked at.
  return ok(plan as FaultPlan);
}

function ruleProblem(rule: unknown): string | null {
  const any: Check = () => null;
  const problem = membersOf(rule, { match: any, fault: any }, ['match', 'fault'], 'a rule');
  if (problem !== null) return problem;
  const { match, fault } = rule as { readonly match: unknown; readonly fault: unknown };
  const wrong = membersOf(match, MATCH, [], 'a match');
  if (wrong !== null) return `has a match that ${wrong}`;
  const { nth, from, count } = match as Match;
  if (nth !== undefined && (from !== undefined || count !== undefined)) {
    return 'has a match that gives nth beside from or count: give one of the two';
  }
  const kind = isObject(fault) ? fault['kind'] : undefined;
  const kinds = Object.keys(FAULTS) as FaultKind[];
  const known = kinds.find((name) => name === kind);
  if (known === undefined) return `has a fault whose kind is not ${words(kinds)}`;
  const bad = membersOf(fault, { kind: any, ...FAULTS[known] }, NEEDED[known], `the fault "${known}"`);
  return bad === null ? null : `has a fault that ${bad}`;
}

/** What is wrong, as the end of a sentence whose subject is the value; null when nothing is. */
function membersOf(
  value: unknown,
  checks: Readonly<Record<string, Check>>,
  needed: readonly string[],
  name: string,
): string | null {
  if (!isObject(value)) return 'must be an object';
  for (const [member, content] of Object.entries(value)) {
    const check = Object.hasOwn(checks, member) ? checks[member] : undefined;
    if (check === undefined) return `has an unknown member "${member}": ${name} has ${words(Object.keys(checks))}`;
    const problem = check(content);
    if (problem !== null) return `has a wrong member "${member}": it ${problem}`;
  }
  const missing = needed.find((member) => !Object.hasOwn(value, member));
  return missing === undefined ? null : `lacks "${missing}"`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function words(names: readonly unknown[]): string {
  const texts = names.map(String);
  return texts.length < 2 ? (texts[0] ?? 'no members') : `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}`;
}

/** The first line that cannot be the beginning of any JSON: an editor shows lines, and V8 not always a position. */
function whereInText(text: string): string {
  const lines = text.split('\n');
  const at = lines.findIndex((_, line) => !isBeginning(`${lines.slice(0, line + 1).join('\n')}\n`));
  return at < 0 ? `it ends too early, in line ${lines.length}.` : `there is a mistake in line ${at + 1}.`;
}

function isBeginning(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const position = /position (\d+)/.exec(message)?.[1];
    return message.includes('end of JSON') || (position !== undefined && Number(position) >= text.length);
  }
}
