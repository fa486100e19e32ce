// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, within } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import { imageHash, jobId, processId } from '../../../src/core/ids';
import type { Job } from '../../../src/core/job/job';
import { STANDARD_PARAMETERS } from '../../../src/core/parameters';
import type { Recipe } from '../../../src/core/recipe';
import { failed, ok } from '../../../src/core/result';
import type { PlacedResult } from '../../../src/protocol/selection';
import { job, report, selected } from '../fakes/data';
import { button, calm, shown, written } from '../fakes/screen';

afterEach(cleanup);

const recipe = (id: string, change: Partial<Recipe> = {}): Recipe => ({
  v: 1,
  form: 'overlay',
  sourceHash: imageHash('source'),
  resultHash: imageHash('result'),
  jobId: jobId(id),
  work: { kind: 'faces', parameters: STANDARD_PARAMETERS },
  preset: 'Balanced',
  faces: 3,
  credits: 1,
  service: 'Local engine',
  appliedAt: Date.UTC(2026, 10, 20, 12),
  ...change,
});
const placed = (name: string, id = name): PlacedResult => ({
  ...selected(name, { applied: recipe(id) }),
  pageName: 'Page 1',
});
const DONE: Job = job(
  'Layer',
  {
    name: 'DONE',
    attempt: { number: 1, tag: 'tag', submittedAt: 0 },
    acceptance: { processId: processId('p'), acceptedAt: 0, duration: 8 },
    completion: { credits: 1, output: null, completedAt: 0 },
    placedAt: 1,
  },
  { id: jobId('Layer') },
);
/** The history, read. */
async function listed(...given: Parameters<typeof shown>): ReturnType<typeof shown> {
  const made = await shown({ command: 'history', ...given[0] }, given[1]);
  await calm();
  return made;
}

const found = (...results: readonly PlacedResult[]) => ok({ results, leftOut: 0, unread: 0 });

describe('the history', () => {
  it('is a click away from the picture in hand, and Esc goes back', async () => {
    await shown({ selection: report(selected('Layer')) });
    await calm(() => void button('History').click());
    expect(screen.getByRole('heading', { name: 'History' })).toBeTruthy();
    await calm(() => void fireEvent.keyDown(window, { key: 'Escape' }));
    expect(screen.queryByRole('heading', { name: 'History' })).toBeNull();
  });

  it('says what will stand there while there is nothing', async () => {
    await listed();
    expect(written()).toContain('No result in this file yet.');
  });

  it('says of an empty page that others were not looked through, and looks through them', async () => {
    const { host } = await listed({}, (made) =>
      made.host.answer('results.find', ({ scope }) =>
        scope === 'file' ? found(placed('Elsewhere')) : ok({ results: [], leftOut: 0, unread: 2 }),
      ),
    );
    expect(written()).toContain('No result on this page.');
    await calm(() => void button('Look through all pages').click());
    expect(host.asks('results.find').map(({ scope }) => scope)).toEqual(['page', 'file']);
    expect(screen.getByRole('list', { name: 'History' }).textContent).toContain('Elsewhere');
  });

  it('says why it cannot be read, and tries again', async () => {
    const { host } = await listed({}, (made) => made.host.answer('results.find', failed({ code: 'host-silent' })));
    expect(screen.getByRole('alert').textContent).toContain('Figma does not answer.');
    host.answer('results.find', found(placed('Layer')));
    await calm(() => void button('Try again').click());
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByRole('listitem').textContent).toContain('Balanced · 3 faces · 1 credit · Local engine');
  });

  it('offers for nothing only what the service still keeps, and says so of the others', async () => {
    await listed({ jobs: [DONE] }, (made) => made.host.answer('results.find', found(placed('Layer'), placed('Old'))));
    const [kept, old] = screen.getAllByRole('listitem') as [HTMLElement, HTMLElement];
    expect(within(kept).getByRole('button', { name: 'Adjust · free' })).toBeTruthy();
    expect(within(old).queryByRole('button', { name: /free/ })).toBeNull();
    expect(old.textContent).toContain('No longer kept at the service: restoring it anew is charged.');
  });

  it('draws 40 rows at once, and the older ones when asked', async () => {
    const many = Array.from({ length: 47 }, (_, at) => placed(`Layer ${at}`));
    await listed({}, (made) => made.host.answer('results.find', found(...many)));
    expect(screen.getAllByRole('listitem')).toHaveLength(40);
    await calm(() => void button('Show older (7)').click());
    expect(screen.getAllByRole('listitem')).toHaveLength(47);
  });

  it('says why a result could not be taken off, and keeps it in the list', async () => {
    await listed({}, (made) => {
      made.host.answer('results.find', found(placed('Layer')));
      made.host.answer('result.revert', failed({ code: 'layer-read-only' }));
    });
    await calm(() => void button('Revert').click());
    expect(screen.getByRole('alert').textContent).toContain('This layer cannot be edited.');
    expect(screen.getAllByRole('listitem')).toHaveLength(1);
  });
});

describe('a result that is opened from the history', () => {
  const opened = async () => {
    const made = await listed({ jobs: [DONE] }, ({ host }) => host.answer('results.find', found(placed('Layer'))));
    await calm(() => void button('Adjust · free').click());
    await calm(() => made.service.sent[0]?.deliver());
    expect(button('Apply')).toBeTruthy();
    return made;
  };

  it.each([
    ['Esc', () => void fireEvent.keyDown(window, { key: 'Escape' })],
    ['the arrow', () => void button('Back').click()],
  ])('leads back to it by %s, and from there to the work', async (_, leave) => {
    await opened();
    await calm(leave);
    expect(screen.getByRole('heading', { name: 'History' })).toBeTruthy();
    await calm(() => void fireEvent.keyDown(window, { key: 'Escape' }));
    expect(screen.queryByRole('heading', { name: 'History' })).toBeNull();
    expect(written()).toContain('1 result is ready');
  });

  it('leads back to it once it is applied, too', async () => {
    await opened();
    await calm(() => void button('Apply').click());
    await calm(() => void button('Done').click());
    expect(screen.getByRole('heading', { name: 'History' })).toBeTruthy();
  });
});

describe('holding to see the original on the canvas', () => {
  const layer = selected('Layer', { applied: recipe('Layer') });
  const HOLD = 'Hold to see the original on the canvas';

  it('begins and ends with the pointer', async () => {
    const { host } = await shown({ selection: report(layer) });
    await calm(() => void fireEvent.pointerDown(button(HOLD)));
    expect(button(HOLD).getAttribute('aria-pressed')).toBe('true');
    expect(written()).toContain('The canvas shows the original.');
    await calm(() => void fireEvent.pointerUp(button(HOLD)));
    expect(host.asks('result.compare').map(({ original }) => original)).toEqual([true, false]);
  });

  it('begins and ends with the key, and ends when the window loses the focus', async () => {
    const { host } = await shown({ selection: report(layer) });
    await calm(() => void fireEvent.keyDown(button(HOLD), { key: ' ' }));
    await calm(() => void fireEvent.keyUp(button(HOLD), { key: ' ' }));
    await calm(() => void fireEvent.pointerDown(button(HOLD)));
    await calm(() => void fireEvent.blur(window));
    expect(host.asks('result.compare').map(({ original }) => original)).toEqual([true, false, true, false]);
  });

  it('ends when the view goes away meanwhile', async () => {
    const { host, session } = await shown({ selection: report(layer) });
    await calm(() => void fireEvent.pointerDown(button(HOLD)));
    await calm(() => session.store.dispatch({ type: 'page', page: 'settings' }));
    expect(host.asks('result.compare').map(({ original }) => original)).toEqual([true, false]);
  });
});

describe('a layer that carries a result', () => {
  it('has its faces adjusted for nothing while the service keeps the result', async () => {
    const { session } = await shown({
      jobs: [DONE],
      selection: report(selected('Layer', { applied: recipe('Layer') })),
    });
    await calm(() => void button('Adjust faces').click());
    expect(session.store.get()).toMatchObject({ front: 'Layer' });
  });

  it.each([
    ['overlay', 'In Figma’s Fill panel you can still change the opacity'],
    ['replace', 'Without it you can still revert'],
  ] as const)('says what is left when it does not, after %s', async (form, text) => {
    await shown({ selection: report(selected('Layer', { applied: recipe('Layer', { form }) })) });
    expect(written()).toContain(text);
    expect(screen.queryByRole('button', { name: 'Adjust faces' })).toBeNull();
    expect(button('Revert to original')).toBeTruthy();
  });
});
