// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, within } from '@testing-library/preact';
import { afterEach, describe, expect, test } from 'vitest';
import { presetId } from '../../../src/core/ids';
import { STANDARD_PARAMETERS } from '../../../src/core/parameters';
import { NO_PRESETS, newPreset, type PresetList, withAdded } from '../../../src/core/presets/list';
import { teamEntry, teamPresetId } from '../../../src/core/presets/team';
import { PRESETS_KEY } from '../../../src/core/records';
import { failed } from '../../../src/core/result';
import { report, selected } from '../fakes/data';
import { button, calm, shown, written } from '../fakes/screen';

afterEach(cleanup);

const own = (name: string, strength = 0.5) =>
  newPreset({ id: presetId(name), name, hint: '', parameters: { ...STANDARD_PARAMETERS, strength }, at: 1000 });
const list = (...names: readonly string[]): PresetList =>
  names.map((name) => own(name)).reduce((before, preset) => withAdded(before, preset), NO_PRESETS);
const TEAM = teamPresetId('abc');
const cold = { key: TEAM, value: teamEntry(own('Cold', 0.9)), by: 'Ana', at: Date.UTC(2026, 10, 20, 12) };

type Given = NonNullable<Parameters<typeof shown>[0]>;
const saved = (value: unknown): Given => ({ records: [{ key: PRESETS_KEY, value }] });
const page = (value: unknown = list('Warm', 'Newspaper'), given: Given = {}) =>
  shown({ ...saved(value), command: 'presets', ...given });
const work = (value: unknown = list('Warm', 'Newspaper'), given: Given = {}) =>
  shown({ ...saved(value), selection: report(selected('Portrait')), ...given });
const names = (): readonly (string | undefined)[] =>
  within(screen.getByRole('list', { name: 'Yours' }))
    .getAllByRole('button', { expanded: false })
    .map((line) => line.querySelector('[title]')?.textContent?.replace(' · in use', ''));
const type = (label: string, text: string): void => {
  fireEvent.input(screen.getByLabelText(label), { target: { value: text } });
};
const open = async (name: RegExp): Promise<void> => calm(() => fireEvent.click(button(name)));
const press = async (name: string | RegExp): Promise<void> => calm(() => fireEvent.click(button(name)));

describe('the choice of a preset', () => {
  test('has built-in ones, one’s own and the file’s in groups', async () => {
    await work(list('Warm'), { shared: [cold] });
    const groups = [...screen.getByLabelText(/^Preset/).querySelectorAll('optgroup')].map((group) => [
      group.label,
      group.children.length,
    ]);
    expect(groups).toEqual([
      ['Built in', 5],
      ['Yours', 1],
      ['In this file', 1],
    ]);
  });

  test('is marked when it was changed, and can be set back', async () => {
    await work();
    expect(written()).not.toContain('changed');
    type('Rebuild', '0.3');
    fireEvent.blur(screen.getAllByLabelText('Rebuild')[0] as HTMLElement);
    await calm();
    expect(screen.getByLabelText('Preset · changed')).toBeTruthy();
    // What everybody has cannot be saved over.
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
    await press('Reset');
    expect(screen.queryByRole('button', { name: 'Reset' })).toBeNull();
    expect(screen.getByLabelText('Preset')).toBeTruthy();
  });

  test('that is gone is said where it would be', async () => {
    await work(list(), { command: 'preset', preset: 'Yearbook' });
    const said = screen.getAllByRole('status').map((live) => live.textContent);
    expect(said).toContain('The preset “Yearbook” is not there any more.');
  });

  test('is named in place: what is wrong with a name is said, Enter saves, and no picture is sent', async () => {
    const made = await work();
    type('Rebuild', '0.3');
    fireEvent.blur(screen.getAllByLabelText('Rebuild')[0] as HTMLElement);
    await calm();
    await press('Save as…');
    expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('Balanced 2');
    type('Name', 'warm');
    expect(written()).toContain('You have a preset with this name.');
    fireEvent.keyDown(screen.getByLabelText('Name'), { key: 'Enter' });
    await calm();
    expect(made.state().presets.own.presets).toHaveLength(2);
    type('Name', 'x'.repeat(41));
    expect(written()).toContain('A name has at most 40 characters; this one has 41.');
    type('Name', 'Soft');
    await calm(() => fireEvent.keyDown(screen.getByLabelText('Name'), { key: 'Enter' }));
    expect(made.state().presets.own.presets.map(({ name }) => name)).toEqual(['Warm', 'Newspaper', 'Soft']);
    expect(screen.getByLabelText<HTMLSelectElement>('Preset').selectedOptions[0]?.textContent).toBe('Soft');
    expect(made.state().runs).toEqual([]);
  });

  test('is not named after all with Esc, which leaves the view where it is', async () => {
    await work();
    type('Rebuild', '0.3');
    fireEvent.blur(screen.getAllByLabelText('Rebuild')[0] as HTMLElement);
    await calm();
    await press('Save as…');
    await calm(() => fireEvent.keyDown(screen.getByLabelText('Name'), { key: 'Escape' }));
    expect(screen.queryByLabelText('Name')).toBeNull();
    expect(button('Save as…')).toBeTruthy();
  });
});

describe('the parameters', () => {
  test.each([
    ['Rebuild', 'strength', '0 to 1, default 0.8.'],
    ['Noise in the picture', 'noise_sigma', '0.001 to 0.1, default 0.015.'],
    ['Blur in the picture', 'blur_sigma', '0.01 to 2, default 0.4.'],
    ['Seed', 'noise_seed', '1 to 2000, default 1.'],
  ])(
    '%s has its name at the service, its range and its default, read out with the slider',
    async (name, wire, range) => {
      await work();
      const slider = screen.getByRole('slider', { name: new RegExp(`^${name}`) });
      expect(slider.closest('div')?.textContent).toContain(wire);
      const about = slider.getAttribute('aria-describedby') ?? '';
      expect(document.getElementById(about)?.textContent).toContain(range);
      // What is changed here is paid with the next run.
      expect(slider.closest('div')?.querySelector('label svg')).toBeTruthy();
    },
  );

  test('are set back by a double click, and the seed by the dice', async () => {
    const made = await work();
    const slider = screen.getByRole('slider', { name: /^Seed/ });
    await press('Another seed');
    const rolled = made.state().draft.parameters.noiseSeed;
    expect(rolled).not.toBe(1);
    expect(slider.getAttribute('aria-valuetext')).toBe(String(rolled));
    await calm(() => fireEvent.dblClick(slider));
    expect(made.state().draft.parameters.noiseSeed).toBe(1);
  });

  test('explain the reference picture, and refuse what is no address', async () => {
    const made = await work();
    const field = screen.getByLabelText('Reference picture (reference_uri)');
    expect(document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent).toContain('same person');
    fireEvent.input(field, { target: { value: 'my face' } });
    await calm(() => fireEvent.blur(field));
    expect(written()).toContain('needs an address');
    expect(made.state().draft.parameters.referenceUri).toBeNull();
  });
});

describe('the list', () => {
  test('without presets of one’s own says how to get one, and offers no export', async () => {
    await page(list());
    expect(written()).toContain('press Save as.');
    expect(written()).toContain('for everybody who opens this file.');
    expect(screen.queryByRole('button', { name: 'Export' })).toBeNull();
    expect(button('Import…')).toBeTruthy();
  });

  test('is ordered with Alt and the arrow keys; the focus goes along and the place is read out', async () => {
    const made = await page(list('A', 'B', 'C'));
    const grip = button(/^Move B/);
    grip.focus();
    await calm(() => fireEvent.keyDown(grip, { key: 'ArrowUp', altKey: true }));
    expect(names()).toEqual(['B', 'A', 'C']);
    expect(document.activeElement).toBe(button(/^Move B/));
    expect(screen.getByText('B: place 1 of 3.')).toBeTruthy();
    await calm(() => fireEvent.keyDown(button(/^Move B/), { key: 'ArrowUp', altKey: true }));
    expect(names()).toEqual(['B', 'A', 'C']);
    expect(made.host.asks('record.save').filter(({ key }) => key === PRESETS_KEY)).toHaveLength(1);
  });

  test('is ordered by buttons too, for those who cannot drag', async () => {
    await page(list('A', 'B', 'C'));
    await open(/^A/);
    await press('Move down: A');
    expect(names()).toEqual(['B', 'C']);
    expect(screen.queryByRole('button', { name: 'Move down: A' })).toBeTruthy();
  });

  test('begins with the one that has the star', async () => {
    const made = await page();
    await press('Begin with Warm');
    expect(button('Begin with Warm').getAttribute('aria-pressed')).toBe('true');
    expect(button('Begin with Balanced').getAttribute('aria-pressed')).toBe('false');
    expect(made.host.saved.get(PRESETS_KEY)).toMatchObject({ standard: 'Warm' });
  });

  test('takes one into use and goes back to the picture', async () => {
    const made = await page(undefined, { selection: report(selected('Portrait')) });
    await open(/^Warm/);
    await press('Use: Warm');
    expect(made.state().draft.preset.name).toBe('Warm');
    expect(screen.getByLabelText('Preset')).toBeTruthy();
  });

  test('renames one in place, with the line that says when to take it', async () => {
    const made = await page();
    await open(/^Warm/);
    await press('Rename: Warm');
    type('Name', 'Newspaper');
    expect(written()).toContain('You have a preset with this name.');
    type('Name', 'Warmer');
    type('When to take it', 'Old prints');
    await press('Save name');
    expect(made.state().presets.own.presets[0]).toMatchObject({ name: 'Warmer', hint: 'Old prints' });
    expect(written()).toContain('Old prints');
  });

  test('copies a built-in one into one’s own', async () => {
    const made = await page();
    await open(/^Old scan/);
    await press('Duplicate: Old scan');
    expect(made.state().presets.own.presets.at(-1)).toMatchObject({
      name: 'Old scan 2',
      parameters: { strength: 0.85 },
    });
  });

  test('deletes one and brings it back', async () => {
    await page();
    await open(/^Warm/);
    await press('Delete: Warm');
    expect(names()).toEqual(['Newspaper']);
    expect(screen.getAllByRole('status').some((live) => live.textContent?.includes('“Warm” is deleted.'))).toBe(true);
    await press('Undo');
    expect(names()).toEqual(['Warm', 'Newspaper']);
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
  });

  test('says what storage refuses', async () => {
    const made = await page();
    made.host.answer('record.save', failed({ code: 'storage-full' }));
    await open(/^Warm/);
    await press('Delete: Warm');
    expect(screen.getByRole('alert').textContent).toContain('full');
    expect(written()).toContain('Warm');
  });

  test('of a newer version is said and left alone', async () => {
    await page({ v: 2 });
    expect(written()).toContain('Update the plugin to see and change them.');
    expect(screen.queryByRole('button', { name: 'Import…' })).toBeNull();
    await open(/^Balanced/);
    expect(screen.queryByRole('button', { name: 'Duplicate: Balanced' })).toBeNull();
  });

  test('that could not be read whole says how many are kept aside', async () => {
    await page({ ...list('Warm'), presets: [...list('Warm').presets, { v: 1, name: 7 }] });
    expect(written()).toContain('1 preset could not be read. It is kept as it is');
  });
});

describe('the file’s presets', () => {
  test('say who wrote them and when, and can be taken', async () => {
    const made = await page(list('Warm'), { shared: [cold] });
    expect(written()).toContain('Ana, 20 Nov');
    await open(/^Cold/);
    await press('Add to yours: Cold');
    expect(made.state().presets.own.presets.map(({ name }) => name)).toEqual(['Warm', 'Cold']);
    expect(written()).toContain('“Cold” is one of yours now.');
  });

  test('that one’s own has the name of are asked about', async () => {
    const made = await page(list('Cold'), { shared: [cold] });
    const [, theirs] = screen.getAllByRole('button', { name: /^Cold/ });
    await calm(() => fireEvent.click(theirs as HTMLElement));
    await press('Add to yours: Cold');
    expect(written()).toContain('You have another one with the name “Cold”.');
    await press('Keep both');
    expect(made.state().presets.own.presets.map(({ name }) => name)).toEqual(['Cold', 'Cold 2']);
  });

  test('that somebody has changed since say so, with both ways out', async () => {
    const linked = {
      ...NO_PRESETS,
      presets: [{ ...own('Cold'), changedAt: 2000, team: { id: TEAM, at: 5, mine: 1000 } }],
    };
    const made = await page(linked, { shared: [cold] });
    expect(written()).toContain('Changed in this file');
    await calm(() => fireEvent.click(screen.getAllByRole('button', { name: /^Cold/ })[0] as HTMLElement));
    expect(written()).toContain('You changed it, and so did somebody else in this file (Ana, 20 Nov).');
    await press('Update in file: Cold');
    expect(written()).toContain('Sharing yours would replace it for everybody.');
    await press('Replace theirs');
    expect(made.host.document.get(TEAM)).toMatchObject({ value: { parameters: { strength: 0.5 } } });
  });

  test('that cannot be read are counted', async () => {
    await page(list(), {
      shared: [
        { ...cold, value: null },
        { ...cold, key: 'preset:2', value: { v: 2 } },
      ],
    });
    expect(written()).toContain('2 presets of this file cannot be read by this version of the plugin.');
  });
});

describe('a file', () => {
  const choose = async (text: string, name = 'studio.json'): Promise<void> => {
    const input = document.querySelector<HTMLInputElement>('input[type=file]');
    if (input === null) throw new Error('There is nothing to choose a file with.');
    Object.defineProperty(input, 'files', { configurable: true, value: [new File([text], name)] });
    await calm(() => fireEvent.change(input));
  };
  const entry = (name: string, strength: number): string =>
    `{"name": "${name}",\n"parameters": {"strength": ${strength}, "noise_sigma": 0.015, "blur_sigma": 0.4, "noise_seed": 1}}`;
  const file = (...entries: readonly string[]): string =>
    `{"recover-faces-presets": 1, "presets": [\n${entries.join(',\n')}]}`;

  test('shows line by line what is taken otherwise, and takes nothing before it is told to', async () => {
    const made = await page(list('Warm'));
    await choose(file(entry('Warm', 1.4), entry('New', 0.2), '{"nam": "X"}'));
    expect(screen.getByRole('heading', { name: 'From “studio.json”' })).toBeTruthy();
    expect(written()).toContain('Line 3: strength 1.4 is above 1: taken as 1.');
    expect(written()).toContain('Line 6: name is missing: left out.');
    expect(written()).toContain('1 entry is left out.');
    expect(made.state().presets.own.presets).toHaveLength(1);
    fireEvent.click(screen.getByRole('radio', { name: /^Replace mine/ }));
    await press('Import 2 presets');
    expect(made.state().presets.own.presets.map(({ name, parameters }) => [name, parameters.strength])).toEqual([
      ['Warm', 1],
      ['New', 0.2],
    ]);
    expect(written()).toContain('1 preset added. 1 replaced.');
  });

  test('that is none is said, and Esc goes back to the list', async () => {
    await page(list('Warm'));
    await choose('{"presets": [');
    expect(screen.getByRole('alert').textContent).toContain('Line 1 cannot be read');
    await calm(() => fireEvent.keyDown(window, { key: 'Escape' }));
    expect(screen.getByRole('heading', { name: 'Presets' })).toBeTruthy();
    await calm(() => fireEvent.keyDown(window, { key: 'Escape' }));
    expect(screen.queryByRole('heading', { name: 'Presets' })).toBeNull();
  });
});
