/** What can be wrong with a result that was paid for. */
import type { Misalignment } from '../../errors';
import { contentName, sizeText } from '../names';
import { type Entries, entry, MONEY } from './entry';

const MISALIGNED: { readonly [Fault in Misalignment]: string } = {
  shifted: 'lies too far from where the picture lies',
  turned: 'is turned against the picture',
  'other-picture': 'does not show the same picture',
};

const FREE = 'Asking again costs nothing.';

/** Nothing was lost but the credit: what can still be done about that. */
const UNUSABLE =
  'It was not applied, and your picture is unchanged. Try other parameters, or ask the service to give the credit back.';

type Code = 'result-not-picture' | 'result-damaged' | 'result-wrong-size' | 'result-misaligned';

export const RESULT_ERRORS: Entries<Code> = {
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
    UNUSABLE,
  ),
  'result-misaligned': entry(false, 'yes', (error) => `The result ${MISALIGNED[error.reason]}.`, UNUSABLE),
};
