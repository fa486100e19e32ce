/** `figma.on`, `once`, `off`, and `figma.parameters`. */
import type { PluginAPI } from '@figma/plugin-typings/plugin-api-standalone';
import { alive, type Guest, listen, unlisten } from './guest';

const EVENTS = ['run', 'selectionchange', 'currentpagechange', 'close', 'documentchange', 'stylechange'];
const NEED_ALL_PAGES = ['documentchange', 'stylechange'];
const LATER = [
  'drop',
  'timerstart',
  'timerstop',
  'timerpause',
  'timerresume',
  'timeradjust',
  'timerdone',
  'textreview',
];

interface Events {
  readonly figma: Pick<PluginAPI, 'on' | 'once' | 'off'>;
  readonly parameters: Partial<PluginAPI['parameters']>;
}

/**
 * Throws for events that Figma does not have, has and the fake does not, or allows only after all pages are loaded.
 */
export function events(guest: Guest): Events {
  const checked = (member: string, type: string): string => {
    alive(guest, member);
    if (LATER.includes(type))
      throw new Error(`figma.on('${type}') exists in Figma but is not implemented by this host`);
    if (!EVENTS.includes(type)) throw new Error(`in ${member}: Unknown event type "${type}"`);
    if (NEED_ALL_PAGES.includes(type) && !guest.state.allPagesLoaded) {
      throw new Error(
        `in ${member}: Cannot register "${type}" with documentAccess: dynamic-page unless figma.loadAllPagesAsync() has been called`,
      );
    }
    return type;
  };
  const input = (type: string): string => {
    if (type !== 'input') throw new Error(`in on: Unknown event type "${type}"`);
    return 'parameters/input';
  };
  return {
    figma: {
      on: (type: string, hear: unknown) => listen(guest, checked('on', type), hear, 'on'),
      once: (type: string, hear: unknown) => listen(guest, checked('once', type), hear, 'once', true),
      off: (type: string, hear: unknown) => unlisten(guest, checked('off', type), hear),
    },
    parameters: {
      on: (type, hear) => listen(guest, input(type), hear, 'on'),
      once: (type, hear) => listen(guest, input(type), hear, 'once', true),
      off: (type, hear) => unlisten(guest, input(type), hear),
    },
  };
}
