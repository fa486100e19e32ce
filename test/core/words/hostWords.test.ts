import { describe, expect, it } from 'vitest';
import type { PluginError } from '../../../src/core/errors';
import type { Recipe } from '../../../src/core/recipe';
import { compareToast, newLayerName, recipeText, revertToast, toast } from '../../../src/core/words/hostWords';
import { explain } from '../../../src/core/words/sentences';
import { recipe } from '../../code/paints';

describe('a toast', () => {
  it('passes up to 100 characters on as they are', () => {
    expect(toast('x'.repeat(100))).toBe('x'.repeat(100));
  });

  it('ends a longer text at a word, in at most 100 characters', () => {
    const cut = toast('restored '.repeat(20));
    expect(cut).toBe(`${'restored '.repeat(11).trimEnd()}\u2026`);
  });

  it('cuts a text without spaces anywhere', () => {
    expect(toast('x'.repeat(101))).toBe(`${'x'.repeat(99)}\u2026`);
  });
});

describe('the revert command says', () => {
  it.each([
    ['one layer', 1, [], 'The original is back.'],
    ['several layers', 3, [], 'The original is back on 3 layers.'],
    ['one of several', 1, [{ code: 'nothing-to-revert' }] as const, 'The original is back.'],
    [
      'one that failed beside',
      2,
      [{ code: 'layer-in-instance' }] as const,
      'The original is back on 2 layers. 1 layer could not be changed.',
    ],
    [
      'nothing of ours',
      0,
      [{ code: 'nothing-to-revert' }] as const,
      'Nothing to revert: no result of Recover Faces here.',
    ],
    ['nothing selected', 0, [], 'Select a layer with a restored picture first.'],
    ['only failures', 0, [{ code: 'picture-missing' }] as const, 'Figma could not load the picture of this layer.'],
  ])('%s', (_, reverted, errors, text) => {
    expect(revertToast(reverted, errors)).toBe(text);
  });

  it.each<PluginError>([
    { code: 'layer-gone' },
    { code: 'layer-in-instance' },
    { code: 'layer-read-only' },
    { code: 'picture-missing' },
    { code: 'image-refused', reason: 'other' },
    { code: 'unexpected', detail: 'text' },
  ])('of $code what the panel says of it', (error) => {
    expect(revertToast(0, [error])).toBe(toast(explain(error).happened));
  });

  it('that something went wrong where only the panel has words for it', () => {
    expect(revertToast(0, [{ code: 'key-missing' }])).toBe('Something went wrong in the plugin.');
  });
});

describe('the compare button says', () => {
  it.each<[readonly boolean[], readonly PluginError[], string]>([
    [[true, true], [], 'This is the original. Compare again for the result.'],
    [[false], [], 'This is the result. Compare again for the original.'],
    [[true, false], [], 'Switched between the original and the result.'],
    [[], [], 'Select a layer with a restored picture first.'],
    [[], [{ code: 'nothing-to-revert' }], 'Nothing to compare: no result of Recover Faces here.'],
    [[], [{ code: 'layer-read-only' }], 'This layer cannot be edited.'],
  ])('what the layers show now: %j, and what went wrong: %j', (originals, errors, text) => {
    expect(compareToast(originals, errors)).toBe(text);
  });
});

describe('the relaunch text', () => {
  it('tells what was done in one line', () => {
    expect(recipeText(recipe('overlay', 'a', 'r'))).toBe(
      'Balanced \u00b7 3 faces \u00b7 1 credit \u00b7 Local engine \u00b7 2026-11-22',
    );
  });

  it('tells the model and the size of a picture that was enhanced', () => {
    const parameters = {
      model: 'Standard V2',
      faceEnhancement: true,
      faceStrength: 0.8,
      faceCreativity: 0,
      output: { width: 2400, height: 1600 },
    } as const;
    const enhanced: Recipe = {
      ...recipe('replace', 'a', 'r'),
      preset: null,
      faces: 0,
      work: { kind: 'enhance', parameters, after: null },
    };
    expect(recipeText(enhanced)).toBe(
      'Standard V2 \u00b7 2400 \u00d7 1600 px \u00b7 1 credit \u00b7 Local engine \u00b7 2026-11-22',
    );
  });

  it('tells the seeds of a mix of looks', () => {
    expect(recipeText({ ...recipe('overlay', 'a', 'r'), seeds: [2, 1] })).toContain(
      '3 faces \u00b7 seeds 2, 1 \u00b7 1',
    );
  });

  it('leaves out what is not known', () => {
    const some = { ...recipe('overlay', 'a', 'r'), preset: null, faces: 1, service: '' };
    expect(recipeText(some)).toBe('Own settings \u00b7 1 face \u00b7 1 credit \u00b7 2026-11-22');
  });
});

it('names a new layer after its source, and one whose source is gone too', () => {
  expect(newLayerName('Portrait')).toBe('Portrait - restored');
});
