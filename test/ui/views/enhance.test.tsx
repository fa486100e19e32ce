// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, describe, expect, test } from 'vitest';
import { jobId } from '../../../src/core/ids';
import { STANDARD_PARAMETERS } from '../../../src/core/parameters';
import { face, report, selected } from '../fakes/data';
import { calm, shown, written } from '../fakes/screen';
import type { Bench } from '../fakes/session';

afterEach(cleanup);
const A = selected('A');
const button = (name: string | RegExp) => screen.getByRole('button', { name });
const press = (name: string | RegExp) => calm(() => fireEvent.click(button(name)));

async function enhancing(change: Parameters<typeof selected>[1] = {}): Promise<Bench> {
  const made = await shown({ selection: report({ ...A, ...change }) });
  await calm(() => fireEvent.click(screen.getByRole('radio', { name: 'Enhance' })));
  return made;
}

async function reviewing(made: Bench): Promise<Bench> {
  await calm(() => made.service.sent.at(-1)?.deliver());
  return made;
}

describe('a picture in hand', () => {
  test('is enhanced instead of its faces, for a price that is said before', async () => {
    const made = await enhancing();
    expect(written()).toContain('Every pixel may change');
    expect(written()).not.toContain('Preset');
    await press('Enhance · 1 credit');
    expect(made.service.sent[0]?.order.work).toMatchObject({
      kind: 'enhance',
      parameters: { model: 'Standard V2', faceEnhancement: true, output: { width: 2400, height: 1600 } },
    });
  });

  test('goes out with the model, the faces and the size that were chosen', async () => {
    const made = await enhancing();
    const choose = (name: string, value: string) =>
      calm(() => fireEvent.change(screen.getByRole('combobox', { name }), { target: { value } }));
    await choose('Model', 'Low Resolution V2');
    await choose('Size of the result', '1');
    await calm(() => {
      const typed = screen.getByRole('textbox', { name: 'Face creativity' });
      fireEvent.input(typed, { target: { value: '0.5' } });
      fireEvent.keyDown(typed, { key: 'Enter' });
    });
    await press(/^Enhance/);
    expect(made.service.sent[0]?.order.work).toMatchObject({
      parameters: { model: 'Low Resolution V2', faceCreativity: 0.5, output: { width: 1200, height: 800 } },
    });
  });

  test('shows no settings of faces that are left alone', async () => {
    await enhancing();
    expect(screen.queryByRole('slider', { name: /Face strength/ })).not.toBeNull();
    await calm(() => fireEvent.click(screen.getByRole('checkbox', { name: 'Recover faces as well' })));
    expect(screen.queryByRole('slider', { name: /Face strength/ })).toBeNull();
  });

  test('takes a long side that is typed, and says what it makes of one that cannot be', async () => {
    const made = await enhancing();
    await calm(() =>
      fireEvent.change(screen.getByRole('combobox', { name: 'Size of the result' }), { target: { value: 'long' } }),
    );
    const type = (value: string) =>
      calm(() => {
        const field = screen.getByRole('textbox', { name: 'Long side, in px' });
        fireEvent.input(field, { target: { value } });
        fireEvent.keyDown(field, { key: 'Enter' });
      });
    await type('3000 px');
    expect(written()).toContain('3000 × 2000 px');
    await type('6000');
    expect(written()).toContain('6000 px is not possible here; 4096 px is used.');
    await type('large');
    expect(written()).toContain('Type a number; 1200 px is used.');
    expect(made.service.sent).toEqual([]);
  });

  test('of which more is wished than Figma holds says so', async () => {
    await enhancing();
    await calm(() =>
      fireEvent.change(screen.getByRole('combobox', { name: 'Size of the result' }), { target: { value: '4' } }),
    );
    expect(written()).toContain('Figma takes at most 4096 px a side.');
    expect(screen.getByRole('option', { name: '×4 · 4096 × 2731 px' })).not.toBeNull();
  });

  test('that carries restored faces says that they would be lost, and how not to', async () => {
    await enhancing({
      applied: {
        v: 1,
        form: 'overlay',
        sourceHash: A.target.imageHash,
        resultHash: A.target.imageHash,
        jobId: jobId('j'),
        work: { kind: 'faces', parameters: STANDARD_PARAMETERS },
        preset: null,
        faces: 2,
        credits: 1,
        service: 'Topaz Labs',
        appliedAt: Date.UTC(2026, 10, 3, 12),
      },
    });
    expect(written()).toContain('Enhance starts from the original, without them.');
  });

  test('with a face that is too large leads here', async () => {
    const made = await shown({ selection: report(A) }, ({ studio }) => studio.facesOf('A', [face(0, 900)]));
    await press('Enhance instead');
    expect(made.state().enhance.mode).toBe('enhance');
  });
});

describe('an enhanced picture', () => {
  const enhanced = async (): Promise<Bench> => {
    const made = await enhancing();
    await press('Enhance · 1 credit');
    return reviewing(made);
  };

  test('can be mixed with the original, and offers no overlay', async () => {
    const made = await enhanced();
    expect(screen.getByRole('radio', { name: /Overlay/ })).toHaveProperty('disabled', true);
    expect(screen.getByRole('radio', { name: /Replace fill/ })).toHaveProperty('checked', true);
    await calm(() => {
      const typed = screen.getByRole('textbox', { name: 'Blend' });
      fireEvent.input(typed, { target: { value: '40' } });
      fireEvent.keyDown(typed, { key: 'Enter' });
    });
    await press('Apply');
    expect(made.studio.encodedWholes).toMatchObject([{ blend: 0.4 }]);
  });

  test('says when a face in it changed a lot', async () => {
    const made = await enhancing();
    made.studio.resultIs({ ok: true, value: { change: [0.1, 0.9, 0.8], size: { width: 2400, height: 1600 } } });
    await press('Enhance · 1 credit');
    await reviewing(made);
    expect(written()).toContain('2 faces changed a lot');
    expect(written()).toContain('The enhanced picture is 2400 × 1600 px.');
    expect(written()).not.toContain('Only the faces are taken over');
  });

  test('is not enhanced once more from its own review', async () => {
    await enhanced();
    expect(screen.queryByRole('button', { name: /Also enhance/ })).toBeNull();
  });
});

describe('a picture whose faces are restored', () => {
  const restored = async (): Promise<Bench> => {
    const made = await shown({ selection: report(A) });
    await press(/^Restore 3 faces/);
    return reviewing(made);
  };

  test.each(['in the review', 'once it is applied'])('is enhanced %s', async (when) => {
    const made = await restored();
    if (when === 'once it is applied') await press('Apply');
    await press(/^Also enhance the picture/);
    expect(screen.getByRole('checkbox', { name: 'Recover faces as well' })).toHaveProperty('checked', false);
    await press('Enhance · 1 credit');
    expect(made.service.sent[1]?.order.work).toMatchObject({ kind: 'enhance', after: { jobs: [expect.any(String)] } });
  });

  test('goes back to its review with Esc', async () => {
    const made = await restored();
    await press(/^Also enhance the picture/);
    await calm(() => fireEvent.keyDown(window, { key: 'Escape' }));
    expect(made.state().enhance.after).toBeNull();
    expect(button('Apply')).not.toBeNull();
  });

  test('reads why nothing was sent, over the button that was pressed', async () => {
    const made = await restored();
    await press(/^Also enhance the picture/);
    await calm(() => made.session.store.dispatch({ type: 'lease', lease: 'elsewhere' }));
    await press('Enhance · 1 credit');
    expect(written()).toContain('Another window is working on this file.');
    expect(made.service.sent).toHaveLength(1);
  });
});
