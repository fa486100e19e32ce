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

/** Milliseconds: more than a hundred scenes in one test, on a machine that is busy with something else. */
const ALL_SCENES = 600_000;

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
  page = await browser.newPage({ reducedMotion: 'reduce', viewport: { width: 320, height: 560 } });
  await page.setContent(await bundleScreens());
  await page.evaluate(AXE);
});
afterAll(() => browser.close());

/** One line for each element that breaks a rule. Null: all rules but those left out. */
const violations = (only: readonly string[] | null, leftOut: readonly string[]): Promise<readonly string[]> =>
  page.evaluate(
    async ([asked, rules]) => {
      const all = window.axe.getRules().map(({ ruleId }) => ruleId);
      const on = (rule: string): boolean => asked?.includes(rule) ?? !rules.includes(rule);
      const found = await window.axe.run(document, {
        ...(asked === null ? {} : { runOnly: { type: 'rule', values: [...asked] } }),
        rules: Object.fromEntries(all.map((rule) => [rule, { enabled: on(rule) }])),
        resultTypes: ['violations'],
        // What it would load anew are the page's own styles.
        preload: false,
      });
      return found.violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ target, html }) => `${id}: ${help}: ${target.join(' ')} ${html.slice(0, 120)}`),
      );
    },
    [only, leftOut] as const,
  );

test(
  'no rule is broken in any scene, and no colour is too faint in either theme',
  async () => {
    const found: Record<string, readonly string[]> = {};
    for (const scene of await page.evaluate(() => window.scenes)) {
      await page.evaluate((name) => window.show(name, 'light', 20), scene);
      const light = await violations(null, Object.keys(LEFT_OUT));
      await page.evaluate(() => {
        document.documentElement.className = 'figma-dark';
      });
      // A theme changes colours and nothing else.
      const dark = await violations(['color-contrast'], []);
      if (light.length + dark.length > 0) found[scene] = [...light, ...dark.map((said) => `dark: ${said}`)];
    }
    expect(found).toEqual({});
  },
  ALL_SCENES,
);

test('a button without a name is noticed', async () => {
  await page.evaluate(() => document.body.appendChild(document.createElement('button')));
  expect((await violations(null, [])).join('\n')).toContain('button-name');
});
