// @vitest-environment happy-dom
/** What each view says while it waits, when something fails, and when there is very much of it. The stories are told elsewhere. */
import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, describe, expect, test } from 'vitest';
import { failed } from '../../../src/core/result';
import type { Answer, CallName } from '../../../src/protocol/messages';
import { face, report, selected } from '../fakes/data';
import { button, calm, shown, written } from '../fakes/screen';
import { completedJob } from '../fakes/service';
import type { Bench } from '../fakes/session';

afterEach(cleanup);

const A = selected('Portrait');
const LONG = 'Hero / Landing page / Desktop 1440 / Team section / photo-with-a-very-long-layer-name@2x';

/** A host that has been asked and does not answer yet; the answer comes when it is told to. */
function late<Name extends CallName>(made: Bench, name: Name): (answer: Answer<Name>) => void {
  let come: (answer: Answer<Name>) => void = () => undefined;
  const coming = new Promise<Answer<Name>>((resolve) => {
    come = resolve;
  });
  // A handler of the protocol may answer later, which the fake's type does not say.
  made.host.answer(name, (() => coming) as unknown as () => Answer<Name>);
  return come;
}

const bar = (): HTMLElement => screen.getByRole('progressbar');

describe('while it waits', () => {
  test('the panel as a whole says that it is busy, and nothing else', async () => {
    let come: ReturnType<typeof late<'panel.open'>> = () => undefined;
    await shown({}, (made) => {
      come = late(made, 'panel.open');
    });
    expect(document.querySelector('[aria-busy=true]')).not.toBeNull();
    expect(written()).toBe('');
    await calm(() => come(failed({ code: 'storage-unreadable' })));
    expect(document.querySelector('[aria-busy=true]')).toBeNull();
    expect(screen.getByRole('alert').textContent).not.toBe('');
  });

  test('a picture in hand says that it is read, then that faces are looked for, and cannot be sent before', async () => {
    const made = await shown({ selection: report(A) }, (bench) => late(bench, 'picture.read'));
    expect(bar().getAttribute('aria-label')).toBe('Reading the picture…');
    expect(button('Reading the picture…').getAttribute('aria-disabled')).toBe('true');
    cleanup();
    await shown({ selection: report(A) }, ({ studio }) => {
      studio.faces = () => new Promise(() => undefined);
    });
    expect(bar().getAttribute('aria-label')).toBe('Looking for faces…');
    expect(button('Looking for faces…').getAttribute('aria-disabled')).toBe('true');
    expect(made.service.sent).toEqual([]);
  });

  test('a result that is opened says so, and that it costs nothing', async () => {
    const made = await shown({ jobs: [completedJob('Portrait')] });
    late(made, 'picture.read');
    await calm(() => made.service.sent[0]?.deliver());
    await calm(() => fireEvent.click(button('Review')));
    expect(bar().getAttribute('aria-label')).toBe('Opening the result…');
    expect(written()).toContain('Opening the result costs nothing.');
  });

  test('a cancelled run says that it asks, and cannot be cancelled twice', async () => {
    const made = await shown({ selection: report(A) });
    await calm(() => fireEvent.click(button(/Restore 3 faces/)));
    await calm(() => fireEvent.click(button('Cancel')));
    expect(button('Cancelling…').getAttribute('aria-disabled')).toBe('true');
    expect(written()).toContain('You will see whether a credit was used.');
    expect(made.service.sent[0]?.cancels).toBe(1);
  });

  test('several pictures, the history and the spending each say what they look for', async () => {
    await shown({ selection: report(A, selected('Avatar')) }, (made) => late(made, 'pictures.collect'));
    expect(bar().getAttribute('aria-label')).toBe('Looking for pictures…');
    expect(screen.queryByRole('button', { name: /^Restore/ })).toBeNull();
    cleanup();
    await shown({ command: 'history' }, (made) => late(made, 'results.find'));
    expect(bar().getAttribute('aria-label')).toMatch(/…$/);
    cleanup();
    const made = await shown({ command: 'settings' });
    late(made, 'record.read');
    await calm(() => fireEvent.click(button('Show all')));
    expect(written()).toContain('Reading what was spent…');
  });
});

describe('when something fails', () => {
  const alert = (): string => screen.getByRole('alert').textContent ?? '';

  test('a result that cannot be opened says why, and can be asked for again', async () => {
    const made = await shown({ jobs: [completedJob('Portrait')] });
    made.studio.resultIs(failed({ code: 'result-damaged' }));
    await calm(() => made.service.sent[0]?.deliver());
    await calm(() => fireEvent.click(button('Review')));
    expect(alert()).not.toBe('');
    expect(screen.getAllByRole('button').map((one) => one.textContent)).toContain('Close');
  });

  test('a result that cannot be applied stays in review with the reason', async () => {
    const made = await shown({ selection: report(A) });
    await calm(() => fireEvent.click(button(/Restore 3 faces/)));
    await calm(() => made.service.sent[0]?.deliver());
    made.host.answer('result.place', failed({ code: 'layer-read-only' }));
    await calm(() => fireEvent.click(button('Apply')));
    expect(alert()).toMatch(/cannot be edited.*charged|cannot be edited.*credit/);
    expect(screen.getByRole('slider', { name: /Divider/ })).toBeTruthy();
    expect(button('Apply').getAttribute('aria-disabled')).toBe('false');
  });

  test('a result that cannot be reverted stays applied with the reason', async () => {
    const made = await shown({ selection: report(A) });
    await calm(() => fireEvent.click(button(/Restore 3 faces/)));
    await calm(() => made.service.sent[0]?.deliver());
    await calm(() => fireEvent.click(button('Apply')));
    made.host.answer('result.revert', failed({ code: 'layer-gone' }));
    await calm(() => fireEvent.click(button('Revert to original')));
    expect(alert()).toContain('The layer is no longer in the document.');
    expect(button('Done')).toBeTruthy();
  });

  test('pictures that cannot be looked for are said', async () => {
    await shown({ selection: report(A, selected('Avatar')) }, ({ host }) =>
      host.answer('pictures.collect', failed({ code: 'host-silent' })),
    );
    expect(alert()).toContain('Figma does not answer.');
  });
});

describe('with very much in it', () => {
  test('a long name is whole in what is shown on hovering and to who hears it', async () => {
    await shown({ selection: report(selected(LONG)) });
    expect(screen.getByText(LONG).title).toBe(LONG);
    await calm(() => fireEvent.click(button(/Restore 3 faces/)));
    expect(screen.getByRole('heading', { name: LONG }).title).toBe(LONG);
  });

  test('twelve faces are numbered, in hand and in review', async () => {
    const made = await shown({ selection: report(A) }, ({ studio }) =>
      studio.facesOf(
        'Portrait',
        Array.from({ length: 12 }, (_, index) => face(index * 90)),
      ),
    );
    expect(written()).toContain('12 faces');
    expect(button('Edit face 12, 100 px')).toBeTruthy();
    await calm(() => fireEvent.click(button(/Restore 12 faces · 1 credit/)));
    await calm(() => made.service.sent[0]?.deliver());
    expect(screen.getByRole('checkbox', { name: 'Keep this face 12' })).toBeTruthy();
  });

  test('forty pictures are forty rows, each with its own name', async () => {
    const forty = Array.from({ length: 40 }, (_, index) => selected(`Photo ${index + 1}`));
    await shown({ selection: report(...forty) });
    const rows = screen.getAllByRole('checkbox', { name: /^Restore Photo/ });
    expect(rows).toHaveLength(40);
    expect(new Set(rows.map((one) => one.getAttribute('aria-label') ?? one.textContent)).size).toBe(40);
  });
});
