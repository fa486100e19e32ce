/** `figma.notify`: a toast that is cut at 100 characters. */
import type { NotificationHandler } from '@figma/plugin-typings/plugin-api-standalone';
import { boolean, type Check, number, object, require, string } from './check';
import { alive, type Guest } from './guest';

const LONGEST = 100;
const STANDARD_TIMEOUT = 3000;

const callback: Check = (value, at) => (typeof value === 'function' ? null : `Expected function at ${at}`);
const OPTIONS = object({
  'timeout?': number(0),
  'error?': boolean,
  'onDequeue?': callback,
  'button?': object({ text: string, action: callback }),
});

interface Options {
  readonly timeout?: number;
  readonly error?: boolean;
  readonly onDequeue?: (reason: string) => unknown;
  readonly button?: { readonly text: string; readonly action: () => unknown };
}

/** Throws Figma's words for options that it does not know. Times are milliseconds. */
export function notify(guest: Guest, message: unknown, given: unknown): NotificationHandler {
  alive(guest, 'notify');
  require('notify', 'message', message, string);
  require('notify', 'options', given ?? {}, OPTIONS);
  const options = (given ?? {}) as Options;
  const id = ++guest.state.lastNotice;
  guest.notices.set(id, { action: options.button?.action, onDequeue: options.onDequeue });
  guest.bridge.call('notify', 'notice.show', {
    id,
    text: (message as string).slice(0, LONGEST),
    error: options.error ?? false,
    timeout: options.timeout ?? STANDARD_TIMEOUT,
    button: options.button?.text ?? null,
  });
  return {
    cancel: () => {
      alive(guest, 'cancel');
      guest.bridge.call('cancel', 'notice.cancel', { id });
    },
  };
}
