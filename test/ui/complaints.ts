/**
 * What a designer would complain about in the scene that a page shows. The checks look at the page that they run in:
 * they are put into it as they are written here, and know nothing from outside.
 */
import type { Page } from 'playwright-core';
import type {} from '../../scripts/screens/page';

const CHECKS = { laidOut, reachable, readable } as const;
type Check = keyof typeof CHECKS;

declare global {
  interface Window {
    checks: Readonly<Record<Check, () => readonly string[]>>;
  }
}

/** Puts the checks into the page, and has it lay out the rows too that nobody has scrolled to. */
export async function bringChecks(page: Page): Promise<void> {
  await page.addStyleTag({ content: '* { content-visibility: visible !important; }' });
  const written = Object.entries(CHECKS).map(([name, check]) => `${name}: ${check}`);
  await page.addScriptTag({ content: `window.checks = { ${written.join(', ')} };` });
}

/** What is wrong with the scene that is shown now. */
export const look = (page: Page, check: Check): Promise<readonly string[]> =>
  page.evaluate(async (asked) => {
    let said = window.checks[asked]();
    // Words are there at once, but what lies on a picture is placed when its stage has been measured.
    for (let again = 0; again < 20 && said.length > 0; again += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      said = window.checks[asked]();
    }
    return [...new Set(said)];
  }, check);

/** Nothing is cut, lies on something else, scrolls without need, or is too small to be hit. */
function laidOut(): readonly string[] {
  const found: string[] = [];
  const name = (element: Element): string =>
    `${element.tagName.toLowerCase()} "${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}"`;
  const root = document.scrollingElement as Element;
  if (root.scrollWidth > root.clientWidth) found.push(`the panel is ${root.scrollWidth} px wide`);
  if (root.scrollHeight > root.clientHeight) found.push(`the panel is ${root.scrollHeight} px high`);

  for (const element of document.querySelectorAll('main, main *')) {
    const across = element.scrollWidth - element.clientWidth;
    if (across > 1 && /auto|scroll/.test(getComputedStyle(element).overflowX))
      found.push(`${name(element)} scrolls ${across} px sideways`);
  }

  const controls = [...document.querySelectorAll<HTMLElement>('button, select, input, summary, [role=slider]')]
    // What is not drawn is nobody's target: a file input behind its button.
    .filter((element) => element.checkVisibility());
  for (const element of controls) {
    const target = element.matches('[type=checkbox], [type=radio]') ? (element.closest('label') ?? element) : element;
    const { width, height } = target.getBoundingClientRect();
    if (width < 23.5 || height < 23.5) found.push(`${name(element)} is a target of ${width} x ${height}`);
  }

  const lines: { readonly element: Element; readonly box: DOMRect }[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if (element === null || node.textContent?.trim() === '' || element.closest('script, style, option') !== null)
      continue;
    if (!element.checkVisibility({ checkVisibilityCSS: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const whole = range.getBoundingClientRect();
    if (whole.width <= 2) continue;
    const { textOverflow, clipPath } = getComputedStyle(element);
    // Said and not shown.
    if (clipPath !== 'none') continue;
    if (whole.right > innerWidth + 1 && textOverflow !== 'ellipsis') found.push(`${name(element)} is cut`);
    // On a picture words lie over it by design, and what a crop is marked with lies on its edge.
    if (element.closest('[role=group] *, [aria-hidden=true]') !== null) continue;
    for (const box of range.getClientRects()) if (textOverflow !== 'ellipsis') lines.push({ element, box });
  }
  // What stays in place while the rest scrolls hides what is below it: only its own words can be in its way.
  const part = (element: Element): Element | null => element.closest('header, footer, main > *');
  lines.forEach(({ element, box }, index) => {
    for (const other of lines.slice(index + 1)) {
      if (other.box.top >= box.bottom - 2 || other.element === element || part(other.element) !== part(element))
        continue;
      const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
      const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
      if (across > 2 && down > 4) found.push(`${name(element)} lies on ${name(other.element)}`);
    }
  });
  return found;
}

/** Where there is little room every control can still be brought into sight, and nothing lies on it there. */
function reachable(): readonly string[] {
  const hidden: string[] = [];
  for (const control of document.querySelectorAll<HTMLElement>('button, select, input, summary, [role=slider]')) {
    if (!control.checkVisibility() || control.matches(':disabled')) continue;
    const target = control.matches('[type=checkbox], [type=radio]') ? (control.closest('label') ?? control) : control;
    target.scrollIntoView({ block: 'center' });
    const { left, top, width, height } = target.getBoundingClientRect();
    const at = document.elementFromPoint(left + width / 2, top + height / 2);
    const label = control.getAttribute('aria-label') ?? control.textContent ?? '';
    if (
      at === null ||
      !(target.contains(at) || at.contains(target) || (at.closest('label')?.contains(target) ?? false))
    )
      hidden.push(
        `${control.tagName.toLowerCase()} "${label.trim().slice(0, 40)}" is out of reach behind ${at?.className}`,
      );
    // Inside what lies around it counts only when that is no larger thing that merely holds it.
    else if (at.contains(target) && at !== target && at.matches('main, footer, body, html'))
      hidden.push(`${control.tagName.toLowerCase()} "${label.trim().slice(0, 40)}" cannot be hit`);
  }
  return hidden;
}

/** At least 4.5 : 1 between words and what is behind them. */
function readable(): readonly string[] {
  const faint: string[] = [];
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  if (canvas === null) throw new Error('no canvas');
  const paint = (colours: readonly string[]): readonly number[] => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (colour: readonly number[]): number => {
    const [red = 0, green = 0, blue = 0] = colour.map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if (element === null || node.textContent?.trim() === '' || element.closest('script, style, option') !== null)
      continue;
    if (!element.checkVisibility({ checkVisibilityCSS: true })) continue;
    const behind: string[] = [];
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      behind.unshift(getComputedStyle(at).backgroundColor);
    }
    const [back, front] = [light(paint(behind)), light(paint([...behind, getComputedStyle(element).color]))];
    const contrast = (Math.max(back, front) + 0.05) / (Math.min(back, front) + 0.05);
    const text = node.textContent?.trim().slice(0, 40);
    if (contrast < 4.5)
      faint.push(`${element.tagName.toLowerCase()} "${text}" has a contrast of ${contrast.toFixed(2)}`);
  }
  return faint;
}
