/** How long the panel waits for its host. */
import type { Waiting } from '../../protocol/connect';
import type { CallName } from '../../protocol/messages';

/** Milliseconds. */
const ORDINARY = 10_000;
/** These may take as long as they take: the host loads, encodes or writes large pictures, or searches a whole page. */
const PATIENT: readonly CallName[] = ['result.place', 'picture.read', 'pictures.collect'];

/** `sleep` takes milliseconds. */
export function waiting(sleep: (milliseconds: number) => Promise<void>): Waiting {
  return {
    giveUp(name) {
      if (PATIENT.includes(name)) return new Promise(() => undefined);
      return sleep(ORDINARY);
    },
  };
}
