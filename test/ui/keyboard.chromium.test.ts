/** The panel by keys alone, in every scene: where the focus goes, that it is seen, and that nothing moves unasked. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../../scripts/chromium';
import { bundleScreens } from '../../scripts/screens/bundle';
import type {} from '../../scripts/screens/page';

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

test('in every scene Tab reaches every control, each with a ring, and comes round', async () => {
  const wrong: Record<string, readonly string[]> = {};
  for (const scene of await page.evaluate(() => window.scenes)) {
    await show(scene);
    const all = await page.evaluate(
      () =>
        [...document.querySelectorAll<HTMLElement>('button, select, input:not([type=radio]), [role=slider]')].filter(
          (one) => one.tabIndex >= 0 && !one.matches(':disabled') && one.checkVisibility({ checkVisibilityCSS: true }),
        ).length,
    );
    const reached = new Set<number>();
    const bare: string[] = [];
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    for (let press = 0; press < 2 * all + 12; press += 1) {
      await page.keyboard.press('Tab');
      const { at, seen, what } = await page.evaluate(() => {
        const one = document.activeElement;
        const rgb = (colour: string): string => {
          const probe = document.body.appendChild(document.createElement('i'));
          probe.style.color = colour;
          const computed = getComputedStyle(probe).color;
          probe.remove();
          return computed;
        };
        const controls = [
          ...document.querySelectorAll<HTMLElement>('button, select, input:not([type=radio]), [role=slider]'),
        ].filter(
          (each) =>
            each.tabIndex >= 0 && !each.matches(':disabled') && each.checkVisibility({ checkVisibilityCSS: true }),
        );
        // The ring may lie on what surrounds or follows a native control that is not drawn itself.
        const drawn = one === null ? [] : [one, one.parentElement, one.nextElementSibling, one.firstElementChild];
        const ring = drawn.some((each) => {
          if (each === null) return false;
          const { outlineStyle, outlineWidth, boxShadow, borderTopWidth, borderTopColor } = getComputedStyle(each);
          // A field shows it by its border: the resting colour of the theme is not enough.
          const resting = getComputedStyle(document.body).getPropertyValue('--figma-color-border').trim();
          const framed =
            each.matches('input') &&
            borderTopWidth !== '0px' &&
            ![rgb(resting), 'rgba(0, 0, 0, 0)'].includes(borderTopColor);
          return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none' || framed;
        });
        return {
          at: controls.indexOf(one as HTMLElement),
          // The handle of a slider is no element that a script can look at: the test below looks at its picture.
          seen: one === document.body || (one?.matches('[type=range]') ?? false) || ring,
          what: one?.getAttribute('aria-label') ?? one?.outerHTML.slice(0, 80) ?? '',
        };
      });
      if (at >= 0) reached.add(at);
      if (!seen) bare.push(what);
      if (reached.size === all) break;
    }
    const said = [
      ...(reached.size < all ? [`${all - reached.size} of ${all} controls are not reached`] : []),
      ...new Set(bare),
    ];
    if (said.length > 0) wrong[scene] = said;
  }
  expect(wrong).toEqual({});
});

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

test('for who wants less motion nothing moves, in any scene', async () => {
  const moving: string[] = [];
  for (const scene of await page.evaluate(() => window.scenes)) {
    await show(scene);
    const count = await page.evaluate(
      () => document.getAnimations().filter((one) => one.effect?.getComputedTiming().progress !== null).length,
    );
    if (count > 0) moving.push(scene);
  }
  expect(moving).toEqual([]);
});
