/** What the service, the way to it and the account can refuse. */
import { type Entries, entry } from './entry';
import { quoted } from './quoted';

type Code =
  | 'key-missing'
  | 'key-refused'
  | 'key-not-permitted'
  | 'credits-missing'
  | 'plan-missing'
  | 'request-refused'
  | 'upload-too-large'
  | 'format-refused'
  | 'picture-refused'
  | 'service-busy'
  | 'service-wrong-address'
  | 'service-failing'
  | 'answer-unreadable'
  | 'timed-out'
  | 'offline'
  | 'host-blocked'
  | 'host-unreachable';

export const SERVICE_ERRORS: Entries<Code> = {
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
    'Buy credits at Topaz Labs, or with a team relay ask its owner for more. Then press Restore again.',
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
    (error) => `The service did not accept the job${quoted(error.message)}.`,
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
    'Export the picture as PNG or JPEG, place it again and try again.',
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
};

function seconds(count: number): string {
  return `${Math.max(1, Math.round(count))} s`;
}
