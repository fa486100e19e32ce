// @vitest-environment happy-dom
/** Several looks, as a designer asks for them and chooses among them. */
import { cleanup, fireEvent, screen, within } from '@testing-library/preact';
import { afterEach, describe, expect, test } from 'vitest';
import { jobId } from '../../../src/core/ids';
import { ok } from '../../../src/core/result';
import { FACES, face, openResult, report, selected } from '../fakes/data';
import { button, calm, shown, written } from '../fakes/screen';
import { runningJob } from '../fakes/service';
import type { Bench } from '../fakes/session';

afterEach(cleanup);

const A = selected('Portrait');
const radios = (name: RegExp): readonly HTMLInputElement[] =>
  within(screen.getByRole('radiogroup', { name })).getAllByRole('radio') as HTMLInputElement[];

async function asked(): Promise<Bench> {
  const made = await shown({ selection: report(A) });
  await calm(() => fireEvent.click(button('3 looks · 3 credits')));
  return made;
}

async function threeReady(): Promise<Bench> {
  const made = await asked();
  for (const sent of [0, 1, 2]) await calm(() => made.service.sent[sent]?.deliver());
  return made;
}

describe('three looks', () => {
  test('are offered beside the main button with their price, and without a face they are not', async () => {
    await shown({ selection: report(A) });
    expect(button('Restore 3 faces · 1 credit')).toBeTruthy();
    expect(button('3 looks · 3 credits').querySelector('svg')).not.toBeNull();
    cleanup();
    await shown({ selection: report(A) }, (made) => made.studio.facesOf('Portrait', []));
    expect(screen.queryByRole('button', { name: /looks/ })).toBeNull();
  });

  test('say how far each is, and each can be cancelled for itself', async () => {
    const made = await asked();
    await calm(() => made.service.sent[1]?.watcher.onProgress({ stage: 'restoring', fraction: 0.6, secondsLeft: 8 }));
    expect(screen.getByRole('progressbar', { name: 'Progress of look B' }).getAttribute('aria-valuenow')).toBe('60');
    await calm(() => fireEvent.click(button('Cancel: look B')));
    expect(made.service.sent.map(({ cancels }) => cancels)).toEqual([0, 1, 0]);
    await calm(() => fireEvent.click(button('Cancel all')));
    expect(made.service.sent.map(({ cancels }) => cancels)).toEqual([1, 1, 1]);
  });

  test('that all fail say why, each with its own way on', async () => {
    const made = await asked();
    for (const sent of [0, 1, 2]) await calm(() => made.service.sent[sent]?.fail({ code: 'credits-missing' }));
    expect(screen.getAllByText('There are not enough credits on the account.')).toHaveLength(3);
    expect(button('Try again · 1 credit: look C').textContent).toContain('1 credit');
    await calm(() => fireEvent.click(button('Close')));
    expect(button('3 looks · 3 credits')).toBeTruthy();
  });
});

describe('the review of several looks', () => {
  test('shows the first that is ready, and the others on their way', async () => {
    const made = await asked();
    await calm(() => made.service.sent[0]?.deliver());
    expect(screen.getByRole('slider', { name: /Divider/ })).toBeTruthy();
    expect(radios(/^Face 1,/)).toHaveLength(1);
    expect(screen.getByRole('progressbar', { name: 'Progress of look B' })).toBeTruthy();
    await calm(() => made.service.sent[1]?.fail({ code: 'credits-missing' }));
    expect(written()).toContain('Look B · seed 2');
    await calm(() => made.service.sent[2]?.deliver());
    expect(radios(/^Face 1,/).map((radio) => radio.getAttribute('aria-label'))).toEqual([
      'Look A, seed 1',
      'Look C, seed 3',
    ]);
    await calm(() => fireEvent.click(button('Dismiss: look B')));
    expect(written()).not.toContain('Look B');
  });

  test('takes each face from the look that is chosen for it, and shows and applies that mix', async () => {
    const made = await threeReady();
    expect(radios(/^Face 1,/).map(({ checked }) => checked)).toEqual([true, false, false]);
    await calm(() => fireEvent.click(radios(/^Face 1,/)[1] as HTMLElement));
    const [first, second] = made.studio.previews.at(-1) ?? [];
    expect(first?.resultId).not.toBe(second?.resultId);
    expect(radios(/^Face 2,/).map(({ checked }) => checked)).toEqual([true, false, false]);
    await calm(() => fireEvent.click(button('Apply')));
    expect(made.studio.encoded[0]?.choices).toEqual(made.studio.previews.at(-1));
    expect(written()).toContain('Charged: 3 credits.');
  });

  test('takes all faces from one look at once', async () => {
    await threeReady();
    await calm(() => fireEvent.click(button(/^C: all faces from look C/)));
    for (const name of [/^Face 1,/, /^Face 2,/, /^Face 3,/]) {
      expect(radios(name).map(({ checked }) => checked)).toEqual([false, false, true]);
    }
    expect(button(/^C: all faces/).getAttribute('aria-pressed')).toBe('true');
  });

  test('says in words which look changed a face a lot', async () => {
    const made = await asked();
    made.studio.resultIs(ok({ change: openResult(1, { change: [0.9, 0.1, 0.1] }).change }));
    for (const sent of [0, 1, 2]) await calm(() => made.service.sent[sent]?.deliver());
    expect(radios(/^Face 1,/)[1]?.getAttribute('aria-label')).toBe('Look B, seed 2, changed a lot');
    expect(radios(/^Face 2,/)[1]?.getAttribute('aria-label')).toBe('Look B, seed 2');
    expect(written()).toContain('changed a lot: compare it with the original');
  });

  test('offers one look more for one credit, until there are six', async () => {
    const made = await threeReady();
    for (const sent of [3, 4, 5]) {
      await calm(() => fireEvent.click(button('Another look · 1 credit')));
      await calm(() => made.service.sent[sent]?.deliver());
    }
    expect(radios(/^Face 1,/)).toHaveLength(6);
    expect(screen.queryByRole('button', { name: /^Another look/ })).toBeNull();
  });

  test('of the local engine says that its looks differ in grain only', async () => {
    await threeReady();
    expect(written()).toContain('With the local engine looks differ in their grain only.');
  });
});

describe('one look alone', () => {
  test('offers another, and has no choice of looks before it is asked for', async () => {
    const made = await shown({ selection: report(A) });
    await calm(() => fireEvent.click(button('Restore 3 faces · 1 credit')));
    await calm(() => made.service.sent[0]?.deliver());
    expect(screen.queryByRole('radiogroup')).toBeNull();
    await calm(() => fireEvent.click(button('Another look · 1 credit')));
    await calm(() => made.service.sent[1]?.deliver());
    expect(radios(/^Face 1,/)).toHaveLength(2);
  });

  test('says of a face that does not suit the model that it is too large or too small', async () => {
    const made = await shown({ selection: report(A) }, ({ studio }) =>
      studio.facesOf('Portrait', [face(0, 20), face(100, 600), ...FACES.slice(2)]),
    );
    await calm(() => fireEvent.click(button(/^Restore 3 faces/)));
    await calm(() => made.service.sent[0]?.deliver());
    expect(written()).toMatch(/20 px small.*600 px large/);
  });
});

describe('looks that were on their way when the panel was closed', () => {
  test('wait as one line, which says how many are ready, and open as one review', async () => {
    const first = runningJob('Portrait');
    const second = {
      ...first,
      id: jobId('two'),
      order: { ...first.order, id: jobId('two'), look: { of: first.id, place: 1 } },
    };
    const made = await shown({ jobs: [first, second] });
    for (const sent of [0, 1]) await calm(() => made.service.sent[sent]?.deliver());
    expect(written()).toContain('Portrait · 2 of 2 looks ready');
    expect(screen.queryByRole('button', { name: 'Apply' })).toBeNull();
    await calm(() => fireEvent.click(button('Review')));
    expect(radios(/^Face 1,/)).toHaveLength(2);
  });
});

describe('a face that nobody had marked before the result came', () => {
  test('is marked in the review, by a button and the keys, and counts as a face', async () => {
    const made = await shown({ selection: report(A) });
    await calm(() => fireEvent.click(button(/^Restore 3 faces/)));
    await calm(() => made.service.sent[0]?.deliver());
    await calm(() => fireEvent.click(button('Add a face')));
    expect(written()).toContain('Mark one to take it over: free.');
    await calm(() => fireEvent.click(button('Add a face')));
    expect(button(/^Face 4,/)).toBeTruthy();
    await calm(() => fireEvent.click(button('Done')));
    expect(screen.getByRole('checkbox', { name: 'Keep this face 4' })).toBeTruthy();
    expect(made.service.sent).toHaveLength(1);
  });

  test('Esc leads back to the review without one', async () => {
    const made = await shown({ selection: report(A) });
    await calm(() => fireEvent.click(button(/^Restore 3 faces/)));
    await calm(() => made.service.sent[0]?.deliver());
    await calm(() => fireEvent.click(button('Add a face')));
    await calm(() => fireEvent.keyDown(document.body, { key: 'Escape' }));
    expect(button('Apply')).toBeTruthy();
    expect(screen.queryByRole('checkbox', { name: 'Keep this face 4' })).toBeNull();
  });
});
