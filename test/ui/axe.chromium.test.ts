/** What axe-core finds in every scene of the gallery: the same trees that a designer gets, in both themes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../../scripts/chromium';
import { bundleScreens } from '../../scripts/screens/bundle';
import type {} from '../../scripts/screens/page';

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}

const AXE = readFileSync(join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8');

/** Rules that cannot hold in this page, each with the reason. Every other rule of axe-core is on, the best practices and the experimental ones too. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'color-contrast-enhanced': '7 : 1 is more than the colours of Figma itself have; 4.5 : 1 is held by color-contrast',
  'document-title': 'the gallery draws the panel without its index.html, whose title test/scripts/build checks',
};

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
  page = await browser.newPage({ reducedMotion: 'reduce', viewport: { width: 320, height: 560 } });
  await page.setContent(await bundleScreens());
  await page.evaluate(AXE);
});
afterAll(() => browser.close());

/** One line for each element that breaks a rule. */
const violations = (leftOut: readonly string[]): Promise<readonly string[]> =>
  page.evaluate(async (rules) => {
    const all = window.axe.getRules().map(({ ruleId }) => ruleId);
    const found = await window.axe.run(document, {
      rules: Object.fromEntries(all.map((rule) => [rule, { enabled: !rules.includes(rule) }])),
      resultTypes: ['violations'],
    });
    return found.violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, html }) => `${id}: ${help}: ${target.join(' ')} ${html.slice(0, 120)}`),
    );
  }, leftOut);

test.each(['light', 'dark'] as const)('no rule is broken in any %s scene', async (theme) => {
  const found: Record<string, readonly string[]> = {};
  for (const scene of await page.evaluate(() => window.scenes)) {
    await page.evaluate(([name, colours]) => window.show(name, colours, 20), [scene, theme] as const);
    const broken = await violations(Object.keys(LEFT_OUT));
    if (broken.length > 0) found[scene] = broken;
  }
  expect(found).toEqual({});
});

test('a button without a name is noticed', async () => {
  await page.evaluate(() => document.body.appendChild(document.createElement('button')));
  expect((await violations([])).join('\n')).toContain('button-name');
});
