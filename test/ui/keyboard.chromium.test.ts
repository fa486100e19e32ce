/** The panel by keys alone, in every scene: where the focus goes, that it is seen, and that nothing moves unasked. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../../scripts/chromium';
import { bundleScreens } from '../../scripts/screens/bundle';
import type {} from '../../scripts/screens/page';

/** Milliseconds: more than a hundred scenes in one test, on a machine that is busy with something else. */
const ALL_SCENES = 600_000;

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
  page = await browser.newPage({ reducedMotion: 'reduce', viewport: { width: 320, height: 560 } });
  await page.setContent(await bundleScreens());
  await page.evaluate(() => window.scenes);
});
afterAll(() => browser.close());

const show = (name: string): Promise<void> =>
  page.evaluate(([scene]) => window.show(scene, 'light', 20), [name] as const);
const focused = (): Promise<string> =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');

test.each([
  ['Settings', 'Settings'],
  ['History', 'History'],
  ['Manage presets', 'Presets'],
  ['Edit faces', 'Edit faces'],
])('Esc leaves what "%s" opened, and the focus is on that button again', async (name) => {
  await show('selection');
  await page.getByRole('button', { name, exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByRole('button', { name: /^Restore 3 faces/ }).count()).toBe(0);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Restore 3 faces/ }).waitFor();
  await expect.poll(focused).toBe(name);
});

/** Writes down every control that gets the focus, and whether that is seen. Into the page once, for it is asked at each Tab. */
const watchFocus = (): Promise<void> =>
  page.evaluate(() => {
    const probe = document.head.appendChild(document.createElement('i'));
    /** A field shows the focus by its border: the resting colour of the theme is not enough. */
    const restingColours = (): readonly string[] => {
      probe.style.color = getComputedStyle(document.body).getPropertyValue('--figma-color-border').trim();
      return [getComputedStyle(probe).color, 'rgba(0, 0, 0, 0)'];
    };
    const isSeen = (one: Element): boolean =>
      // The handle of a slider is no element that a script can look at: the test below looks at its picture.
      one.matches('[type=range]') ||
      // The ring may lie on what surrounds or follows a native control that is not drawn itself.
      [one, one.parentElement, one.nextElementSibling, one.firstElementChild].some((each) => {
        if (each === null) return false;
        const { outlineStyle, outlineWidth, boxShadow, borderTopWidth, borderTopColor } = getComputedStyle(each);
        const framed = each.matches('input') && borderTopWidth !== '0px' && !restingColours().includes(borderTopColor);
        return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none' || framed;
      });
    window.focusSeen = new Map();
    addEventListener('focusin', ({ target }) => {
      // The panel itself may take it while a view begins, and is no place that Tab leads to.
      if (target instanceof HTMLElement && target.tabIndex >= 0) window.focusSeen.set(target, isSeen(target));
    });
  });

declare global {
  interface Window {
    focusSeen: Map<Element, boolean>;
  }
}

/** What Tab has to reach in the scene that is shown, and what of it it has not reached, or not for the eye. */
const walked = (): Promise<{ readonly controls: number; readonly left: number; readonly unseen: readonly string[] }> =>
  page.evaluate(() => {
    const controls = [
      ...document.querySelectorAll<HTMLElement>('button, select, input:not([type=radio]), [role=slider]'),
    ].filter(
      (one) => one.tabIndex >= 0 && !one.matches(':disabled') && one.checkVisibility({ checkVisibilityCSS: true }),
    );
    const unseen = [...window.focusSeen].filter(([one, seen]) => !seen && one.isConnected).map(([one]) => one);
    return {
      controls: controls.length,
      left: controls.filter((one) => !window.focusSeen.has(one)).length,
      unseen: unseen.map((one) => one.getAttribute('aria-label') ?? one.outerHTML.slice(0, 80)),
    };
  });

test(
  'in every scene Tab reaches every control, each with a ring, and nothing moves for who wants less motion',
  async () => {
    await watchFocus();
    const wrong: Record<string, readonly string[]> = {};
    for (const scene of await page.evaluate(() => window.scenes)) {
      await show(scene);
      const moving = await page.evaluate(() => {
        (document.activeElement as HTMLElement | null)?.blur();
        window.focusSeen.clear();
        return document.getAnimations().filter((one) => one.effect?.getComputedTiming().progress !== null).length;
      });
      let at = await walked();
      // Groups of radio buttons are stops too, and the way round passes the page itself.
      for (let presses = 2 * at.controls + 12; presses > 0 && at.left > 0; ) {
        const now = Math.min(presses, Math.max(4, at.left));
        for (let press = 0; press < now; press += 1) await page.keyboard.press('Tab');
        presses -= now;
        at = await walked();
      }
      const said = [
        ...(moving > 0 ? [`${moving} animations run`] : []),
        ...(at.left > 0 ? [`${at.left} of ${at.controls} controls are not reached`] : []),
        ...at.unseen,
      ];
      if (said.length > 0) wrong[scene] = said;
    }
    expect(wrong).toEqual({});
  },
  ALL_SCENES,
);

test('the handle of a slider looks different while it has the focus', async () => {
  await show('review-one-face');
  const slider = page.locator('[type=range]').first();
  const without = await slider.screenshot();
  await page.getByRole('button', { name: 'Apply' }).focus();
  await slider.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowRight');
  expect((await slider.screenshot()).equals(without)).toBe(false);
});
