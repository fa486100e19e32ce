import { describe, expect, test } from 'vitest';
import { jobId } from '../../../../src/core/ids';
import { failed, ok } from '../../../../src/core/result';
import type { OpenPicture } from '../../../../src/pixels/studio';
import { createDesk } from '../../../../src/ui/store/desk/desk';
import type { Run } from '../../../../src/ui/store/runs/run';
import { createStore } from '../../../../src/ui/store/store';
import { COMPLETION, FACES, opening, openResult, order, report, selected } from '../../fakes/data';
import { bench, settled } from '../../fakes/session';
import { fakeStudio } from '../../fakes/studio';

const never = new AbortController().signal;
const bytes = (name: string) => new TextEncoder().encode(name);
const A = selected('A');

function desk() {
  const store = createStore();
  const studio = fakeStudio();
  store.dispatch({ type: 'opened', opening: opening({ selection: report(A) }) });
  return { store, studio, desk: createDesk(store, studio) };
}

/** Work that goes on until it is let go. */
function work(made: ReturnType<typeof desk>, name: string, signal = never) {
  let end: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    end = resolve;
  });
  const seen: OpenPicture[] = [];
  const done = made.desk.work(
    async () => ok(bytes(name)),
    async (picture) => {
      seen.push(picture);
      await held;
      return name;
    },
    signal,
  );
  return { seen, end, done };
}

const open = (made: ReturnType<typeof desk>, signal = never) => {
  const shown: OpenPicture[] = [];
  const done = made.desk.open(
    bytes('A'),
    (picture) => {
      shown.push(picture);
      made.store.dispatch({ type: 'subject-chosen', target: A.target });
      made.store.dispatch({ type: 'subject-read', target: A.target, picture });
    },
    signal,
  );
  return { shown, done };
};

describe('the desk', () => {
  test('closes what is worked on when the work is done, also when it failed', async () => {
    const made = desk();
    const one = work(made, 'one');
    await settled();
    expect(made.studio.open_.size).toBe(1);
    one.end();
    expect(await one.done).toEqual(ok('one'));
    const thrown = made.desk.work(
      async () => ok(bytes('two')),
      () => Promise.reject(new Error('no')),
      never,
    );
    await expect(thrown).rejects.toThrow('no');
    expect(made.studio.open_.size).toBe(0);
  });

  test('does one piece of work after the other, and asks for the bytes only when it is its turn', async () => {
    const made = desk();
    const one = work(made, 'one');
    const two = work(made, 'two');
    await settled();
    expect([one.seen.length, two.seen.length]).toEqual([1, 0]);
    one.end();
    await settled();
    expect(two.seen).toHaveLength(1);
    expect(made.studio.open_.size).toBe(1);
    two.end();
  });

  test('a picture that cannot be read or opened does not hold up the next', async () => {
    const made = desk();
    made.studio.unreadable('bad', { code: 'picture-empty' });
    const gone = made.desk.work(
      async () => failed({ code: 'layer-gone' } as const),
      async () => 1,
      never,
    );
    expect(await gone).toEqual(failed({ code: 'layer-gone' }));
    expect(
      await made.desk.work(
        async () => ok(bytes('bad')),
        async () => 1,
        never,
      ),
    ).toMatchObject({ ok: false });
    expect(
      await made.desk.work(
        async () => ok(bytes('good')),
        async () => 1,
        never,
      ),
    ).toEqual(ok(1));
  });

  test('keeps what the state shows, and closes it when it does not any more', async () => {
    const made = desk();
    await open(made).done;
    expect(made.studio.open_.size).toBe(1);
    made.store.dispatch({ type: 'selection', selection: report() });
    expect(made.studio.open_.size).toBe(0);
  });

  test('closes what nobody takes, and shows nothing that was let go meanwhile', async () => {
    const made = desk();
    await made.desk.open(bytes('A'), () => undefined, never);
    expect(made.studio.open_.size).toBe(0);
    const abort = new AbortController();
    const opened = open(made, abort.signal);
    abort.abort();
    await opened.done.catch(() => undefined);
    expect(opened.shown).toEqual([]);
    expect(made.studio.open_.size).toBe(0);
  });

  test('work that is let go while it waits is never done, and the next one is', async () => {
    const made = desk();
    const one = work(made, 'one');
    const abort = new AbortController();
    const two = work(made, 'two', abort.signal);
    const three = work(made, 'three');
    abort.abort(new Error('gone'));
    one.end();
    await expect(two.done).rejects.toThrow('gone');
    three.end();
    expect(await three.done).toEqual(ok('three'));
    expect(two.seen).toEqual([]);
  });
});

describe('room', () => {
  /** A run with a decoded picture behind the view. */
  async function behind(made: ReturnType<typeof desk>, name: string): Promise<void> {
    await made.desk.open(
      bytes(name),
      (picture) => {
        const run: Run = {
          state: 'review',
          id: jobId(name),
          order: order(name),
          job: null,
          forms: null,
          resumed: true,
          faces: FACES,
          standing: null,
          material: { picture, faces: FACES },
          bytes: new Uint8Array(9),
          review: { result: openResult(picture.id), others: [], choices: [], form: 'layer', completion: COMPLETION },
          now: null,
          applying: false,
          problem: null,
        };
        made.store.dispatch({ type: 'run-started', run: run as never });
      },
      never,
    );
  }

  test('of results behind the view the first is put away for another picture, with what was chosen of it', async () => {
    const made = desk();
    for (const name of ['one', 'two', 'three', 'four']) await behind(made, name);
    expect(made.studio.open_.size).toBe(3);
    const state = made.store.get();
    expect(state.phase === 'ready' && state.runs.map((run) => run.state)).toEqual([
      'ready',
      'review',
      'review',
      'review',
    ]);
    expect(state.phase === 'ready' && state.runs[0]).toMatchObject({ chosen: { form: 'layer' }, material: null });
  });

  test('who looks at the screen goes before work that waits', async () => {
    const made = desk();
    const first = work(made, 'first');
    await settled();
    const subject = open(made);
    await settled();
    expect(subject.shown).toHaveLength(1);
    first.end();
  });
});

test('never more than three pictures are open, whatever is selected, sent, shown and applied', async () => {
  const layers = Array.from({ length: 6 }, (_, index) => selected(`L${index}`));
  const made = bench({ selection: report(layers[0]!) });
  let most = 0;
  made.session.store.subscribe(() => {
    most = Math.max(most, made.studio.open_.size);
  });
  await made.session.deeds.open();
  for (const layer of layers) {
    made.host.announce({ type: 'selection', selection: report(layer) });
    made.session.store.dispatch({ type: 'run-shown', id: null });
    await settled();
    void made.session.deeds.restore();
    await settled();
  }
  expect(made.service.sent).toHaveLength(6);
  for (const sent of made.service.sent) {
    sent.deliver();
    await settled();
  }
  for (const { id } of made.state().runs) {
    made.session.store.dispatch({ type: 'run-shown', id });
    await settled();
    expect(made.state().runs.find((run) => run.id === id)?.state).toBe('review');
    most = Math.max(most, made.studio.open_.size);
  }
  expect(most).toBeLessThanOrEqual(3);
  expect(most).toBeGreaterThan(1);
});
