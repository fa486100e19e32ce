// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import { failed, ok } from '../../../src/core/result';
import { STANDARD_SETTINGS } from '../../../src/core/settings';
import { report, selected } from '../fakes/data';
import { button, calm, shown, written } from '../fakes/screen';
import { runningJob } from '../fakes/service';

afterEach(cleanup);

const A = selected('Portrait');

test('from the first opening to the applied result and back', async () => {
  const made = await shown({ settings: STANDARD_SETTINGS, selection: report(A) });

  fireEvent.click(screen.getByRole('radio', { name: /Try the local engine/ }));
  expect(screen.getByLabelText<HTMLInputElement>('Address').value).toBe('http://localhost:4141');
  await calm(() => fireEvent.click(button('Connect')));

  expect(written()).toContain('Portrait');
  expect(written()).toContain('1200 × 800 px · 1.0 MP');
  expect(written()).toContain('3 faces · 100 px');
  await calm(() => fireEvent.click(button('Restore 3 faces · 1 credit')));

  await calm(() => made.service.sent[0]?.watcher.onProgress({ stage: 'restoring', fraction: 0.6, secondsLeft: 8 }));
  expect(written()).toContain('Restoring 60 % · about 8 s');
  expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('60');
  await calm(() => made.service.sent[0]?.deliver());

  expect(screen.getByRole('slider', { name: /Divider/ })).toBeTruthy();
  await calm(() => fireEvent.click(screen.getByRole('checkbox', { name: 'Keep this face 2' })));
  expect(made.studio.previews.at(-1)?.map(({ on }) => on)).toEqual([true, false, true]);
  await calm(() => fireEvent.keyDown(document.body, { key: 'Enter' }));

  expect(written()).toContain('Applied: Overlay, 2 faces');
  expect(made.host.asks('result.place')).toHaveLength(1);
  await calm(() => fireEvent.click(button('Show layer')));
  expect(made.host.asks('layer.show')).toEqual([{ nodeId: A.target.nodeId }]);
  await calm(() => fireEvent.click(button('Revert to original')));
  expect(made.host.asks('result.revert')).toEqual([{ nodeId: A.target.nodeId, undo: 'own' }]);
  await calm(() => fireEvent.click(button('Discard')));
  // It has been paid for.
  expect(button('Restore 3 faces · free')).toBeTruthy();
});

test('a result that was finished while the panel was closed is offered, and reviewed on demand', async () => {
  const made = await shown({ jobs: [runningJob('Portrait')] });
  expect(written()).toContain('Preparing');
  await calm(() => made.service.sent[0]?.deliver());
  expect(written()).toContain('1 result is ready');
  await calm(() => fireEvent.click(button('Review')));
  expect(written()).toContain('Finished while the panel was closed. No further credit is used.');
  await calm(() => fireEvent.keyDown(window, { key: 'Escape' }));
  expect(written()).toContain('1 result is ready');
});

test('the panel can be left while a job runs, and says how far it is', async () => {
  const made = await shown({ selection: report(A) });
  await calm(() => fireEvent.click(button(/Restore 3 faces/)));
  await calm(() => fireEvent.keyDown(window, { key: 'Escape' }));
  await calm(() => made.service.sent[0]?.watcher.onProgress({ stage: 'queued', fraction: null, secondsLeft: null }));
  expect(written()).toContain('Queued');
  await calm(() => fireEvent.click(button('Show')));
  expect(button('Cancel')).toBeTruthy();
});

test('cancelling says whether a credit was used', async () => {
  const made = await shown({ selection: report(A) });
  await calm(() => fireEvent.click(button(/Restore 3 faces/)));
  await calm(() => fireEvent.click(button('Cancel')));
  expect(button('Cancelling…').getAttribute('aria-disabled')).toBe('true');
  await calm(() => made.service.sent[0]?.fail({ code: 'job-cancelled', spent: false }));
  expect(written()).toContain('The job was cancelled.Nothing was charged.');
  await calm(() => fireEvent.click(button('Dismiss')));
  expect(written()).not.toContain('cancelled');
});

test('a failed run says what happened, what it cost and what to do, and can be tried again', async () => {
  const made = await shown({ selection: report(A) });
  await calm(() => fireEvent.click(button(/Restore 3 faces/)));
  await calm(() => made.service.sent[0]?.fail({ code: 'host-unreachable', host: 'localhost:4141', local: true }));
  expect(screen.getByRole('alert').textContent).toContain('The local engine does not answer at localhost:4141.');
  expect(screen.getByRole('alert').textContent).toContain('Nothing was charged.');
  await calm(() => fireEvent.click(button('Try again · 1 credit')));
  expect(made.service.sent).toHaveLength(2);
});

test('what may be charged twice is sent again only by its own button', async () => {
  const made = await shown({ selection: report(A) });
  await calm(() => fireEvent.click(button(/Restore 3 faces/)));
  const sent = made.service.sent[0];
  const attempt = { number: 1, tag: 't', submittedAt: 1 };
  await calm(() =>
    sent?.fail(
      { code: 'job-uncertain' },
      { ...runningJob('x'), id: sent.order.id, order: sent.order, state: { name: 'ASK', attempt } },
    ),
  );
  expect(screen.getByRole('alert').textContent).toContain('Whether a credit was used is not known yet.');
  await calm(() => fireEvent.click(button('Send again · 1 credit')));
  expect(made.service.sent[1]?.resumed?.state.name).toBe('PREPARED');
});

test('a layer that changed meanwhile is not overwritten; the result can go onto a new layer', async () => {
  const made = await shown({ selection: report(A) });
  made.host.answer('result.place', ({ form, target }) =>
    form === 'layer'
      ? ok({ nodeId: target.nodeId, form, resultHash: target.imageHash, notes: ['placed-freely'] })
      : failed({ code: 'layer-changed' }),
  );
  await calm(() => fireEvent.click(button(/Restore 3 faces/)));
  await calm(() => made.service.sent[0]?.deliver());
  await calm(() => fireEvent.click(button('Apply')));
  expect(screen.getByRole('alert').textContent).toContain('is not overwritten');
  await calm(() => fireEvent.click(button('Place as new layer')));
  expect(written()).toContain('Applied: New layer');
  expect(written()).toContain('the result lies on a new layer in the middle of the view');
});
