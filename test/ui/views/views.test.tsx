// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, describe, expect, test } from 'vitest';
import { jobId, nodeId } from '../../../src/core/ids';
import { STANDARD_PARAMETERS } from '../../../src/core/parameters';
import { failed, ok } from '../../../src/core/result';
import { STANDARD_SETTINGS } from '../../../src/core/settings';
import { UNUSABLE_REASONS } from '../../../src/core/words/words';
import { FACES, face, LOCAL, report, selected } from '../fakes/data';
import { button, calm, shown, written } from '../fakes/screen';

afterEach(cleanup);

const A = selected('Portrait');
const TOPAZ = { ...LOCAL, service: 'topaz', key: 'sk-0123456789abcdef' } as const;

describe('start', () => {
  test('without a selection it says what to do', async () => {
    await shown();
    expect(screen.getByRole('heading', { name: 'Select a picture' })).toBeTruthy();
  });

  test.each(Object.entries(UNUSABLE_REASONS))('a layer that is unusable for %s says so', async (reason, text) => {
    const layer = { nodeId: nodeId('1'), layerName: 'Headline', layerKind: 'X', reason: reason as 'text' };
    await shown({ selection: { pictures: [], unusable: [layer], layers: 1, leftOut: 0 } });
    expect(written()).toContain(`Headline${text}`);
  });

  test('a host that does not answer is said, and can be asked again', async () => {
    const made = await shown({}, ({ host }) => host.answer('panel.open', failed({ code: 'host-silent' })));
    expect(screen.getByRole('alert').textContent).toContain('Figma does not answer.');
    await calm(() => fireEvent.click(button('Try again')));
    expect(made.host.asks('panel.open')).toHaveLength(2);
  });
});

describe('the first run', () => {
  test('a key is masked, tested and kept', async () => {
    const made = await shown({ settings: STANDARD_SETTINGS });
    const key = screen.getByLabelText<HTMLInputElement>('Topaz API key');
    expect(key.type).toBe('password');
    fireEvent.input(key, { target: { value: ' sk-1 ' } });
    await calm(() => fireEvent.click(button('Connect')));
    expect(made.service.asked).toMatchObject([{ address: 'https://api.topazlabs.com', key: 'sk-1' }]);
    expect(made.host.saved.get('settings')).toMatchObject({ service: 'topaz', key: 'sk-1' });
    expect(screen.getByRole('heading', { name: 'Select a picture' })).toBeTruthy();
  });

  test('an empty key cannot be tested', async () => {
    const made = await shown({ settings: STANDARD_SETTINGS });
    await calm(() => fireEvent.click(button('Connect')));
    expect(made.service.asked).toEqual([]);
  });

  test('a refused key is said and cannot be used', async () => {
    await shown({ settings: STANDARD_SETTINGS }, ({ service }) => service.balanceIs(failed({ code: 'key-refused' })));
    fireEvent.input(screen.getByLabelText('Topaz API key'), { target: { value: 'wrong' } });
    await calm(() => fireEvent.click(button('Connect')));
    expect(screen.getByRole('alert').textContent).toContain('The key was not accepted.');
    expect(screen.queryByRole('button', { name: 'Use it untested' })).toBeNull();
  });

  test('an engine that does not answer says how to start it, and may be used untested', async () => {
    const made = await shown({ settings: STANDARD_SETTINGS }, ({ service }) =>
      service.balanceIs(failed({ code: 'host-unreachable', host: 'localhost:4141', local: true })),
    );
    fireEvent.click(screen.getByRole('radio', { name: /Try the local engine/ }));
    await calm(() => fireEvent.click(button('Connect')));
    expect(written()).toContain('npm run engine');
    await calm(() => fireEvent.click(button('Use it untested')));
    expect(made.state().settings.service).toBe('local');
  });

  test('what is no address is said while it is typed, and is not tested', async () => {
    const made = await shown({ settings: STANDARD_SETTINGS });
    fireEvent.click(screen.getByRole('radio', { name: /Try the local engine/ }));
    fireEvent.input(screen.getByLabelText('Address'), { target: { value: 'engine' } });
    await calm(() => fireEvent.click(button('Connect')));
    expect(screen.getByLabelText('Address').getAttribute('aria-invalid')).toBe('true');
    expect(made.service.asked).toEqual([]);
  });
});

describe('the selection', () => {
  test('no face: nothing to restore, and sending is still possible', async () => {
    await shown({ selection: report(A) }, ({ studio }) => studio.facesOf('Portrait', []));
    expect(written()).toContain('No face was found: there is nothing to restore.');
    expect(button('Send anyway · 1 credit')).toBeTruthy();
  });

  test('large and small faces carry a warning', async () => {
    await shown({ selection: report(A) }, ({ studio }) => studio.facesOf('Portrait', [face(0, 900)]));
    expect(written()).toContain('Made for faces under 512 px');
    expect(written()).toContain('Detail Faces');
  });

  test('everything that applying would do besides is said before', async () => {
    const layer = { ...A, paintStyle: 'Duotone', instances: 14, locked: true, visible: false };
    await shown({ selection: report(layer) }, ({ studio }) =>
      studio.openAs('Portrait', {
        animated: true,
        upload: { bytes: new Uint8Array([1]), format: 'png', converted: true },
      }),
    );
    for (const text of [
      'only the first frame',
      'lossless PNG',
      'fill is hidden',
      'locked',
      'detaches the paint style “Duotone”',
      '14 instances change',
    ]) {
      expect(written()).toContain(text);
    }
  });

  test('an unreadable picture says so and cannot be sent', async () => {
    const made = await shown({ selection: report(A) }, ({ studio }) =>
      studio.unreadable('Portrait', { code: 'picture-damaged', format: 'jpeg' }),
    );
    expect(screen.getByRole('alert').textContent).toContain('The JPEG file is damaged.');
    await calm(() => fireEvent.click(button('Restore')));
    expect(made.service.sent).toEqual([]);
  });

  test('of several pictures one is chosen; two fills of one layer are told apart', async () => {
    const second = { ...A, target: { ...A.target, paintIndex: 2 } };
    const made = await shown({ selection: report(A, second, selected('Other')) });
    await calm(() => fireEvent.keyDown(window, { key: 'Escape' }));
    expect(written()).toContain('3 pictures selected: choose one');
    await calm(() => fireEvent.click(screen.getByRole('radio', { name: /Portrait · fill 1/ })));
    expect(made.state().subject?.target.paintIndex).toBe(2);
  });

  test('the balance is shown for Topaz; the local engine’s play money is not', async () => {
    await shown({ selection: report(A), settings: TOPAZ });
    expect(written()).toContain('12 credits');
    cleanup();
    await shown({ selection: report(A) });
    expect(written()).not.toContain('12 credits');
  });

  test('a layer that was restored before can be reverted from here', async () => {
    const applied = {
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
    } as const;
    const made = await shown({ selection: report({ ...A, applied }) });
    expect(written()).toContain('Restored: 2 faces, 3 Nov 2026, Topaz Labs.');
    await calm(() => fireEvent.click(button('Revert to original')));
    expect(made.host.asks('result.revert')).toEqual([{ nodeId: A.target.nodeId, undo: 'own' }]);
  });
});

describe('parameters', () => {
  test('a typed number out of range is corrected and said, and never sent', async () => {
    const made = await shown({ selection: report(A) });
    const typed = screen.getByRole('textbox', { name: 'Rebuild' });
    await calm(() => {
      fireEvent.input(typed, { target: { value: '3' } });
      fireEvent.keyDown(typed, { key: 'Enter' });
    });
    expect(written()).toContain('Rebuild 3 is above 1; 1 is used.');
    expect(made.service.sent).toEqual([]);
    await calm(() => fireEvent.click(button(/Restore/)));
    expect(made.service.sent[0]?.order.work).toMatchObject({ kind: 'faces', parameters: { strength: 1 } });
  });

  test('a preset that was changed says so, and double-click brings its value back', async () => {
    await shown({ selection: report(A) });
    const preset = () => screen.getByRole('combobox', { name: /Preset/ });
    await calm(() => fireEvent.change(preset(), { target: { value: 'old-scan' } }));
    expect(preset().parentElement?.parentElement?.textContent).not.toContain('changed');
    const noise = screen.getByRole('slider', { name: /Noise in the picture/ });
    await calm(() => fireEvent.input(noise, { target: { value: '100' } }));
    expect(screen.getByRole('combobox', { name: /Preset · changed/ })).toBeTruthy();
    await calm(() => fireEvent.dblClick(noise));
    expect(noise.getAttribute('aria-valuetext')).toBe('0.06');
    expect(screen.queryByRole('combobox', { name: /changed/ })).toBeNull();
  });

  test('a reference that is no web address is refused and said', async () => {
    const made = await shown({ selection: report(A) });
    const field = screen.getByLabelText(/Reference picture/);
    await calm(() => {
      fireEvent.input(field, { target: { value: 'my face' } });
      fireEvent.blur(field);
    });
    expect(written()).toContain('needs an address that starts with http');
    expect(made.state().draft.parameters.referenceUri).toBeNull();
  });
});

describe('the review', () => {
  async function review(change: Parameters<typeof selected>[1] = {}, faces = FACES) {
    const made = await shown({ selection: report({ ...A, ...change }) }, ({ studio }) =>
      studio.facesOf('Portrait', faces),
    );
    await calm(() => fireEvent.click(button(/Restore|Send anyway/)));
    await calm(() => made.service.sent[0]?.deliver());
    return made;
  }

  test('with every face off it cannot be applied, and says why', async () => {
    const made = await review({}, FACES.slice(0, 1));
    await calm(() => fireEvent.click(screen.getByRole('checkbox', { name: 'Keep this face 1' })));
    expect(written()).toContain('Choose at least one face.');
    await calm(() => fireEvent.keyDown(document.body, { key: 'Enter' }));
    expect(made.host.asks('result.place')).toEqual([]);
  });

  test.each([
    ['a result of the picture\u2019s size', {}, null],
    [
      'one that is too large for Figma',
      { size: { width: 4800, height: 3200 } },
      /4800 × 3200 px.*4096 px.*scaled to fit/,
    ],
    ['one that was changed all over', { wholeFrameChanged: true }, /changed the whole picture/],
  ] as const)('%s is announced where it matters', async (_what, change, says) => {
    const made = await shown({ selection: report(A) }, ({ studio }) => studio.resultIs(ok(change)));
    await calm(() => fireEvent.click(button(/Restore/)));
    await calm(() => made.service.sent[0]?.deliver());
    if (says === null) expect(written()).not.toMatch(/scaled to fit|whole picture/);
    else expect(written()).toMatch(says);
  });

  test('one slider for all faces, one for the face that is looked at', async () => {
    const made = await review();
    await calm(() =>
      fireEvent.input(screen.getByRole('slider', { name: 'Blend all faces' }), { target: { value: '500' } }),
    );
    await calm(() => fireEvent.click(button('Look at face 3, 100 px')));
    await calm(() =>
      fireEvent.input(screen.getByRole('slider', { name: 'Blend face 3' }), { target: { value: '200' } }),
    );
    expect(made.studio.previews.at(-1)?.map(({ blend }) => blend)).toEqual([0.5, 0.5, 0.2]);
  });

  test.each([
    ['40', 0.4],
    ['40 %', 0.4],
    ['250', 1],
    ['-3', 0],
  ])('a blend typed as %s is %d', async (text, expected) => {
    const made = await review({}, FACES.slice(0, 1));
    const typed = screen.getByRole('textbox', { name: 'Blend face 1' });
    await calm(() => {
      fireEvent.input(typed, { target: { value: text } });
      fireEvent.blur(typed);
    });
    expect(made.studio.previews.at(-1)?.map(({ blend }) => blend)).toEqual([expected]);
  });

  test('forms that the layer does not allow are disabled with the reason', async () => {
    await review({ forms: { overlay: 'fill-blended', replace: 'yes', layer: 'in-instance' } });
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /Overlay/ }).disabled).toBe(true);
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /Replace fill/ }).checked).toBe(true);
    expect(written()).toContain('Not inside a component instance.');
  });

  test('holding Space shows the original, and lets go of it', async () => {
    await review();
    const stage = screen.getByRole('slider', { name: /Divider/ }).parentElement;
    const before = stage?.className;
    await calm(() => fireEvent.keyDown(document.body, { key: ' ' }));
    expect(stage?.className).not.toBe(before);
    await calm(() => fireEvent.keyUp(document.body, { key: ' ' }));
    expect(stage?.className).toBe(before);
  });

  test('Space shows the original also right after a click on a button, and does not press it', async () => {
    const made = await review();
    const stage = screen.getByRole('slider', { name: /Divider/ }).parentElement;
    const face = button(/^Look at face 2/);
    fireEvent.pointerDown(face);
    await calm(() => fireEvent.click(face));
    const before = stage?.className;
    await calm(() => fireEvent.keyDown(face, { key: ' ' }));
    expect(stage?.className).not.toBe(before);
    let pressed = true;
    await calm(() => {
      pressed = fireEvent.keyUp(face, { key: ' ' });
    });
    expect(pressed).toBe(false);
    expect(stage?.className).toBe(before);
    // Reached by the keyboard it is a button as any other.
    fireEvent.keyDown(face, { key: 'Tab' });
    await calm(() => fireEvent.keyDown(face, { key: ' ' }));
    expect(stage?.className).toBe(before);
    expect(made.host.asks('result.place')).toEqual([]);
  });

  test('N and Shift+N go from face to face in full size', async () => {
    await review();
    const at = (): number =>
      screen
        .getAllByRole('button', { name: /^Look at face/ })
        .findIndex((each) => each.getAttribute('aria-pressed') === 'true');
    await calm(() => fireEvent.keyDown(document.body, { key: 'n' }));
    expect(at()).toBe(0);
    await calm(() => fireEvent.keyDown(document.body, { key: 'n' }));
    expect(at()).toBe(1);
    expect(button('100 %')).toBeTruthy();
    await calm(() => fireEvent.keyDown(document.body, { key: 'N', shiftKey: true }));
    await calm(() => fireEvent.keyDown(document.body, { key: 'N', shiftKey: true }));
    expect(at()).toBe(2);
    await calm(() => fireEvent.click(button('Fit')));
    await calm(() => fireEvent.keyDown(document.body, { key: 'n' }));
    expect(at()).toBe(0);
  });

  test('Enter on a button is that button’s own', async () => {
    const made = await review();
    await calm(() => fireEvent.keyDown(button('Discard'), { key: 'Enter' }));
    expect(made.host.asks('result.place')).toEqual([]);
  });

  test('a picture sent without a face is one whole, without a strip', async () => {
    await review({}, []);
    expect(screen.getByRole('heading', { name: 'Whole picture' })).toBeTruthy();
    expect(screen.queryByRole('checkbox')).toBeNull();
  });

  test('a face that changed a lot is pointed out', async () => {
    const made = await shown({ selection: report(A) }, ({ studio }) =>
      studio.resultIs(ok({ change: [0.1, 0.9, 0.1] })),
    );
    await calm(() => fireEvent.click(button(/Restore/)));
    await calm(() => made.service.sent[0]?.deliver());
    expect(written()).toContain('changed a lot');
  });
});

describe('settings', () => {
  const open = async (...given: Parameters<typeof shown>) => shown({ command: 'settings', ...given[0] }, given[1]);

  test('the key is never shown: only its last letters', async () => {
    await open({ settings: TOPAZ });
    expect(written()).toContain('cdef');
    expect(document.body.innerHTML).not.toContain('0123456789');
  });

  test('the key can be tested, and an answer says how many credits there are', async () => {
    await open({ settings: TOPAZ });
    await calm(() => fireEvent.click(button('Test')));
    expect(screen.getByRole('status').textContent).toContain('Connected. 12 credits.');
  });

  test('the key can be replaced and removed', async () => {
    const made = await open({ settings: TOPAZ });
    await calm(() => fireEvent.click(button('Replace')));
    fireEvent.input(screen.getByLabelText('Topaz API key'), { target: { value: 'sk-new' } });
    await calm(() => fireEvent.click(button('Connect')));
    expect(made.state().settings.key).toBe('sk-new');
    await calm(() => fireEvent.click(button('Remove')));
    expect(made.state().settings).toMatchObject({ key: '', service: null });
  });

  test('the default form is kept at once', async () => {
    const made = await open();
    await calm(() => fireEvent.click(screen.getByRole('radio', { name: /New layer/ })));
    expect(made.host.saved.get('settings')).toMatchObject({ form: 'layer' });
  });

  test('saved jobs that could not be read are counted', async () => {
    await open({ records: ['job:a', 'job:b'].map((key) => ({ key, value: { v: 1 } })) });
    expect(written()).toContain('2 saved jobs or lists could not be read.');
  });

  test('Esc and the arrow go back', async () => {
    await open();
    await calm(() => fireEvent.keyDown(window, { key: 'Escape' }));
    expect(screen.getByRole('heading', { name: 'Select a picture' })).toBeTruthy();
    await calm(() => fireEvent.click(button('Settings')));
    await calm(() => fireEvent.click(button('Back')));
    expect(screen.getByRole('heading', { name: 'Select a picture' })).toBeTruthy();
  });
});

test('the corner resizes by keyboard', async () => {
  const made = await shown();
  const { innerWidth, innerHeight } = window;
  await calm(() => fireEvent.keyDown(button('Resize the panel'), { key: 'ArrowDown' }));
  const { height } = made.host.asks('panel.resize')[0] ?? { height: 0 };
  expect(height).toBe(Math.min(1000, innerHeight + 16));
  expect(innerWidth).toBeGreaterThan(0);
});
