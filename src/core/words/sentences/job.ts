/** What can become of a job at the service. */
import { creditText } from '../names';
import { type Entries, entry, MONEY, NO_FURTHER } from './entry';
import { quoted } from './quoted';

type Code =
  | 'job-failed'
  | 'job-cancelled'
  | 'job-gone'
  | 'job-unsent'
  | 'job-elsewhere'
  | 'job-uncertain'
  | 'job-waiting'
  | 'charged-twice'
  | 'decision-needed'
  | 'window-elsewhere'
  | 'work-under-way';

export const JOB_ERRORS: Entries<Code> = {
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
  'decision-needed': entry(
    false,
    'no',
    (error) => `This costs ${creditText(error.credits)}: more than is spent without asking.`,
    'Look at what is chosen here, then press Restore.',
  ),
  'window-elsewhere': entry(
    true,
    'no',
    'Another window is working on this file.',
    'Go on in that window, or close the plugin there.',
  ),
  'work-under-way': entry(
    false,
    'no',
    (error) => `This picture is being restored with these settings already, in \u201c${error.fileName}\u201d.`,
    'Wait for that result: then it is free here too.',
    NO_FURTHER,
  ),
  'charged-twice': entry(
    false,
    'yes',
    'The service restored this picture twice and charged for both.',
    (error) => `Ask the service to give it back, for its job ${error.processId}. Spending lists it too.`,
    (error) => `${creditText(error.credits)} too many ${error.credits === 1 ? 'was' : 'were'} used.`,
  ),
  'job-waiting': entry(
    true,
    'unknown',
    'The job goes on at the service.',
    'Open the plugin again later; the result is kept for 7 days.',
    'It is charged once, when it completes.',
  ),
};
