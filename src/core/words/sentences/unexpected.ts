/** A bug of the plugin itself, or what nobody foresaw. */
import { type Entries, entry } from './entry';

export const UNEXPECTED_ERROR: Entries<'unexpected'> = {
  unexpected: entry(
    true,
    'unknown',
    'Something went wrong in the plugin.',
    'Close it and open it again: jobs that were sent are found again.',
  ),
};
