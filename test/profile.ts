/**
 * One browser and one profile a test file. A browser, a profile and a process for its pages cost seconds of processor
 * time each, many times over in a file of stories; emptied of what the story before has stored, the same ones will do.
 */
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll } from 'vitest';
import { launchChromium } from '../scripts/chromium';

export interface Profile {
  readonly context: BrowserContext;
  /** Closes all its windows; once more does nothing. */
  close(): Promise<void>;
}

let browser: Promise<Browser> | null = null;
let kept: BrowserContext | null = null;
let isTaken = false;

/** The one of this file. */
export function theBrowser(): Promise<Browser> {
  browser ??= launchChromium();
  return browser;
}

afterAll(async () => {
  await (await browser)?.close();
});

/** A profile in which nothing is stored for `origin`. While one is open, the next is one of another person. */
export async function openProfile(origin: string): Promise<Profile> {
  const context = async (): Promise<BrowserContext> =>
    (await theBrowser()).newContext({ viewport: { width: 1400, height: 900 }, reducedMotion: 'reduce' });
  if (isTaken) {
    const other = await context();
    return { context: other, close: () => other.close() };
  }
  isTaken = true;
  kept ??= await context();
  const profile = kept;
  await empty(profile, origin);
  let isOpen = true;
  return {
    context: profile,
    async close() {
      if (!isOpen) return;
      isOpen = false;
      // One page stays, with nothing in it: the process of the next one is warm then.
      const [last, ...others] = profile.pages().reverse();
      for (const page of others) await page.close();
      await last?.goto('about:blank');
      isTaken = false;
    },
  };
}

/** Whatever was stored there: a port may come again. */
async function empty(profile: BrowserContext, origin: string): Promise<void> {
  const page = profile.pages()[0] ?? (await profile.newPage());
  const client = await profile.newCDPSession(page);
  await client.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  await client.detach();
}
