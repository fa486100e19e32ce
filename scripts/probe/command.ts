/** The command: reads its line, says what it will cost, asks, runs, and hands the table over. */
import { PROBE_USAGE, type ProbeOptions, parseProbeLine } from './options';
import { announcement, type Outcome, runProbe } from './run';
import type { Pace } from './service';

export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly pace: Pace;
  /** Unix milliseconds. */
  readonly clock: () => number;
  readonly random: () => number;
  readonly say: (line: string) => void;
  /** The answer to a question; null where nobody can be asked. */
  readonly ask: (question: string) => Promise<string | null>;
  /** Keeps the text; resolves to where. */
  readonly keep: (markdown: string) => string;
  readonly signal: AbortSignal;
}

/** The exit code: 0 only when it went to its end. */
export async function probeCommand(words: readonly string[], terminal: Terminal): Promise<number> {
  const { say } = terminal;
  if (words.includes('--help')) {
    say(PROBE_USAGE);
    return 0;
  }
  const line = parseProbeLine(words, terminal.environment);
  if (!line.ok) {
    say(`${line.error}\n\n${PROBE_USAGE}`);
    return 1;
  }
  const options = line.value;
  say(announcement(options));
  if (!(await isAgreed(options, terminal))) {
    say('Nothing was asked and nothing was spent. Add --yes to agree beforehand, or --free for what costs nothing.');
    return 1;
  }
  const outcome = await runProbe(options, { ...terminal, say: (text) => say(`· ${text}`) });
  tell(outcome, options, terminal);
  return outcome.cut === null ? 0 : 1;
}

async function isAgreed({ agreed, free }: ProbeOptions, { ask }: Terminal): Promise<boolean> {
  if (agreed || free) return true;
  return /^y(es)?$/i.test((await ask('Go on? [y/N] '))?.trim() ?? '');
}

function tell({ table, unanswered, cut }: Outcome, { address }: ProbeOptions, { clock, keep, say }: Terminal): void {
  const notes = [
    `Asked ${address} on ${new Date(clock()).toISOString().slice(0, 16).replace('T', ' ')} UTC.`,
    ...(cut === null ? [] : [`Ended early. ${cut}`]),
    unanswered === 0 ? 'Every question has an answer.' : `${unanswered} questions have none; each says why.`,
  ];
  const place = keep(`# What the service answered\n\n${notes.join(' ')}\n\n${table}\n`);
  say(`\n${table}\n\n${notes.join('\n')}\nWritten to ${place}.`);
}
