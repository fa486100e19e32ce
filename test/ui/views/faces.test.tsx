// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, describe, expect, test } from 'vitest';
import { FACES, report, selected } from '../fakes/data';
import { button, calm, shown, written } from '../fakes/screen';

afterEach(cleanup);

const A = selected('Portrait');

const withFaces = (faces = FACES) => shown({ selection: report(A) }, ({ studio }) => studio.facesOf('Portrait', faces));
const press = (name: string | RegExp) => calm(() => fireEvent.click(button(name)));
const faces = () => screen.queryAllByRole('button', { name: /^Face \d/ });

describe('a wrong face', () => {
  test('is looked at by its crop, removed, and not restored', async () => {
    const made = await withFaces();
    await press('Edit face 2, 100 px');
    expect(button('Face 2, 100 px').getAttribute('aria-pressed')).toBe('true');
    await press('Remove');
    expect(screen.getByText('Face 2 removed.')).toBeTruthy();
    expect(faces()).toHaveLength(2);
    await press('Done');
    await press('Restore 2 faces · 1 credit');
    await calm(() => made.service.sent[0]?.deliver());
    expect(made.studio.previews.at(-1)?.map(({ face }) => face.box.x)).toEqual([0, 400]);
  });

  test('comes back by Undo, and by Ctrl+Z', async () => {
    await withFaces();
    await press('Edit faces');
    await calm(() => fireEvent.keyDown(button(/^Face 3/), { key: 'Delete' }));
    expect(faces()).toHaveLength(2);
    await press('Undo');
    expect(faces()).toHaveLength(3);
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
    await calm(() => fireEvent.keyDown(button(/^Face 1/), { key: 'Delete' }));
    await calm(() => fireEvent.keyDown(window, { key: 'z', metaKey: true }));
    expect(faces()).toHaveLength(3);
  });

  test('without one in hand Remove does nothing, and says that it cannot', async () => {
    await withFaces();
    await press('Edit faces');
    expect(button('Remove').getAttribute('aria-disabled')).toBe('true');
    await press('Remove');
    expect(faces()).toHaveLength(3);
  });

  test('the last one gone, there is nothing to restore', async () => {
    await withFaces(FACES.slice(0, 1));
    await press(/^Edit face 1/);
    await press('Remove');
    await press('Done');
    expect(written()).toContain('No face is left: there is nothing to restore.');
    expect(button('Send anyway · 1 credit')).toBeTruthy();
    await press('Add a face');
    expect(written()).toContain('No face is marked.');
  });
});

describe('a missed face', () => {
  test('is added where none was found, and turns the main button', async () => {
    const made = await withFaces([]);
    expect(written()).toContain('No face was found: there is nothing to restore.');
    expect(written()).toContain('No credit is spent.');
    await press('Add a face');
    await press('Add a face');
    expect(faces()).toHaveLength(1);
    expect(screen.getByText('Face 1 added.')).toBeTruthy();
    await calm(() => fireEvent.keyDown(faces()[0] as HTMLElement, { key: 'ArrowLeft' }));
    await press('Done');
    expect(made.service.sent).toEqual([]);
    await press('Restore 1 face · 1 credit');
    await calm(() => made.service.sent[0]?.deliver());
    const [choice] = made.studio.previews.at(-1) ?? [];
    // In the middle of 1200 x 800, 0.3 of its height, and one step of two screen pixels to the left.
    expect(choice?.face).toEqual({ box: { x: 496, y: 280, width: 192, height: 240 }, score: 1, points: null });
  });

  test('where a face moved to is read out', async () => {
    await withFaces();
    await press('Edit faces');
    await calm(() => fireEvent.keyDown(button(/^Face 2/), { key: 'ArrowDown' }));
    expect(screen.getAllByRole('status').map(({ textContent }) => textContent)).toContain(
      'Face 2: 80 × 100 px at 200, 18.',
    );
  });
});

describe('the way out', () => {
  test('Esc lets the face go, then leaves; the arrow leaves at once', async () => {
    await withFaces();
    await press(/^Edit face 2/);
    const esc = () => calm(() => fireEvent.keyDown(window, { key: 'Escape' }));
    await esc();
    expect(button(/^Face 2/).getAttribute('aria-pressed')).toBe('false');
    await esc();
    expect(button('Restore 3 faces · 1 credit')).toBeTruthy();
    await press('Edit faces');
    await press('Back');
    expect(button('Restore 3 faces · 1 credit')).toBeTruthy();
  });

  test('two presses of Esc faster than the screen are two', async () => {
    await withFaces();
    await press(/^Edit face 2/);
    await calm(() => {
      fireEvent.keyDown(window, { key: 'Escape' });
      fireEvent.keyDown(window, { key: 'Escape' });
    });
    expect(faces()).toHaveLength(0);
  });

  test('an Enter that is still held from Done does not press Restore', async () => {
    const made = await withFaces();
    const event = new KeyboardEvent('keydown', { key: 'Enter', repeat: true, bubbles: true, cancelable: true });
    button(/^Restore/).dispatchEvent(event);
    expect(event.defaultPrevented).toBe(true);
    expect(made.service.sent).toEqual([]);
  });
});
