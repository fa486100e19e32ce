/** The whole job without a pointer: where the focus is at each step, what Esc leaves, and what is read out meanwhile. */
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Visit } from '../../scripts/visit';
import { astronaut, brightenAstronaut } from './astronaut';
import { type Stage, setStage } from './stage';

const LAYER = 'Astronaut';
const service = brightenAstronaut();

declare global {
  interface Window {
    heard: string[];
  }
}

let stage: Stage;
let visit: Visit;
let panel: Frame;
beforeAll(async () => {
  stage = await setStage({
    samples: [astronaut],
    engine: { restorer: service.restorer },
  });
  visit = await stage.visit();
});
afterAll(() => stage.close());

/** However slow the machine: waits for the state, and not for a time. */
const soon = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, { timeout: 60_000 });

const press = (key: string): Promise<void> => visit.page.keyboard.press(key);

/** What has the focus in the page or in the panel: its label, what is written on it, or "panel" for the panel as a whole. */
const focusIn = (where: Pick<Frame, 'evaluate'>): Promise<string> =>
  where.evaluate(() => {
    const one = document.activeElement;
    if (one === null || one === document.body || !document.hasFocus()) return 'nothing';
    if (one.parentElement?.id === 'panel') return 'panel';
    const label = one instanceof HTMLInputElement ? one.labels?.[0]?.textContent : undefined;
    const name = (one.getAttribute('aria-label') ?? label ?? one.textContent ?? '').trim();
    return one.matches('[type=range]') ? `${name}, slider` : name;
  });
const focused = (): Promise<string> => focusIn(panel);

/** Goes there by Tab, or by Shift+Tab. */
async function tabTo(name: string, by: 'Tab' | 'Shift+Tab' = 'Tab', where: Pick<Frame, 'evaluate'> = panel) {
  const passed: string[] = [];
  for (let presses = 0; presses < 40; presses += 1) {
    const at = await focusIn(where);
    if (at === name) return;
    passed.push(at);
    await press(by);
  }
  throw new Error(`"${name}" was not reached: ${passed.join(' | ')}`);
}

const fills = async (): Promise<number> =>
  ((await visit.page.evaluate((name) => window.playground.fills(name), LAYER)) as readonly unknown[]).length;

it('is selected, started, connected, restored, compared, changed, applied, reverted and closed by keys', async () => {
  const { page } = visit;
  await tabTo(LAYER, 'Tab', page);
  await press('Enter');
  await tabTo('Recover Faces', 'Shift+Tab', page);
  await press('Enter');
  await soon(() => focusIn(page)).toBe('Recover faces…');
  await press('Enter');

  panel = await visit.panel();
  await soon(focused).toBe('panel');
  await panel.evaluate(() => {
    window.heard = [];
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const region = (target.nodeType === Node.TEXT_NODE ? target.parentElement : target) as Element | null;
        if (region?.matches('[aria-live]')) window.heard.push(region.textContent ?? '');
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await panel.getByRole('radio').first().waitFor();
  await press('Tab');
  await press('ArrowDown');
  await panel.getByRole('radio', { name: /^Try the local engine/, checked: true }).waitFor();
  await tabTo('Connect');
  await press('Enter');
  await soon(focused).toBe('Restore 1 face · 1 credit');

  service.hold();
  await press('Enter');
  await panel.getByRole('progressbar', { name: 'Progress of this run' }).waitFor();
  await soon(focused).toBe('panel');
  await soon(() => panel.evaluate(() => window.heard.at(-1))).toBe('Restoring');
  // One level up, and down again: the job goes on behind.
  await press('Escape');
  await soon(focused).toBe('Restore 1 face · 1 credit');
  await tabTo('Show', 'Shift+Tab');
  await press('Enter');
  await panel.getByRole('button', { name: 'Cancel' }).waitFor();
  service.release();

  const apply = panel.getByRole('button', { name: 'Apply', exact: true });
  await apply.waitFor({ timeout: 60_000 });
  await soon(focused).toBe('panel');
  const divider = panel.getByRole('slider', { name: /^Divider/ });
  await tabTo('Divider between before and after');
  await press('Home');
  await soon(() => divider.getAttribute('aria-valuetext')).toBe('Before 0 %');
  await press('End');
  await soon(() => divider.getAttribute('aria-valuetext')).toBe('Before 100 %');
  await tabTo('100 %');
  await press('Enter');
  const comparison = panel.getByRole('group', { name: 'Picture, before and after' });
  const zoom = (): Promise<number> =>
    comparison.evaluate((element: HTMLElement) => Number(element.style.getPropertyValue('--zoom')));
  await soon(zoom).toBe(1);
  await press('+');
  await soon(zoom).toBeCloseTo(Math.SQRT2);
  // Zoomed in, the picture itself is a stop, and its arrows look further.
  await tabTo('Picture, before and after', 'Shift+Tab');
  const left = (): Promise<string> =>
    comparison.evaluate((element: HTMLElement) => element.style.getPropertyValue('--left'));
  const before = await left();
  await press('ArrowRight');
  await soon(left).not.toBe(before);
  await press('Shift+Digit1');
  await soon(zoom).toBeLessThan(1);

  await tabTo('Keep this face 1');
  await press('Space');
  await soon(() => apply.isDisabled()).toBe(true);
  await press('Space');
  await soon(() => apply.isDisabled()).toBe(false);
  await tabTo('Blend face 1, slider');
  const blend = panel.getByRole('slider', { name: 'Blend face 1' });
  for (let presses = 0; presses < 3; presses += 1) await press('ArrowLeft');
  await soon(() => blend.getAttribute('aria-valuetext')).not.toBe('100 %');
  const chosen = await blend.getAttribute('aria-valuetext');

  // Out of the review and back: what was chosen is still chosen, and the focus is where it was.
  await press('Escape');
  const review = panel.getByRole('button', { name: 'Review' });
  await review.waitFor();
  await tabTo('Review', (await focused()) === 'panel' ? 'Tab' : 'Shift+Tab');
  await press('Enter');
  await apply.waitFor();
  await soon(focused).toBe('Blend face 1, slider');
  expect(await blend.getAttribute('aria-valuetext')).toBe(chosen);

  await tabTo('Apply');
  await press('Enter');
  await soon(focused).toBe('Done');
  expect(await fills()).toBe(2);
  await tabTo('Revert to original', 'Shift+Tab');
  await press('Enter');
  await soon(fills).toBe(1);
  // Enter applies again from here: the focus is not on a control of the view that is gone.
  await soon(focused).toBe('panel');
  await press('Enter');
  await soon(focused).toBe('Done');
  expect(await fills()).toBe(2);
  await press('Escape');
  await soon(focused).toBe('Restore 1 face · free');
  const heard = await panel.evaluate(() => window.heard.filter((text) => text !== ''));

  await tabTo('Close plugin', 'Shift+Tab', page);
  await press('Enter');
  await soon(() => page.evaluate(() => window.playground.running())).toBe(false);
  expect(await fills()).toBe(2);

  // By stage, once each, however often the percents have changed; and each outcome, when it has come.
  expect(heard.filter((text) => text === 'Restoring').length).toBeLessThanOrEqual(2);
  const outcomes = heard.filter((text) => /^The (result|original) is/.test(text));
  const here = 'The result is here: 1 face. Compare it with the original.';
  const on = 'The result is on the canvas, 1 credit charged.';
  const back = 'The original is back on the canvas. The result is still here.';
  expect(outcomes).toEqual([here, here, on, back, on]);
  expect(visit.complaints).toEqual([]);
}, 300_000);
