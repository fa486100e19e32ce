// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, within } from '@testing-library/preact';
import { afterEach, describe, expect, test } from 'vitest';
import { imageHash } from '../../../src/core/ids';
import { BATCH_KEYS } from '../../../src/core/records';
import { failed, ok } from '../../../src/core/result';
import { STANDARD_SETTINGS } from '../../../src/core/settings';
import type { SelectedPicture } from '../../../src/protocol/selection';
import { face, report, selected } from '../fakes/data';
import { button, calm, shown, written } from '../fakes/screen';
import { runningJob } from '../fakes/service';
import type { Bench } from '../fakes/session';

afterEach(cleanup);

const A = selected('Ann');
const B = selected('Ben');
const EMPTY = selected('Lake');
/** Another layer with Ann's picture. */
const A2 = selected('Ann again', {
  target: { ...selected('Ann again').target, imageHash: A.target.imageHash },
});

const many = (count: number): readonly SelectedPicture[] =>
  Array.from({ length: count }, (_, index) => selected(`Picture ${index + 1}`));

async function several(
  pictures: readonly SelectedPicture[],
  before?: (made: Bench) => void,
  given: Parameters<typeof shown>[0] = {},
): Promise<Bench> {
  const made = await shown({ selection: report(...pictures), ...given }, before);
  await calm();
  await calm();
  return made;
}

const row = (name: string | RegExp): HTMLElement => {
  const found = screen.getByRole('button', { name }).closest('li');
  if (found === null) throw new Error('no row');
  return found;
};

describe('before anything is paid', () => {
  test('a picture that several layers show is counted and paid once', async () => {
    await several([A, B, A2, EMPTY], ({ studio }) => studio.facesOf('Lake', []));
    expect(written()).toContain('4 layers, 3 pictures, 2 with faces: 2 credits');
    expect(button('Restore 2 pictures · 2 credits')).toBeTruthy();
    expect(row('Ann · 2 layers').textContent).toContain('3 faces · 1200 × 800 px · 1 credit');
    expect(row('Lake').textContent).toContain('No face found');
  });

  test('two layers that show the same one picture are one picture, and one credit', async () => {
    await several([A, A2]);
    expect(written()).toContain('2 layers, 1 picture, 1 with faces: 1 credit');
  });

  test('one layer alone is no batch', async () => {
    await several([A]);
    expect(button(/Restore 3 faces · 1 credit/)).toBeTruthy();
  });

  test('a picture without faces is only sent when the user insists', async () => {
    await several([A, EMPTY], ({ studio }) => studio.facesOf('Lake', []));
    const box = screen.getByRole<HTMLInputElement>('checkbox', { name: 'Restore Lake' });
    expect(box.checked).toBe(false);
    await calm(() => fireEvent.click(box));
    expect(button('Restore 2 pictures · 2 credits')).toBeTruthy();
    await calm(() => fireEvent.click(screen.getByRole('checkbox', { name: 'Restore Ann' })));
    expect(button('Restore 1 picture · 1 credit')).toBeTruthy();
  });

  test('what cannot be read is named with its reason, and the others go on', async () => {
    await several([A, B], ({ studio }) => studio.unreadable('Ben', { code: 'picture-damaged', format: 'jpeg' }));
    expect(written()).toContain('2 layers, 2 pictures, 1 with faces: 1 credit');
    expect(written()).toContain('1 picture cannot be used.');
    expect(row('Ben').textContent).toContain('The JPEG file is damaged.');
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Restore Ben' }).disabled).toBe(true);
  });

  test('what is over the cap is left out from the end, and the sum stays right', async () => {
    await several(many(4));
    fireEvent.click(screen.getByText(/^Options/));
    await calm();
    const cap = screen.getByLabelText('Spend at most');
    await calm(() => {
      fireEvent.input(cap, { target: { value: '2' } });
      fireEvent.blur(cap);
    });
    expect(button('Restore 2 pictures · 2 credits')).toBeTruthy();
    expect(written()).toContain('4 layers, 4 pictures, 4 with faces: 2 credits');
    expect(written()).toContain('2 pictures are over the limit and left out.');
    expect(row('Picture 4').textContent).toContain('Over the limit');
    expect(row('Picture 1').textContent).toContain('1 credit');
  });

  test('a cap that is no number is said and changes nothing', async () => {
    await several(many(2));
    fireEvent.click(screen.getByText(/^Options/));
    await calm();
    const cap = screen.getByLabelText('Spend at most');
    await calm(() => {
      fireEvent.input(cap, { target: { value: 'two' } });
      fireEvent.blur(cap);
    });
    expect(written()).toContain('Type a whole number of credits, or nothing.');
    expect(button('Restore 2 pictures · 2 credits')).toBeTruthy();
  });

  test('what the account does not hold is left out too', async () => {
    const topaz = { ...STANDARD_SETTINGS, service: 'topaz', key: 'k' } as const;
    await several(many(3), ({ service }) => service.balanceIs(ok({ available: 2, reserved: 0, total: 2 })), {
      settings: topaz,
    });
    expect(button('Restore 2 pictures · 2 credits')).toBeTruthy();
  });

  test('a selection that changes leaves the batch as it is, and is offered', async () => {
    const made = await several([A, B]);
    const other = many(3);
    made.host.answer('pictures.collect', ok(report(...other)));
    await calm(() => made.host.announce({ type: 'selection', selection: report(...other) }));
    expect(written()).toContain('2 layers, 2 pictures');
    await calm(() => fireEvent.click(button('Look through it instead')));
    await calm();
    expect(written()).toContain('3 layers, 3 pictures');
  });

  test('Enter on a row shows its layer; Esc goes back to the selection', async () => {
    const made = await several([A, B]);
    fireEvent.keyDown(screen.getByRole('checkbox', { name: 'Restore Ben' }), { key: 'Enter' });
    await calm();
    expect(made.host.asks('layer.show')).toEqual([{ nodeId: B.target.nodeId }]);
    expect(written()).toContain('Several pictures: Restore 2 pictures');
    await calm(() => fireEvent.click(button('Show: Several pictures')));
    expect(button('Restore 2 pictures · 2 credits')).toBeTruthy();
    await calm(() => fireEvent.keyDown(window, { key: 'Escape' }));
    expect(written()).toContain('2 pictures selected: choose one');
  });

  test('arrow keys go from row to row', async () => {
    await several([A, B]);
    const first = screen.getByRole('checkbox', { name: 'Restore Ann' });
    first.focus();
    fireEvent.keyDown(first, { key: 'ArrowDown' });
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Restore Ben');
  });

  test('with nothing selected the whole page can be looked through', async () => {
    const made = await shown({ selection: report() }, ({ host }) =>
      host.answer('pictures.collect', ({ scope }) => ok(scope === 'page' ? report(A, B) : report())),
    );
    await calm(() => fireEvent.click(button('Find pictures on this page')));
    await calm();
    expect(made.host.asks('pictures.collect')).toEqual([{ scope: 'page' }]);
    expect(button('Restore 2 pictures · 2 credits')).toBeTruthy();
  });

  test('a page without pictures says so', async () => {
    await shown({ selection: report() });
    await calm(() => fireEvent.click(button('Find pictures on this page')));
    expect(written()).toContain('No picture was found on this page.');
  });
});

describe('running', () => {
  const started = async (pictures: readonly SelectedPicture[], before?: (made: Bench) => void) => {
    const made = await several(pictures, before);
    await calm(() => fireEvent.click(button(/^Restore \d/)));
    return made;
  };
  const job = (made: Bench, name: string) => {
    const found = made.service.sent.find(({ order }) => order.layerName === name);
    if (found === undefined) throw new Error(`${name} was not sent`);
    return found;
  };

  test('the batch is written down with every job before the first is sent', async () => {
    let sentBefore = -1;
    const made = await several([A, B], ({ host, service }) => {
      host.answer('record.save', ({ key, value }) => {
        if (key.startsWith(BATCH_KEYS)) sentBefore = service.sent.length;
        host.saved.set(key, value);
        return ok(null);
      });
    });
    await calm(() => fireEvent.click(button(/^Restore \d/)));
    const [saved] = [...made.host.saved].filter(([key]) => key.startsWith(BATCH_KEYS)).map(([, value]) => value);
    expect(sentBefore).toBe(0);
    expect(saved).toMatchObject({ entries: made.service.sent.map(({ order }) => ({ job: order.id })) });
  });

  test('nothing is sent when the batch cannot be written down', async () => {
    const made = await started([A, B], ({ host }) => host.answer('record.save', failed({ code: 'storage-full' })));
    expect(made.service.sent).toEqual([]);
    expect(written()).toContain('The storage that Figma gives this plugin is full.');
    expect(button('Restore 2 pictures · 2 credits')).toBeTruthy();
  });

  test('each row says how far it is, and the whole too', async () => {
    const made = await started([A, B]);
    await calm(() => job(made, 'Ann').watcher.onProgress({ stage: 'restoring', fraction: 0.5, secondsLeft: 8 }));
    await calm(() => job(made, 'Ben').watcher.onProgress({ stage: 'in-line', fraction: null, secondsLeft: null }));
    expect(row('Ann').textContent).toContain('Restoring 50 % · about 8 s');
    expect(row('Ben').textContent).toContain('Waiting for its turn');
    expect(screen.getByRole('progressbar', { name: 'Progress of all pictures' }).getAttribute('aria-valuenow')).toBe(
      '25',
    );
  });

  test('a result is checked and ready with its faces; what it cost is said', async () => {
    const made = await started([A, B]);
    await calm(() => job(made, 'Ann').deliver());
    expect(row('Ann').textContent).toContain('Ready');
    expect(written()).toContain('1 of 2 ready');
    expect(written()).toContain('Charged so far: 1 credit.');
    expect(made.studio.open_.size).toBe(0);
  });

  test('a failed one says why and what it cost, and only it is tried again', async () => {
    const made = await started([A, B]);
    await calm(() => job(made, 'Ann').deliver());
    await calm(() => job(made, 'Ben').fail({ code: 'job-failed', message: '' }));
    expect(row('Ben').textContent).toContain('The service could not restore this picture. Nothing was charged.');
    await calm(() => fireEvent.click(button('Retry 1 failed · 1 credit')));
    expect(made.service.sent.map(({ order }) => order.layerName)).toEqual(['Ann', 'Ben', 'Ben']);
    expect(new Set(made.service.sent.map(({ order }) => order.id)).size).toBe(3);
  });

  test('one can be cancelled, and all; what was still charged is said', async () => {
    const made = await started([A, B]);
    await calm(() => fireEvent.click(button('Cancel: Ann')));
    expect([job(made, 'Ann').cancels, job(made, 'Ben').cancels]).toEqual([1, 0]);
    await calm(() => job(made, 'Ann').fail({ code: 'job-cancelled', spent: false }));
    expect(row('Ann').textContent).toContain('The job was cancelled. Nothing was charged.');
    await calm(() => fireEvent.click(button('Cancel all')));
    expect(job(made, 'Ben').cancels).toBe(1);
    await calm(() => job(made, 'Ben').deliver());
    expect(written()).toContain('1 picture cancelled. Charged: 1 credit.');
  });

  test('of many pictures never more than three are open, and none when it is over', async () => {
    let most = 0;
    const made = await several(many(12), ({ studio }) => {
      const { open } = studio;
      studio.open = async (...given) => {
        const opened = await open(...given);
        most = Math.max(most, studio.open_.size);
        return opened;
      };
    });
    for (let turn = 0; turn < 10; turn++) await calm();
    await calm(() => fireEvent.click(button('Restore 12 pictures · 12 credits')));
    for (const sent of made.service.sent) sent.deliver();
    for (let turn = 0; turn < 12; turn++) await calm();
    await calm(() => fireEvent.click(button('Apply 12 results · 12 layers')));
    for (let turn = 0; turn < 12; turn++) await calm();
    expect(made.host.asks('result.place')).toHaveLength(12);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(3);
    expect(made.studio.open_.size).toBe(0);
  });
});

describe('reviewing and applying', () => {
  const delivered = async (pictures: readonly SelectedPicture[], before?: (made: Bench) => void) => {
    const made = await several(pictures, before);
    await calm(() => fireEvent.click(button(/^Restore \d/)));
    for (const sent of made.service.sent) await calm(() => sent.deliver());
    await calm();
    return made;
  };
  const names = (made: Bench): readonly string[] =>
    made.host.calls
      .map(({ name }) => name)
      .filter((name) => ['undo.split', 'result.place', 'result.revert'].includes(name));

  test('all kept results go onto all their layers as one undo step', async () => {
    const made = await delivered([A, B, A2]);
    await calm(() => fireEvent.click(button('Apply 2 results · 3 layers')));
    expect(names(made)).toEqual(['undo.split', 'result.place', 'result.place', 'result.place', 'undo.split']);
    expect(made.host.asks('result.place').map(({ target, undo }) => [target.nodeId, undo])).toEqual([
      ['Ann', 'joined'],
      ['Ann again', 'joined'],
      ['Ben', 'joined'],
    ]);
    // Encoded once for both layers of the one picture.
    expect(made.studio.encoded).toHaveLength(2);
    expect(written()).toContain('Applied to 3 layers. One undo step.');
    expect(
      [...(made.session.store.get().phase === 'ready' ? made.state().jobs.values() : [])].map(
        ({ state }) => state.name,
      ),
    ).toEqual(['DONE', 'DONE']);
  });

  test('what is not kept is not applied, and can be kept again', async () => {
    const made = await delivered([A, B]);
    await calm(() => fireEvent.click(screen.getByRole('checkbox', { name: 'Keep Ben' })));
    expect(button('Apply 1 result · 1 layer')).toBeTruthy();
    await calm(() => fireEvent.click(button('Keep all')));
    await calm(() => fireEvent.click(screen.getByRole('checkbox', { name: 'Keep Ann' })));
    await calm(() => fireEvent.click(button('Apply 1 result · 1 layer')));
    expect(made.host.asks('result.place').map(({ target }) => target.nodeId)).toEqual(['Ben']);
  });

  test('one is opened for the full review, and what is chosen there is what is applied', async () => {
    const made = await delivered([A, B]);
    fireEvent.keyDown(screen.getByRole('checkbox', { name: 'Keep Ann' }), { key: 'Enter' });
    await calm();
    await calm(() => fireEvent.click(screen.getByRole('checkbox', { name: 'Keep this face 2' })));
    await calm(() => fireEvent.click(button('Keep')));
    expect(button('Apply 2 results · 2 layers')).toBeTruthy();
    expect(made.state().runs).toEqual([]);
    expect(made.studio.open_.size).toBe(0);
    await calm(() => fireEvent.click(button('Apply 2 results · 2 layers')));
    expect(made.studio.encoded[0]?.choices.map(({ on }) => on)).toEqual([true, false, true]);
    expect(made.studio.encoded[1]?.choices.map(({ on }) => on)).toEqual([true, true, true]);
  });

  test('Esc goes from the review back to the list, and from the list to the selection', async () => {
    await delivered([A, B]);
    await calm(() => fireEvent.click(button('Ann')));
    expect(screen.getByRole('slider', { name: /Divider/ })).toBeTruthy();
    await calm(() => fireEvent.keyDown(window, { key: 'Escape' }));
    expect(button('Apply 2 results · 2 layers')).toBeTruthy();
    await calm(() => fireEvent.keyDown(window, { key: 'Escape' }));
    expect(written()).toContain('2 results are ready');
  });

  test('a layer that changed is named and left alone, the rest is applied, and a new layer can take it', async () => {
    const made = await delivered([A, B], ({ host }) =>
      host.answer('result.place', ({ target, form }) =>
        target.nodeId === 'Ben' && form !== 'layer'
          ? failed({ code: 'layer-changed' })
          : ok({ nodeId: target.nodeId, form, resultHash: imageHash('r'), notes: [] }),
      ),
    );
    await calm(() => fireEvent.click(button('Apply 2 results · 2 layers')));
    expect(written()).toContain('Applied to 1 layer.');
    expect(written()).toContain('1 layer could not be written:');
    expect(written()).toContain('Ben: The picture of this layer was changed in the meantime');
    await calm(() => fireEvent.click(button('Place it as a new layer')));
    expect(made.host.asks('result.place').at(-1)).toMatchObject({ form: 'layer', undo: 'joined' });
    expect(written()).toContain('Applied to 2 layers.');
  });

  test('all of it is taken back as one undo step, and can be applied again', async () => {
    const made = await delivered([A, B]);
    await calm(() => fireEvent.click(button('Apply 2 results · 2 layers')));
    await calm(() => fireEvent.click(button('Revert all')));
    expect(names(made).slice(-4)).toEqual(['undo.split', 'result.revert', 'result.revert', 'undo.split']);
    expect(button('Apply 2 results · 2 layers')).toBeTruthy();
  });

  test('a closed batch is forgotten, and its selection is there again', async () => {
    const made = await delivered([A, B]);
    await calm(() => fireEvent.click(button('Apply 2 results · 2 layers')));
    await calm(() => fireEvent.click(button('Done')));
    expect([...made.host.saved.keys()].filter((key) => key.startsWith(BATCH_KEYS))).toEqual([]);
    expect(written()).toContain('2 pictures selected: choose one');
  });

  test('the same work again costs nothing', async () => {
    const made = await delivered([A, B]);
    await calm(() => fireEvent.click(button('Apply 2 results · 2 layers')));
    await calm(() => fireEvent.click(button('Done')));
    await calm(() => made.session.deeds.batch.survey('selection'));
    await calm();
    expect(written()).toContain('2 layers, 2 pictures, 2 with faces: 0 credits');
    expect(written()).toContain('2 pictures are already paid: free.');
  });
});

describe('opened again', () => {
  const records = async (deed: (made: Bench) => Promise<void>) => {
    const first = await several([A, B, C]);
    await calm(() => fireEvent.click(button('Restore 3 pictures · 3 credits')));
    await deed(first);
    first.session.close();
    cleanup();
    return [...first.host.saved].filter(([key]) => !key.startsWith('lease:')).map(([key, value]) => ({ key, value }));
  };
  const C = selected('Cleo');
  const again = async (saved: Awaited<ReturnType<typeof records>>, before?: (made: Bench) => void) => {
    const made = await shown({ records: saved.filter(({ key }) => key !== 'settings') }, before);
    await calm(() => void made.world.pass(1_000));
    await calm();
    return made;
  };
  const sentOf = (made: Bench, name: string) => made.service.sent.filter(({ order }) => order.layerName === name);

  test('what was sent is gone on with, and what was not is only offered, with its price', async () => {
    const saved = await records(async (first) => {
      const [ann, ben] = ['Ann', 'Ben'].map((name) => sentOf(first, name)[0]);
      await calm(() => ann?.deliver());
      if (ben === undefined) throw new Error('Ben was not sent');
      await calm(
        () =>
          void first.host.saved.set(`job:${ben.order.id}`, {
            ...runningJob('Ben'),
            id: ben.order.id,
            order: ben.order,
          }),
      );
    });
    const made = await again(saved);
    expect(sentOf(made, 'Ann')[0]?.resumed?.state.name).toBe('COMPLETED');
    expect(sentOf(made, 'Ben')[0]?.resumed?.state.name).toBe('RUNNING');
    expect(sentOf(made, 'Cleo')).toEqual([]);
    expect(row('Cleo').textContent).toContain('The picture never reached the service. Nothing was charged.');
    expect(button('Retry 1 failed · 1 credit')).toBeTruthy();
    for (const { deliver } of made.service.sent) await calm(deliver);
    expect(button('Apply 2 results · 2 layers')).toBeTruthy();
    expect(made.state().runs).toEqual([]);
    await calm(() => fireEvent.click(button('Retry 1 failed · 1 credit')));
    expect(sentOf(made, 'Cleo')).toHaveLength(1);
  });

  test('a job that waits for credits is not sent by itself', async () => {
    const saved = await records(async (first) => {
      const cleo = sentOf(first, 'Cleo')[0];
      if (cleo === undefined) throw new Error('Cleo was not sent');
      const { order } = cleo;
      const state = { name: 'PARKED', error: { code: 'credits-missing' }, accepted: null } as const;
      await calm(
        () => void first.host.saved.set(`job:${order.id}`, { ...runningJob('Cleo'), id: order.id, order, state }),
      );
    });
    const made = await again(saved);
    expect(made.service.sent).toEqual([]);
    expect(row('Cleo').textContent).toContain('There are not enough credits on the account. Nothing was charged.');
    expect(button('Retry 3 failed · 3 credits')).toBeTruthy();
    await calm(() => fireEvent.click(button('Try again: Cleo')));
    expect(sentOf(made, 'Cleo')[0]?.resumed?.state.name).toBe('PARKED');
  });

  test('a batch that is on the canvas is not opened again', async () => {
    const saved = await records(async (first) => {
      for (const { deliver } of first.service.sent) await calm(deliver);
      await calm(() => fireEvent.click(button('Apply 3 results · 3 layers')));
    });
    const made = await again(saved);
    expect(made.service.sent).toEqual([]);
    expect(written()).toContain('Select a picture');
    expect([...made.host.saved.keys()].filter((key) => key.startsWith(BATCH_KEYS))).toEqual([]);
  });

  test('with a picture in hand it waits behind it', async () => {
    const saved = await records(async (first) => {
      for (const { deliver } of first.service.sent) await calm(deliver);
    });
    const made = await shown({ records: saved.filter(({ key }) => key !== 'settings'), selection: report(EMPTY) });
    await calm(() => void made.world.pass(1_000));
    for (const { deliver } of made.service.sent) await calm(deliver);
    for (let turn = 0; turn < 3; turn++) await calm();
    for (const { deliver } of made.service.sent) await calm(deliver);
    for (let turn = 0; turn < 3; turn++) await calm();
    for (const { deliver } of made.service.sent) await calm(deliver);
    await calm();
    expect(written()).toContain('Several pictures: 3 results are ready. Open one to compare.');
    await calm(() => fireEvent.click(button('Show: Several pictures')));
    expect(button('Apply 3 results · 3 layers')).toBeTruthy();
  });

  test('another window at work on this document keeps this one from sending', async () => {
    const other = { v: 1, holder: 'other', at: 5_000 };
    const made = await several([A, B], undefined, { records: [{ key: `lease:${A.target.fileId}`, value: other }] });
    await calm(() => {
      made.host.saved.set(`lease:${A.target.fileId}`, { ...other, at: 7_000 });
      void made.world.pass(3_000);
    });
    await calm(() => fireEvent.click(button('Restore 2 pictures · 2 credits')));
    expect(made.service.sent).toEqual([]);
    expect(screen.getAllByRole('alert').length).toBeGreaterThan(0);
  });
});

test('a row shows the first faces and says how many more there are', async () => {
  await several([A, B], ({ studio }) =>
    studio.facesOf(
      'Ann',
      Array.from({ length: 7 }, (_, index) => face(index * 100)),
    ),
  );
  expect(within(row('Ann')).getByText('+3')).toBeTruthy();
});
