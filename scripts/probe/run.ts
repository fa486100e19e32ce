/** The whole probe: every question in turn, as far as the service answers and the agreed credits reach. */
import { makeTag } from '../../src/core/job/tag';
import { mintJobId } from '../../src/core/mint';
import { askAfter } from './after';
import { askAgain } from './again';
import { accountOf, type Probe } from './job';
import { askList } from './list';
import type { ProbeOptions } from './options';
import { readPictures } from './pictures';
import { askPortrait } from './portrait';
import { openPurse } from './purse';
import { QUESTIONS, UNASKED } from './questions';
import { askReach, tellHeaders } from './reach';
import { askRefusals } from './refusals';
import { Gone, openService, type Pace } from './service';
import { cleaner, openSheet } from './sheet';
import { askStops } from './stops';
import { askTakes } from './takes';

/** What runs to its end and is charged, by the table of prices. */
const CERTAIN = ['the portrait', 'the portrait again', 'a picture without a face', 'the portrait with a reference'];
/** What is refused or cancelled, and charged only if the service charges for that. */
const UNCERTAIN = [
  'a job cancelled at once',
  'a job cancelled while Processing',
  'a job whose answer is dropped, cancelled when found',
  'a reference as data:, cancelled',
  'strength=7',
  'an unknown model',
  'a WebP picture',
  'a picture of one pixel',
  'a turned JPEG',
  'an enhancement',
];

/** Credits that may be spent at most, and those that will be if stopping is free. */
export const COST = { most: CERTAIN.length + UNCERTAIN.length, likely: CERTAIN.length } as const;

export function announcement({ address, free }: Pick<ProbeOptions, 'address' | 'free'>): string {
  if (free) return `Asks ${address} only what costs nothing.`;
  return [
    `Asks ${address} ${Object.keys(QUESTIONS).length - Object.keys(UNASKED).length} questions. It will cost:`,
    `  ${COST.likely} credits for ${CERTAIN.join(', ')};`,
    `  at most ${UNCERTAIN.length} more, if the service charges what it should refuse or what is cancelled:`,
    `    ${UNCERTAIN.join('; ')}.`,
    `Never more than ${COST.most}. The pictures are public-domain samples of this project. It takes a few minutes.`,
  ].join('\n');
}

export interface Outcome {
  readonly table: string;
  readonly unanswered: number;
  /** Why it ended early; null when it went to its end. */
  readonly cut: string | null;
}

interface Surroundings {
  readonly pace: Pace;
  readonly random: () => number;
  /** Unix milliseconds. */
  readonly clock: () => number;
  /** One line for the terminal. */
  readonly say: (line: string) => void;
  /** Aborted by Ctrl+C: what was found out until then is kept. */
  readonly signal: AbortSignal;
}

export async function runProbe(options: ProbeOptions, world: Surroundings): Promise<Outcome> {
  const { pace, random, clock, say, signal } = world;
  const sheet = openSheet(cleaner(options.key), (id, { answer }) => say(`${QUESTIONS[id].question} ${answer}`));
  const probe: Probe = {
    service: openService(options.address, options.key, pace, signal),
    sheet,
    purse: openPurse(options.free ? 0 : COST.most),
    pictures: await readPictures(),
    newTag: (name, format) => makeTag(name, mintJobId(random), 1, format),
    clock,
    started: [],
  };
  const cut = await untilGone(() => askAll(probe, options.free), signal);
  sheet.fill(cut ?? (options.free ? 'Not asked: it may cost a credit.' : 'What it builds on did not come.'));
  return { table: sheet.table(), unanswered: sheet.unanswered(), cut };
}

async function askAll(probe: Probe, free: boolean): Promise<void> {
  const before = await accountOf(probe);
  await askReach(probe);
  const heard = await askRefusals(probe);
  if (!free) {
    const portrait = await askPortrait(probe);
    await askAgain(probe, portrait);
    await askStops(probe);
    await askTakes(probe);
  }
  await askList(probe);
  tellHeaders(probe, heard);
  if (!free) await askAfter(probe, before);
}

async function untilGone(ask: () => Promise<void>, signal: AbortSignal): Promise<string | null> {
  try {
    await ask();
    return null;
  } catch (thrown) {
    if (thrown instanceof Gone) return thrown.message;
    if (signal.aborted) return 'The probe was stopped.';
    throw thrown;
  }
}
