/** The plugin's window: `showUI`, and `figma.ui`. Only plain data and Uint8Array cross. */
import type { PluginAPI } from '@figma/plugin-typings/plugin-api-standalone';
import { pack } from '../host/wire';
import { boolean, number, object, require, string } from './check';
import { alive, type Guest, type Hearer, listen, unlisten } from './guest';

const EVENT = 'ui/message';

/** Throws while parameters are being entered. Sizes are CSS pixels. */
export function showUI(guest: Guest, html: unknown, given: unknown): void {
  const member = 'showUI';
  alive(guest, member);
  if (guest.setup.query) throw new Error('in showUI: Cannot show UI while parameters are being entered');
  require(member, 'html', html, string);
  require(member, 'options', given ?? {}, object({
    'visible?': boolean,
    'title?': string,
    'width?': number(),
    'height?': number(),
    'position?': object({ x: number(), y: number() }),
    'themeColors?': boolean,
  }));
  const options = (given ?? {}) as {
    visible?: boolean;
    title?: string;
    width?: number;
    height?: number;
    themeColors?: boolean;
  };
  guest.bridge.call(member, 'ui.show', {
    html: html as string,
    visible: options.visible ?? true,
    title: options.title ?? null,
    width: Math.max(70, options.width ?? 300),
    height: Math.max(0, options.height ?? 200),
    themeColors: options.themeColors ?? false,
  });
  guest.state.uiShown = true;
}

/** Every member throws while no window was opened. Windows are at least 70 pixels wide, as Figma's are. */
export function uiMembers(guest: Guest): Partial<PluginAPI['ui']> {
  const shown = (member: string): void => {
    alive(guest, member);
    if (!guest.state.uiShown) throw new Error(`in ${member}: No UI to send a message to. Call figma.showUI first`);
  };
  let onmessage: Hearer | undefined;
  return {
    show: () => {
      shown('show');
      guest.bridge.call('show', 'ui.change', { visible: true });
    },
    hide: () => {
      shown('hide');
      guest.bridge.call('hide', 'ui.change', { visible: false });
    },
    resize: (width, height) => {
      shown('resize');
      require('resize', 'width', width, number());
      require('resize', 'height', height, number());
      guest.bridge.call('resize', 'ui.change', { width: Math.max(70, width), height: Math.max(0, height) });
    },
    close: () => {
      shown('close');
      guest.state.uiShown = false;
      guest.bridge.call('close', 'ui.close', {});
    },
    postMessage: (message) => {
      shown('postMessage');
      try {
        pack(message);
      } catch (thrown) {
        throw new Error(`in postMessage: ${(thrown as Error).message}`);
      }
      guest.bridge.call('postMessage', 'ui.post', { message });
    },
    get onmessage() {
      return onmessage as PluginAPI['ui']['onmessage'];
    },
    set onmessage(hear) {
      alive(guest, 'set_onmessage');
      if (onmessage !== undefined) unlisten(guest, EVENT, onmessage);
      onmessage = hear as Hearer | undefined;
      if (onmessage !== undefined) listen(guest, EVENT, onmessage, 'set_onmessage');
    },
    on: (type, hear) => listen(guest, uiEvent(type), hear, 'on'),
    once: (type, hear) => listen(guest, uiEvent(type), hear, 'once', true),
    off: (type, hear) => unlisten(guest, uiEvent(type), hear),
  } satisfies Partial<PluginAPI['ui']>;
}

function uiEvent(type: string): string {
  if (type !== 'message') throw new Error(`in on: Unknown event "${type}"`);
  return EVENT;
}
