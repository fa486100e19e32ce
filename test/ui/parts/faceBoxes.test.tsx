// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { useState } from 'preact/hooks';
import { afterEach, describe, expect, test } from 'vitest';
import type { Box } from '../../../src/pixels/image';
import { boxKey } from '../../../src/ui/parts/faceBoxes/boxKey';
import { dragged } from '../../../src/ui/parts/faceBoxes/drag';
import { FaceBoxes } from '../../../src/ui/parts/faceBoxes/faceBoxes';
import { bitmap } from '../fakes/studio';

afterEach(cleanup);

const PICTURE = { width: 1200, height: 800 };
const BOX: Box = { x: 300, y: 200, width: 90, height: 120 };

describe('keys on a box', () => {
  test.each([
    ['ArrowRight', false, { ...BOX, x: 303 }],
    ['ArrowUp', false, { ...BOX, y: 197 }],
    ['ArrowRight', true, { ...BOX, width: 93 }],
    ['ArrowUp', true, { ...BOX, height: 117 }],
    ['Delete', false, 'remove'],
    ['Backspace', false, 'remove'],
    ['Enter', false, null],
    ['a', true, null],
  ] as const)('%s (Shift: %s)', (key, shift, expected) => {
    expect(boxKey(BOX, key, shift, 3, PICTURE)).toEqual(expected);
  });
});

describe('a drag', () => {
  const from = { x: 310, y: 210 };
  const to = { x: 330, y: 190 };

  test('on the picture draws', () => {
    expect(dragged({ kind: 'draw', from }, to, PICTURE)).toEqual({ x: 310, y: 190, width: 20, height: 20 });
  });

  test('on a box moves it as far as the pointer goes', () => {
    expect(dragged({ kind: 'move', from, index: 0, box: BOX }, to, PICTURE)).toEqual({ ...BOX, x: 320, y: 180 });
  });

  test('on a corner takes the corner along from where it was gripped', () => {
    const corner = { across: 1, down: -1 } as const;
    expect(dragged({ kind: 'corner', from, index: 0, box: BOX, corner }, to, PICTURE)).toEqual({
      x: 300,
      y: 180,
      width: 110,
      height: 140,
    });
  });
});

/** Two boxes on a stage of 320 x 240, so that a CSS pixel is 3.75 of the picture's. */
function setup(first: number | null = null) {
  const said: string[] = [];
  const zooms: (number | null)[] = [];
  function Held() {
    const [selected, setSelected] = useState(first);
    const [zoom, setZoom] = useState<number | null>(null);
    return (
      <FaceBoxes
        label="Faces"
        picture={PICTURE}
        of="p"
        load={async () => bitmap()}
        boxes={[
          { box: BOX, label: 'Face 1', warning: false },
          { box: { ...BOX, x: 700 }, label: 'Face 2', warning: true },
        ]}
        selected={selected}
        describedBy="keys"
        zoom={zoom}
        onZoom={(next) => {
          zooms.push(next);
          setZoom(next);
        }}
        onSeen={() => undefined}
        onSelect={(index) => {
          said.push(`select ${index}`);
          setSelected(index);
        }}
        onAdd={(box) => said.push(`add ${Object.values(box)}`)}
        onChange={(index, box) => said.push(`change ${index} ${Object.values(box)}`)}
        onRemove={(index) => said.push(`remove ${index}`)}
      />
    );
  }
  render(<Held />);
  const stage = screen.getByRole('group', { name: 'Faces' });
  const face = (number: number) => screen.getByRole('button', { name: `Face ${number}` });
  return { said, zooms, stage, face };
}

const pointer = (type: string, x: number, y: number): Event =>
  new PointerEvent(type, { bubbles: true, clientX: x, clientY: y, button: 0, pointerId: 1 });

/** Down on the element, then through the points, then up. */
async function drag(at: Element, ...points: readonly (readonly [number, number])[]): Promise<void> {
  const [start = [0, 0], ...way] = points;
  await act(() => void at.dispatchEvent(pointer('pointerdown', ...(start as [number, number]))));
  for (const [x, y] of way) await act(() => void at.dispatchEvent(pointer('pointermove', x, y)));
  await act(() => void at.dispatchEvent(pointer('pointerup', 0, 0)));
}

describe('the boxes', () => {
  test('the one with the focus is in hand, and says so', async () => {
    const { face, said } = setup();
    await act(() => face(2).focus());
    expect(said).toEqual(['select 1']);
    expect(face(2).getAttribute('aria-pressed')).toBe('true');
    expect(face(1).getAttribute('aria-pressed')).toBe('false');
    expect(face(2).getAttribute('aria-describedby')).toBe('keys');
  });

  test('arrow keys go about two pixels of the screen, whatever the zoom', () => {
    const { face, said } = setup(0);
    fireEvent.keyDown(face(1), { key: 'ArrowRight' });
    fireEvent.keyDown(face(1), { key: 'ArrowDown', shiftKey: true });
    expect(said).toEqual(['change 0 308,200,90,120', 'change 0 300,200,90,128']);
  });

  test('Delete takes one away; held down it does not take the next one too', () => {
    const { face, said } = setup(0);
    fireEvent.keyDown(face(1), { key: 'Delete' });
    fireEvent.keyDown(face(1), { key: 'Delete', repeat: true });
    expect(said).toEqual(['remove 0']);
  });

  test('a key with Ctrl is not the box’s', () => {
    const { face, said } = setup(0);
    fireEvent.keyDown(face(1), { key: 'Backspace', ctrlKey: true });
    expect(said).toEqual([]);
  });

  test('dragging on the picture adds a face, in pixels of the picture', async () => {
    const { stage, said } = setup();
    // The picture fills the stage's 320 px; above and below it there are 13.3 px of ground.
    await drag(stage, [16, 40 + 40 / 3], [30, 70], [40, 80 + 40 / 3]);
    expect(said).toEqual(['select null', 'add 60,150,90,150']);
  });

  test('a press without a drag only lets go of the face in hand', async () => {
    const { stage, said } = setup(1);
    await drag(stage, [16, 40], [18, 41]);
    expect(said).toEqual(['select null']);
  });

  test('dragging a face moves it once, when the pointer comes up', async () => {
    const { face, said } = setup();
    await drag(face(1), [90, 80], [100, 80], [110, 80]);
    expect(said).toEqual(['select 0', 'change 0 375,200,90,120']);
  });

  test('Esc drops what is being dragged, and only that', async () => {
    const { face, said } = setup();
    await act(() => void face(1).dispatchEvent(pointer('pointerdown', 90, 80)));
    await act(() => void face(1).dispatchEvent(pointer('pointermove', 120, 80)));
    const event = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true });
    await act(() => void window.dispatchEvent(event));
    await act(() => void face(1).dispatchEvent(pointer('pointerup', 120, 80)));
    expect(event.defaultPrevented).toBe(true);
    expect(said).toEqual(['select 0']);
  });

  test('a second button of the mouse draws nothing', async () => {
    const { stage, said } = setup();
    await act(
      () => void stage.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, button: 2, pointerId: 1 })),
    );
    await act(() => void stage.dispatchEvent(pointer('pointermove', 100, 100)));
    await act(() => void stage.dispatchEvent(pointer('pointerup', 100, 100)));
    expect(said).toEqual([]);
  });

  test('a pinch zooms; back at the whole picture the wheel is the panel’s again', async () => {
    const { stage, zooms } = setup();
    const wheel = (deltaY: number, ctrlKey: boolean): Event =>
      Object.assign(new Event('wheel', { cancelable: true, bubbles: true }), {
        deltaX: 0,
        deltaY,
        ctrlKey,
        clientX: 0,
        clientY: 0,
      });
    const turns = async (count: number, deltaY: number): Promise<void> => {
      for (let turn = 0; turn < count; turn++) await act(() => void stage.dispatchEvent(wheel(deltaY, true)));
    };
    await turns(6, -20);
    expect(zooms.at(-1)).toBeGreaterThan(0.8);
    await turns(7, 20);
    expect(zooms.at(-1)).toBeNull();
    const plain = wheel(50, false);
    await act(() => void stage.dispatchEvent(plain));
    expect(plain.defaultPrevented).toBe(false);
  });
});
