// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, test } from 'vitest';
import { Compare, type CompareProps } from '../../../src/ui/parts/compare/compare';
import { settled } from '../fakes/session';
import { bitmap } from '../fakes/studio';

afterEach(cleanup);

function setup(change: Partial<CompareProps> = {}) {
  const zooms: (number | null)[] = [];
  const sides: number[] = [];
  const props: CompareProps = {
    words: { before: 'Before', after: 'After', divider: 'Divider', picture: 'Both' },
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
  const stage = screen.getByRole('group', { name: 'Both' });
  // The stage of a test is laid out by nobody: the guess of 320 x 240 holds for it.
  stage.getBoundingClientRect = () => new DOMRect(0, 0, 320, 240);
  const number = (name: string): number => Number(stage.style.getPropertyValue(name));
  return {
    props,
    rerender,
    divider: screen.getByRole('slider', { name: 'Divider' }),
    stage,
    zooms,
    sides,
    /** 0..1. */
    place: () => number('--divider'),
    zoom: () => number('--zoom'),
    left: () => number('--left'),
  };
}

/** The test's DOM knows no modifier keys on a wheel. */
const wheel = (deltaY: number, ctrlKey: boolean, shiftKey = false): Event =>
  Object.assign(new Event('wheel', { cancelable: true, bubbles: true }), {
    deltaX: 0,
    deltaY,
    deltaMode: 0,
    ctrlKey,
    shiftKey,
    clientX: 160,
    clientY: 120,
  });

/** Nor places of a pointer. */
function point(on: Element, type: string, pointerId: number, clientX: number, clientY = 120, button = 0): void {
  const event = Object.assign(new Event(type, { cancelable: true, bubbles: true }), {
    pointerId,
    clientX,
    clientY,
    button,
  });
  act(() => void on.dispatchEvent(event));
}

const FIT = 320 / 1200;

describe('the divider', () => {
  test.each([
    ['ArrowRight', false, 0.52],
    ['ArrowLeft', false, 0.48],
    ['ArrowRight', true, 0.6],
    ['Home', false, 0],
    ['End', false, 1],
  ])('moves by %s (Shift: %s), and is read out', (key, shiftKey, expected) => {
    const { divider, place } = setup();
    fireEvent.keyDown(divider, { key, shiftKey });
    expect(place()).toBeCloseTo(expected);
    expect(divider.getAttribute('aria-valuenow')).toBe(String(Math.round(expected * 100)));
    expect(divider.getAttribute('aria-valuetext')).toBe(`Before ${Math.round(expected * 100)} %`);
  });

  test('follows the pointer over the whole picture, and stops when it is let go', () => {
    const { stage, place } = setup();
    point(stage, 'pointerdown', 1, 80);
    expect(place()).toBeCloseTo(0.25);
    point(stage, 'pointermove', 1, 240);
    expect(place()).toBeCloseTo(0.75);
    point(stage, 'pointermove', 1, 900);
    expect(place()).toBe(1);
    point(stage, 'pointerup', 1, 160);
    point(stage, 'pointermove', 1, 160);
    expect(place()).toBe(1);
  });

  test('stays where it is when the panel draws anew', () => {
    const { divider, place, props, rerender } = setup();
    fireEvent.keyDown(divider, { key: 'End' });
    rerender(<Compare {...props} words={{ ...props.words, before: 'Layer now' }} original />);
    expect(place()).toBe(1);
    expect(divider.getAttribute('aria-valuetext')).toBe('Layer now 100 %');
  });
});

describe('what is shown', () => {
  test('is the whole picture at first, in no more pixels than the stage can show', () => {
    const { sides, zoom } = setup();
    expect(zoom()).toBeCloseTo(FIT);
    expect(Math.max(...sides)).toBeLessThanOrEqual(512);
  });

  test('is a face in full size and with every pixel there is, when it is looked at', async () => {
    const { props, rerender, zooms, sides, left } = setup();
    await act(async () => rerender(<Compare {...props} look={{ to: { x: 300, y: 200 }, turn: 1 }} />));
    await act(settled);
    expect(zooms.at(-1)).toBe(1);
    expect(left()).toBe(160 - 300);
    expect(sides.at(-1)).toBe(1200);
  });

  test('can be the whole picture again, also when the wheel zoomed', async () => {
    const { props, rerender, stage, zooms, zoom } = setup();
    act(() => void stage.dispatchEvent(wheel(-200, true)));
    await act(async () => rerender(<Compare {...props} look={{ to: 'whole', turn: 1 }} />));
    expect(zooms.at(-1)).toBeNull();
    expect(zoom()).toBeCloseTo(FIT);
  });

  test('keeps its middle when 100 % is asked for', async () => {
    const { props, rerender, left } = setup();
    await act(async () => rerender(<Compare {...props} look={{ to: { x: 300, y: 200 }, turn: 1 }} />));
    await act(async () => rerender(<Compare {...props} look={{ to: 'full', turn: 2 }} />));
    expect(left()).toBe(160 - 300);
  });
});

describe('the wheel', () => {
  test('with Ctrl, as a pinch sends it, zooms, and the page does not', () => {
    const { stage, zooms } = setup();
    const event = wheel(-200, true);
    act(() => void stage.dispatchEvent(event));
    expect(event.defaultPrevented).toBe(true);
    expect(zooms.at(-1)).toBeGreaterThan(0.3);
  });

  test('over the whole picture scrolls the panel as ever', () => {
    const { stage } = setup();
    const event = wheel(50, false);
    stage.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(false);
  });

  test('pans once zoomed in, sideways with Shift', () => {
    const { stage, left } = setup();
    fireEvent.keyDown(window, { key: ')', code: 'Digit0', shiftKey: true });
    const before = left();
    const event = wheel(50, false, true);
    act(() => void stage.dispatchEvent(event));
    expect(event.defaultPrevented).toBe(true);
    expect(left()).toBeCloseTo(before - 50);
  });

  test('never goes past 800 %', () => {
    const { stage, zoom } = setup();
    for (let turn = 0; turn < 40; turn++) act(() => void stage.dispatchEvent(wheel(-200, true)));
    expect(zoom()).toBe(8);
  });
});

describe('pointers on a picture that is zoomed in', () => {
  const zoomedIn = () => {
    const made = setup();
    act(() => void fireEvent.keyDown(window, { key: ')', code: 'Digit0', shiftKey: true }));
    return made;
  };

  test('drag the picture and leave the divider', () => {
    const { stage, left, place } = zoomedIn();
    const before = left();
    point(stage, 'pointerdown', 1, 100);
    point(stage, 'pointermove', 1, 130);
    expect(left()).toBeCloseTo(before + 30);
    expect(place()).toBe(0.5);
  });

  test('drag the divider by its handle', () => {
    const { divider, left, place } = zoomedIn();
    const before = left();
    point(divider, 'pointerdown', 1, 160);
    point(divider, 'pointermove', 1, 80);
    expect(place()).toBeCloseTo(0.25);
    expect(left()).toBe(before);
  });

  test('drag nothing with the right button', () => {
    const { stage, left } = zoomedIn();
    const before = left();
    point(stage, 'pointerdown', 1, 100, 120, 2);
    point(stage, 'pointermove', 1, 130);
    expect(left()).toBe(before);
  });
});

describe('two fingers', () => {
  test('zoom in by as much as they part, and put the divider back where it was', () => {
    const { stage, zoom, place } = setup();
    point(stage, 'pointerdown', 1, 140);
    point(stage, 'pointerdown', 2, 180);
    expect(place()).toBe(0.5);
    point(stage, 'pointermove', 1, 120);
    point(stage, 'pointermove', 2, 200);
    expect(zoom()).toBeCloseTo(FIT * 2);
    expect(place()).toBe(0.5);
  });

  test('leave the picture to the one that stays', () => {
    const { stage, left, place } = setup();
    point(stage, 'pointerdown', 1, 150);
    point(stage, 'pointerdown', 2, 170);
    point(stage, 'pointermove', 2, 250);
    point(stage, 'pointerup', 2, 250);
    const before = left();
    point(stage, 'pointermove', 1, 140);
    expect(left()).toBeCloseTo(before - 10);
    expect(place()).toBe(0.5);
  });
});

describe('keys', () => {
  test.each([
    ['+', '', false, FIT * Math.SQRT2],
    [')', 'Digit0', true, 1],
  ])('%s zooms in', (key, code, shiftKey, expected) => {
    const { zoom } = setup();
    fireEvent.keyDown(window, { key, code, shiftKey });
    expect(zoom()).toBeCloseTo(expected);
  });

  test('- and Shift+1 go back to the whole picture', () => {
    const { zoom, zooms } = setup();
    for (const back of [{ key: '-' }, { key: '!', code: 'Digit1', shiftKey: true }]) {
      act(() => void fireEvent.keyDown(window, { key: '+' }));
      act(() => void fireEvent.keyDown(window, back));
      expect(zoom()).toBeCloseTo(FIT);
      expect(zooms.at(-1)).toBeNull();
    }
  });

  test('typed into a field are the field’s own', () => {
    const { zoom } = setup();
    const field = document.body.appendChild(document.createElement('input'));
    fireEvent.keyDown(field, { key: '-' });
    fireEvent.keyDown(field, { key: '+' });
    field.remove();
    expect(zoom()).toBeCloseTo(FIT);
  });

  test('on the picture pan it once it is zoomed in; only then it takes the focus', () => {
    const { stage, left } = setup();
    expect(stage.tabIndex).toBe(-1);
    act(() => void fireEvent.keyDown(window, { key: ')', code: 'Digit0', shiftKey: true }));
    expect(stage.tabIndex).toBe(0);
    const before = left();
    fireEvent.keyDown(stage, { key: 'ArrowRight' });
    expect(left()).toBeCloseTo(before - 16);
    fireEvent.keyDown(stage, { key: 'ArrowLeft', shiftKey: true });
    expect(left()).toBeCloseTo(before + 144);
  });
});

test('single pixels are squares from 300 % on', () => {
  const { stage } = setup();
  const before = stage.className;
  for (let turn = 0; turn < 6; turn++) act(() => void fireEvent.keyDown(window, { key: '+' }));
  const below = stage.className;
  act(() => void fireEvent.keyDown(window, { key: '+' }));
  expect(below).not.toBe(before);
  expect(stage.className).not.toBe(below);
});
