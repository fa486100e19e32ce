// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import { Compare, type CompareProps } from '../../../src/ui/parts/compare/compare';
import { bitmap } from '../fakes/studio';

afterEach(cleanup);

function setup(change: Partial<CompareProps> = {}) {
  const zooms: (number | null)[] = [];
  const sides: number[] = [];
  const props: CompareProps = {
    words: { before: 'Before', after: 'After', divider: 'Divider' },
    picture: { width: 1200, height: 800 },
    before: async (longSide) => {
      sides.push(longSide);
      return bitmap();
    },
    after: async () => bitmap(),
    beforeOf: 'b',
    afterOf: 'a',
    original: false,
    look: null,
    onZoom: (zoom) => zooms.push(zoom),
    ...change,
  };
  const { rerender } = render(<Compare {...props} />);
  const divider = screen.getByRole('slider', { name: 'Divider' });
  const stage = divider.parentElement as HTMLElement;
  return { props, rerender, divider, stage, zooms, sides };
}

/** The test's DOM knows no modifier keys on a wheel. */
const wheel = (deltaY: number, ctrlKey: boolean): Event =>
  Object.assign(new Event('wheel', { cancelable: true, bubbles: true }), { deltaY, ctrlKey, clientX: 0, clientY: 0 });

const place = (stage: HTMLElement): string => stage.style.getPropertyValue('--divider');

test('arrow keys, Home and End move the divider, and it is read out', () => {
  const { divider, stage } = setup();
  fireEvent.keyDown(divider, { key: 'ArrowRight' });
  expect(Number(place(stage))).toBeCloseTo(0.52);
  expect(divider.getAttribute('aria-valuenow')).toBe('52');
  fireEvent.keyDown(divider, { key: 'End' });
  expect(place(stage)).toBe('1');
  fireEvent.keyDown(divider, { key: 'Home' });
  expect(place(stage)).toBe('0');
});

test('at first the whole picture is shown, in no more pixels than the stage can show', () => {
  const { zooms, sides } = setup();
  expect(zooms.at(-1)).toBeNull();
  expect(Math.max(...sides)).toBeLessThanOrEqual(512);
});

test('looking at a face shows it in full size and with every pixel there is', async () => {
  const { props, rerender, zooms, sides } = setup();
  rerender(<Compare {...props} look={{ x: 300, y: 200, turn: 1 }} />);
  await Promise.resolve();
  rerender(<Compare {...props} look={{ x: 300, y: 200, turn: 1 }} />);
  expect(zooms.at(-1)).toBe(1);
  expect(sides.at(-1)).toBe(1200);
});

test('pinching zooms, and the page does not', () => {
  const { stage, zooms } = setup();
  const event = wheel(-200, true);
  stage.dispatchEvent(event);
  expect(event.defaultPrevented).toBe(true);
  expect(zooms.at(-1)).toBeGreaterThan(0.3);
});

test('turning the wheel over the whole picture scrolls the panel as ever', () => {
  const { stage } = setup();
  const event = wheel(50, false);
  stage.dispatchEvent(event);
  expect(event.defaultPrevented).toBe(false);
});
