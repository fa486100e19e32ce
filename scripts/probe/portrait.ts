/** One job from end to end: a portrait is handed in, followed, and its result taken apart. Costs one credit. */
import { createHash } from 'node:crypto';
import { fileOf } from './file';
import { canReadHeader, isReadable } from './frame';
import {
  type Account,
  accountOf,
  accountWords,
  cancel,
  FACE_FIELDS,
  FACES,
  giveUp,
  isOver,
  offer,
  type Probe,
  phaseOf,
  statusOf,
  watch,
} from './job';
import type { QuestionId } from './questions';
import { isGood, jsonOf, memberOf, said } from './service';
import type { Heard } from './wire';

/** What later questions build on. */
export interface Portrait {
  readonly id: string;
  readonly tag: string;
  readonly status: unknown;
  /** Null when the result could not be fetched. */
  readonly result: Uint8Array | null;
  /** A link to the portrait as the service received it. */
  readonly inputLink: string | null;
}

const OURS: readonly QuestionId[] = [
  'submit',
  'cors-submit',
  'name-echo',
  'list-lag',
  'price',
  'eta',
  'progress',
  'early-link',
  'charge-timing',
  'cancel-late',
];

/** Null when there is no such job. */
export async function askPortrait(probe: Probe): Promise<Portrait | null> {
  const { sheet, pictures } = probe;
  const tag = probe.newTag('Probe portrait', 'jpeg');
  const before = await accountOf(probe);
  const offered = await offer(probe, FACES, FACE_FIELDS, { ...pictures.face, name: tag });
  if (offered.kind !== 'taken') {
    giveUp(probe, OURS, offered);
    return null;
  }
  const { id, heard, status: first } = offered;
  const began = performance.now();
  tellAnswer(probe, heard);
  tellName(probe, tag, first);
  const price = memberOf(first, 'credits');
  sheet.answer(
    'price',
    `${String(price)} for 512 x 600.`,
    price === 1 ? 'As the table says.' : 'Not as the table says: mend src/core/money/price.ts.',
  );
  const lag = await searchList(probe, id, tag);
  sheet.answer(
    'list-lag',
    lag === null ? 'Not within 30 s.' : `${lag.toFixed(1)} s after the acceptance.`,
    lag !== null && lag <= 30
      ? 'Within the grace of 120 s.'
      : 'Longer than reckoned with: raise the grace in src/core/job/reconcile.ts.',
  );
  const early = await probe.service.api('GET', `/image/v1/download/${id}`);
  const accepted = await accountOf(probe);
  const soon = isOver(await statusOf(probe, id));
  const pace = openPace();
  const status = await watch(probe, id, pace.look);
  tellEnd(probe, first, status, pace, (performance.now() - began) / 1000);
  const known = isGood(early) ? 'It was ready already.' : `${said(early)}.`;
  sheet.answer('early-link', known, 'The client takes 409 for “not yet”.');
  await tellCharge(probe, before, accepted, soon);
  const late = await cancel(probe, id);
  const refused = late.kind === 'answer' && late.status === 409;
  sheet.answer(
    'cancel-late',
    `${said(late)}.`,
    refused ? 'Paid: the result is delivered.' : 'Expected 409: see src/core/job/failure.ts.',
  );
  const file = await fileOf(probe, id, status, pictures.face);
  const input = await inputOf(probe, id);
  return { id, tag, status, result: file, inputLink: input };
}

function tellAnswer({ sheet }: Probe, heard: Heard): void {
  if (heard.kind === 'silence') return;
  const body = jsonOf(heard);
  const members = ['process_id', 'source_id', 'eta'].filter((name) => memberOf(body, name) !== undefined);
  const headers = ['x-process-id', 'x-source-id', 'x-eta'].filter((name) => heard.headers[name] !== undefined);
  sheet.answer(
    'submit',
    `${heard.status} after ${heard.seconds.toFixed(1)} s: ${members.join(', ')}; headers ${headers.join(', ') || 'none of the three'}.`,
    members.includes('process_id') ? 'As needed.' : 'The client cannot know its job: see src/api/submit.ts.',
  );
  const seen = headers.filter((name) => canReadHeader(heard, name));
  sheet.answer(
    'cors-submit',
    `${isReadable(heard) ? 'Yes' : 'No'}; ${seen.length === 0 ? 'none of its headers' : seen.join(', ')}.`,
    isReadable(heard)
      ? 'The id is heard.'
      : 'Every submit looks lost and is found by its name: slow but safe. Use a relay.',
  );
}

function tellName({ sheet }: Probe, tag: string, status: unknown): void {
  const name = memberOf(status, 'filename');
  const same = name === tag;
  const inside = typeof name === 'string' && name.includes(tag.replace(/\.\w+$/, ''));
  sheet.answer(
    'name-echo',
    same ? 'Yes, letter by letter.' : inside ? `Changed: “${name}” for “${tag}”.` : `No: ${JSON.stringify(name)}.`,
    same || inside
      ? 'Lost jobs are found by their names.'
      : 'Lost jobs are found by size and proven by their input: slower.',
  );
}

/** When the list is read after the acceptance: seconds, at the usual pace. */
const LOOKS = [0, 0.5, 1, 2, 3.5, 5, 8, 12, 20, 30];

/** Seconds until the job is in the first page; null: not within the looks. */
async function searchList({ service }: Probe, id: string, tag: string): Promise<number | null> {
  const began = performance.now();
  for (const at of LOOKS) {
    await service.sleep(Math.max(0, at * service.pace.look - (performance.now() - began)));
    const listed = memberOf(jsonOf(await service.api('GET', '/image/v1/status?paginated=true&limit=100')), 'data');
    const is = (entry: unknown): boolean => memberOf(entry, 'process_id') === id || memberOf(entry, 'filename') === tag;
    if (Array.isArray(listed) && listed.some(is)) return (performance.now() - began) / 1000;
  }
  return null;
}

interface Steps {
  readonly look: (status: unknown) => void;
  words(): string;
  steps(): number;
}

function openPace(): Steps {
  const values: number[] = [];
  const phases: string[] = [];
  return {
    look: (status) => {
      const progress = memberOf(status, 'progress');
      if (typeof progress === 'number' && progress !== values.at(-1)) values.push(progress);
      const phase = phaseOf(status);
      if (phase !== phases.at(-1)) phases.push(phase);
    },
    steps: () => values.length,
    words: () => {
      const back = values.some((value, index) => index > 0 && value < values[index - 1]!);
      const shown = values.length > 12 ? `${values.length} steps, ${values[0]} to ${values.at(-1)}` : values.join(', ');
      return `${shown || 'never told'}${back ? ', also backwards' : ''}; ${phases.join(', ')}.`;
    },
  };
}

/** Of the logarithm: 30 % and a little. */
const ACCEPTED = 0.35;

function tellEnd({ sheet }: Probe, first: unknown, status: unknown, pace: Steps, took: number): void {
  const [eta, created] = [memberOf(first, 'eta'), memberOf(first, 'creation_time')];
  const told = typeof eta === 'number' && typeof created === 'number' ? eta - created : null;
  const over = isOver(status) ? `${took.toFixed(1)} s` : `more than ${took.toFixed(0)} s`;
  sheet.answer(
    'eta',
    told === null ? `It has none (${JSON.stringify(eta)}); it took ${over}.` : `It said ${told} s; it took ${over}.`,
    told === null
      ? 'Looks follow the time that has passed.'
      : Math.abs(Math.log(took / Math.max(1, told))) < ACCEPTED
        ? 'Looks are placed by it.'
        : 'Further off than src/core/pace/poll.ts reckons with: looks follow the progress, or the time that has passed.',
  );
  sheet.answer(
    'progress',
    pace.words(),
    pace.steps() > 3 ? 'Looks follow its pace near the end.' : 'Too few steps: looks follow the estimate.',
  );
}

/** `soon`: it was over when the account was read after the acceptance. */
async function tellCharge(
  probe: Probe,
  before: Account | null,
  accepted: Account | null,
  soon: boolean,
): Promise<void> {
  const { service, sheet } = probe;
  const completed = await accountOf(probe);
  await service.sleep(service.pace.settle);
  const after = await accountOf(probe);
  const steps = [before, accepted, completed, after];
  const known = steps.every((step) => step !== null);
  const moved = soon
    ? 'It was over too soon to tell'
    : known
      ? whenMoved(steps as Account[])
      : 'The account is unreadable';
  sheet.answer(
    'charge-timing',
    `${moved}. Before: ${accountWords(before)}; accepted: ${accountWords(accepted)}; completed: ${accountWords(completed)}; later: ${accountWords(after)}.`,
    'The ledger takes the number of the status, so nothing depends on it.',
  );
}

function whenMoved([before, accepted, completed, after]: readonly Account[]): string {
  if (before === undefined || accepted === undefined || completed === undefined || after === undefined) return '';
  if (after.total === before.total && after.available === before.available) return 'They have not moved';
  if (accepted.total < before.total) return 'At acceptance';
  const held = accepted.reserved > before.reserved ? 'Reserved at acceptance, charged' : 'Charged';
  if (completed.total < before.total) return `${held} at completion`;
  return after.total < before.total ? `${held} some seconds after completion` : 'Taken from what is available only';
}

async function inputOf(probe: Probe, id: string): Promise<string | null> {
  const { service, sheet, pictures } = probe;
  const heard = await service.api('GET', `/image/v1/download/input/${id}`);
  const link = memberOf(jsonOf(heard), 'download_url');
  if (typeof link !== 'string' || !/^https?:\/\//.test(link)) {
    sheet.answer('input-bytes', `No link: ${said(heard)}.`, 'Nameless jobs cannot be proven: the user is asked.');
    return null;
  }
  const got = await service.link('GET', link);
  const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  const same = isGood(got) && digest(got.bytes) === digest(pictures.face.bytes);
  sheet.answer(
    'input-bytes',
    same ? 'Yes.' : isGood(got) ? `No: ${got.bytes.length} bytes for ${pictures.face.bytes.length}.` : `${said(got)}.`,
    same ? 'It proves whose a nameless job is.' : 'It proves nothing: nameless jobs are asked about.',
  );
  return link;
}
