/**
 * Every error sentence a user can read: what happened, whether a credit was used, what to do. No codes and no
 * developer words. The words for everything that is not an error stand in `words.ts`.
 */
import type { ErrorCode, ErrorOf, Misalignment, PluginError } from './errors';
import { contentName, formatName, sizeText } from './names';

/** Whether a credit was used. 'unknown' is said honestly and never turned into a guess. */
export type Spent = 'no' | 'yes' | 'unknown';

export interface Said {
  readonly happened: string;
  readonly money: string;
  readonly next: string;
}

export interface ErrorEntry<Code extends ErrorCode> {
  /** True where the same thing done again may work without anything being changed first. */
  readonly retryable: boolean;
  /** When nothing else is known; a running job knows better (`spentIn` of its state). */
  readonly spent: Spent;
  readonly say: (error: ErrorOf<Code>) => Said;
}

export const MONEY: { readonly [Known in Spent]: string } = {
  no: 'Nothing was charged.',
  yes: 'The credit is used; the result is kept for 7 days.',
  unknown: 'Whether a credit was used is not known yet.',
};

type Words<Code extends ErrorCode> = string | ((error: ErrorOf<Code>) => string);

function entry<Code extends ErrorCode>(
  retryable: boolean,
  spent: Spent,
  happened: Words<Code>,
  next: Words<Code>,
  money: Words<Code> = MONEY[spent],
): ErrorEntry<Code> {
  const text = (words: Words<Code>, error: ErrorOf<Code>): string => (typeof words === 'string' ? words : words(error));
  return {
    retryable,
    spent,
    say: (error) => ({ happened: text(happened, error), money: text(money, error), next: text(next, error) }),
  };
}

const MISALIGNED: { readonly [Fault in Misalignment]: string } = {
  shifted: 'lies too far from where the picture lies',
  turned: 'is turned against the picture',
  'other-picture': 'does not show the same picture',
};

const NO_FURTHER = 'No further credit is used.';
const FREE = 'Asking again costs nothing.';

export const ERRORS: { readonly [Code in ErrorCode]: ErrorEntry<Code> } = {
  'key-missing': entry(false, 'no', 'There is no key for this service yet.', 'Enter it in Settings.'),
  'key-refused': entry(false, 'no', 'The key was not accepted.', 'Check it in Settings.'),
  'key-not-permitted': entry(
    false,
    'no',
    'The key is valid but may not use face recovery.',
    'Ask the owner of the account, or use another key in Settings.',
  ),
  'credits-missing': entry(
    false,
    'no',
    'There are not enough credits on the account.',
    'Buy credits at Topaz Labs, then press Restore again.',
  ),
  'plan-missing': entry(
    false,
    'no',
    'The account has no subscription for this service.',
    'Start one at Topaz Labs, or choose another service in Settings.',
  ),
  'request-refused': entry(
    false,
    'no',
    (error) => `The service did not accept the request${quoted(error.message)}.`,
    'Reset the parameters and try again.',
  ),
  'upload-too-large': entry(
    false,
    'no',
    'The picture file is too large for the service.',
    'Use a smaller version of the picture.',
  ),
  'format-refused': entry(
    false,
    'no',
    'The service could not read this picture.',
    'Export the picture as PNG or JPEG, place it again and retry.',
  ),
  'picture-refused': entry(
    false,
    'no',
    (error) => `The service cannot work on this picture${quoted(error.message)}.`,
    'Try a picture of another size.',
  ),
  'service-busy': entry(
    true,
    'no',
    (error) =>
      error.seconds === null
        ? 'The service is busy.'
        : `The service is busy; it can be tried again in ${seconds(error.seconds)}.`,
    'Try again in a little while.',
  ),
  'service-wrong-address': entry(
    false,
    'no',
    (error) => `${error.host} does not offer face recovery at this address.`,
    'Check the address in Settings.',
  ),
  'service-failing': entry(true, 'no', 'The service has a problem of its own.', 'Try again in a little while.'),
  'answer-unreadable': entry(
    true,
    'no',
    (error) => `${error.host} answered with something that is not from the service.`,
    'Check the address in Settings and whether a network login page is in the way, then try again.',
  ),
  'timed-out': entry(
    true,
    'no',
    (error) => `${error.host} did not answer in time.`,
    'Check the connection, then try again.',
  ),
  offline: entry(true, 'no', 'This computer is offline.', 'Connect to the internet, then try again.'),
  'host-blocked': entry(
    false,
    'no',
    (error) => `Figma does not let this plugin reach ${error.host}.`,
    'Choose another service in Settings; a team relay must be at an address that the plugin allows.',
  ),
  'host-unreachable': entry(
    true,
    'no',
    (error) =>
      error.local ? `The local engine does not answer at ${error.host}.` : `${error.host} cannot be reached.`,
    (error) =>
      error.local
        ? 'Start it, or check its address in Settings.'
        : 'Check the connection and the address in Settings, then try again.',
  ),
  'job-failed': entry(
    true,
    'no',
    (error) => `The service could not restore this picture${quoted(error.message)}.`,
    'Try again, or with other parameters.',
  ),
  'job-cancelled': entry(
    false,
    'no',
    'The job was cancelled.',
    (error) => (error.spent ? 'The result can still be fetched.' : 'Press Restore to start again.'),
    (error) => MONEY[error.spent ? 'yes' : 'no'],
  ),
  'job-gone': entry(
    false,
    'unknown',
    'The service no longer has this job.',
    'Run it again to get a new result; that is charged anew.',
  ),
  'job-unsent': entry(false, 'no', 'The picture never reached the service.', 'Press Restore to send it again.'),
  'job-elsewhere': entry(
    false,
    'unknown',
    (error) => `This job was sent to ${error.address}, which is not the service in use now.`,
    'Switch back to that service in Settings to fetch the result.',
    NO_FURTHER,
  ),
  'job-uncertain': entry(
    false,
    'unknown',
    'The answer of the service was lost, and the job could not be found there yet.',
    'Look again in a few minutes, or send it again: that may charge a second time.',
  ),
  'job-waiting': entry(
    true,
    'unknown',
    'The job goes on at the service.',
    'Open the plugin again later; the result is kept for 7 days.',
    'It is charged once, when it completes.',
  ),
  'result-not-picture': entry(
    true,
    'yes',
    (error) => `The service sent ${contentName(error.content)} instead of the result.`,
    'Fetch it again.',
    `${MONEY.yes} ${FREE}`,
  ),
  'result-damaged': entry(true, 'yes', 'The result arrived damaged.', 'Fetch it again.', `${MONEY.yes} ${FREE}`),
  'result-wrong-size': entry(
    false,
    'yes',
    (error) => `The result is ${sizeText(error.actual)} instead of ${sizeText(error.expected)} and does not fit.`,
    'It was not applied. Your picture is unchanged.',
  ),
  'result-misaligned': entry(
    false,
    'yes',
    (error) => `The result ${MISALIGNED[error.reason]}.`,
    'It was not applied. Your picture is unchanged.',
  ),
  'picture-empty': entry(false, 'no', 'The picture file is empty.', 'Place the picture again.'),
  'picture-damaged': entry(
    false,
    'no',
    (error) => `The ${error.format === null ? 'picture' : formatName(error.format)} file is damaged.`,
    'Place the picture again from its file.',
  ),
  'picture-unsupported': entry(
    false,
    'no',
    (error) => `The fill holds ${contentName(error.content)}, which cannot be restored.`,
    'Use a JPEG or PNG picture.',
  ),
  'picture-too-large': entry(
    false,
    'no',
    (error) => `The picture is ${sizeText(error.size)}; at most ${error.limit} px a side can be restored.`,
    'Use a smaller version of the picture.',
  ),
  'picture-too-small': entry(
    false,
    'no',
    (error) => `The picture is only ${sizeText(error.size)}.`,
    'Use a larger version of the picture.',
  ),
  'picture-missing': entry(
    true,
    'no',
    'Figma could not load the picture of this layer.',
    'Wait until it is shown on the canvas, then try again.',
  ),
  'no-face': entry(
    false,
    'no',
    'No face was found: there is nothing to restore.',
    'Choose another picture, or send it anyway.',
  ),
  'layer-gone': entry(
    false,
    'no',
    'The layer is no longer in the document.',
    'Undo the deletion, or place the result as a new layer.',
    NO_FURTHER,
  ),
  'layer-changed': entry(
    false,
    'no',
    'The picture of this layer was changed in the meantime, so it was not overwritten.',
    'Compare both, or place the result as a new layer.',
    NO_FURTHER,
  ),
  'layer-elsewhere': entry(
    false,
    'no',
    'This result belongs to another file.',
    'Open that file and run the plugin there.',
    NO_FURTHER,
  ),
  'layer-in-instance': entry(
    false,
    'no',
    'A new layer cannot be added inside a component instance.',
    'Apply the result as an overlay instead, or detach the instance.',
    NO_FURTHER,
  ),
  'layer-read-only': entry(
    false,
    'no',
    'This layer cannot be edited.',
    'Ask for edit access to the file, or work on a copy.',
    NO_FURTHER,
  ),
  'image-refused': entry(
    false,
    'no',
    (error) =>
      ({
        'too-large': 'Figma refused the picture: it is too large.',
        'too-small': 'Figma refused the picture: it is too small.',
        type: 'Figma refused the picture: it cannot read its format.',
        other: 'Figma refused the picture.',
      })[error.reason],
    'Try another form of the result, such as Overlay.',
    NO_FURTHER,
  ),
  'nothing-to-revert': entry(
    false,
    'no',
    'This layer carries no result of this plugin.',
    'Select a layer that was restored here.',
  ),
  'storage-full': entry(
    false,
    'no',
    'The storage that Figma gives this plugin is full.',
    'Delete finished jobs from the history, then try again.',
  ),
  'storage-silent': entry(
    true,
    'no',
    'Figma did not confirm that the job was written down, so nothing was sent.',
    'Try again.',
  ),
  'host-silent': entry(true, 'no', 'Figma does not answer.', 'Close the plugin and open it again.', NO_FURTHER),
  unexpected: entry(
    true,
    'unknown',
    'Something went wrong in the plugin.',
    'Close it and open it again: jobs that were sent are found again.',
  ),
};

/** The three parts. `spent` is what the job's state says of money, where there is a job. */
export function explain(error: PluginError, spent?: Spent): Said {
  // The table has under each code the entry for that code's error.
  const found = ERRORS[error.code] as ErrorEntry<ErrorCode>;
  const said = found.say(error);
  return spent === undefined || spent === found.spent ? said : { ...said, money: MONEY[spent] };
}

/** The three parts as one line. */
export function sentence(error: PluginError, spent?: Spent): string {
  const { happened, money, next } = explain(error, spent);
  return `${happened} ${money} ${next}`;
}

/** The service's own words, shortened, as an aside; empty when there are none worth showing. */
function quoted(message: string): string {
  const line = message.replace(/[<>{}\s]+/g, ' ').trim();
  if (line === '') return '';
  const short = line.length > 120 ? `${line.slice(0, 119).trimEnd()}\u2026` : line.replace(/[.!]+$/, '');
  return `: \u201c${short}\u201d`;
}

function seconds(count: number): string {
  return `${Math.max(1, Math.round(count))} s`;
}
