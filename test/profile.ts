/**
 * One browser and one profile a test file. A browser, a profile and a process for its pages cost seconds of processor
 * time each, many times over in a file of stories; emptied of what the story before has stored, the same ones will do.
 */
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, TestRunner } from 'vitest';
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
  const test = TestRunner.getCurrentTest();
  const closing = async (context: BrowserContext): Promise<void> => {
    if (test?.result?.state === 'fail') await tell(test.name, context);
  };
  const context = async (): Promise<BrowserContext> =>
    (await theBrowser()).newContext({ viewport: { width: 1400, height: 900 }, reducedMotion: 'reduce' });
  if (isTaken) {
    const other = await context();
    const close = async (): Promise<void> => {
      await closing(other);
      await other.close();
    };
    return { context: other, close };
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
      await closing(profile);
      // One page stays, with nothing in it: the process of the next one is warm then.
      const [last, ...others] = profile.pages().reverse();
      for (const page of others) await page.close();
      await last?.goto('about:blank');
      isTaken = false;
    },
  };
}

/** What a test that failed had before its eyes: on a machine that nobody can look at, this is all there is to go by. */
async function tell(test: string, context: BrowserContext): Promise<void> {
  for (const page of context.pages()) {
    for (const frame of page.frames()) {
      const text = await frame
        .locator('body')
        .innerText({ timeout: 1_000 })
        .catch((problem: unknown) => String(problem));
      if (text.trim() !== '') console.error(`“${test}” failed while ${frame.url().slice(0, 60)} showed:\n${text}`);
    }
  }
}

/** Whatever was stored there: a port may come again. */
async function empty(profile: BrowserContext, origin: string): Promise<void> {
  const page = profile.pages()[0] ?? (await profile.newPage());
  const client = await profile.newCDPSession(page);
  await client.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  await client.detach();
}
