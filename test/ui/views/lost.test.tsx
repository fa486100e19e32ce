// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, describe, expect, test } from 'vitest';
import { imageHash } from '../../../src/core/ids';
import { failed, ok } from '../../../src/core/result';
import type { Standing } from '../../../src/protocol/messages';
import { report, selected } from '../fakes/data';
import { button, calm, shown, written } from '../fakes/screen';
import { runningJob } from '../fakes/service';
import type { Bench } from '../fakes/session';
import { bitmap } from '../fakes/studio';

afterEach(cleanup);

const A = selected('A');
/** What a teammate has put in its place. */
const NOW = selected('A', { target: { ...A.target, imageHash: imageHash('another') } });
const CHANGED: Standing = { state: 'changed', now: NOW };
const GONE: Standing = { state: 'gone', now: null };

/** The pictures that were drawn, by the text of their bytes: in the fakes that is all a picture is. */
const drawn: string[] = [];

function watched(made: Bench): void {
  drawn.length = 0;
  const names = new Map<number, string>();
  const { open } = made.studio;
  Object.assign(made.studio, {
    open: async (bytes: Uint8Array, signal: AbortSignal) => {
      const opened = await open(bytes, signal);
      if (opened.ok) names.set(opened.value.id, new TextDecoder().decode(bytes));
      return opened;
    },
    bitmap: async (id: number) => {
      drawn.push(names.get(id) ?? 'closed');
      return bitmap();
    },
  });
  made.host.answer('picture.read', ({ target }) =>
    ok({ bytes: new TextEncoder().encode(target.imageHash), imageHash: target.imageHash }),
  );
}

/** The review of a job that was found at the opening. */
async function reviewed(standing: Standing): Promise<Bench> {
  const made = await shown({ jobs: [runningJob('A')] }, (bench) => {
    watched(bench);
    bench.host.answer('target.look', ok(standing));
  });
  await calm(() => made.service.sent[0]?.deliver());
  await calm(() => fireEvent.click(button('Review')));
  return made;
}

const forms = (): number => screen.queryAllByRole('radio').length;

describe('a result whose layer is gone', () => {
  test('says so, and can only become a new layer', async () => {
    const made = await reviewed(GONE);
    expect(written()).toContain('The layer is no longer in the document.No further credit is used.');
    expect(forms()).toBe(0);
    expect(screen.queryByRole('button', { name: 'Apply' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Compare both' })).toBeNull();
    await calm(() => fireEvent.click(button('Place as new layer')));
    expect(made.host.asks('result.place').map(({ form }) => form)).toEqual(['layer']);
    expect(written()).toContain('Applied: New layer');
  });

  test('has all forms again when the deletion was undone', async () => {
    const made = await reviewed(GONE);
    made.host.answer('target.look', ok({ state: 'same', now: A }));
    await calm(() => made.host.announce({ type: 'selection', selection: report(A) }));
    await calm();
    expect(forms()).toBe(3);
    expect(written()).not.toContain('no longer in the document');
    expect(button('Apply')).toBeTruthy();
  });
});

describe('a result whose layer shows another picture', () => {
  test('says so, and never overwrites it: neither by the button nor by Enter', async () => {
    const made = await reviewed(CHANGED);
    expect(written()).toContain('The picture of this layer was changed in the meantime, so it is not overwritten.');
    expect(forms()).toBe(0);
    await calm(() => fireEvent.keyDown(window, { key: 'Enter' }));
    expect(made.host.asks('result.place').map(({ form }) => form)).toEqual(['layer']);
  });

  test('can be compared with what the layer shows now, and with the original again', async () => {
    const made = await reviewed(CHANGED);
    expect([...new Set(drawn)]).toEqual(['hash of A']);
    await calm(() => fireEvent.click(button('Compare both')));
    expect(made.host.asks('picture.read').at(-1)).toEqual({ target: NOW.target, anyway: true });
    expect(drawn.at(-1)).toBe('another');
    expect(screen.getByRole('slider', { name: 'Divider between the layer now and after' })).toBeTruthy();
    expect(button('Hold to see the layer now (Space)')).toBeTruthy();
    await calm(() => fireEvent.click(button('Compare with the original')));
    expect(drawn.at(-1)).toBe('hash of A');
    expect(screen.getByRole('slider', { name: 'Divider between before and after' })).toBeTruthy();
    // The other picture is let go: decoded pictures are large.
    expect(made.studio.open_.size).toBe(1);
    expect(made.host.asks('result.place')).toEqual([]);
  });

  test('by something that is no picture: there is nothing to compare', async () => {
    await reviewed({ state: 'changed', now: null });
    expect(screen.queryByRole('button', { name: 'Compare both' })).toBeNull();
    expect(button('Place as new layer')).toBeTruthy();
  });
});

describe('a layer that changes while its result is looked at', () => {
  const applied = async (): Promise<Bench> => {
    const made = await shown({ selection: report(A) }, watched);
    await calm(() => fireEvent.click(button(/^Restore 3 faces/)));
    await calm(() => made.service.sent[0]?.deliver());
    made.host.answer('target.look', ok(CHANGED));
    made.host.answer('result.place', ({ form, target }) =>
      form === 'layer'
        ? ok({ nodeId: target.nodeId, form, resultHash: target.imageHash, notes: [] })
        : failed({ code: 'layer-changed' }),
    );
    await calm(() => fireEvent.click(button('Apply')));
    return made;
  };

  test('is said when the result is applied; then both can be compared, or the result becomes a new layer', async () => {
    const made = await applied();
    expect(screen.getByRole('alert').textContent).toContain('so it is not overwritten');
    await calm(() => fireEvent.click(button('Compare both')));
    expect(drawn.at(-1)).toBe('another');
    await calm(() => fireEvent.click(button('Place as new layer')));
    expect(made.host.asks('result.place').map(({ form }) => form)).toEqual(['overlay', 'layer']);
  });

  test('and changes back: the result can be applied as before', async () => {
    const made = await applied();
    made.host.answer('target.look', ok({ state: 'same', now: A }));
    await calm(() => made.host.announce({ type: 'selection', selection: report(A) }));
    await calm();
    expect(screen.queryByRole('alert')).toBeNull();
    await calm(() => fireEvent.click(button('Apply')));
    expect(made.host.asks('result.place').map(({ form }) => form)).toEqual(['overlay', 'overlay']);
  });
});
