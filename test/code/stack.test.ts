/** Placing and taking off, on lists of paints alone. */
import type { ImagePaint } from '@figma/plugin-typings/plugin-api-standalone';
import { describe, expect, it } from 'vitest';
import { type Fills, isImage } from '../../src/code/fills';
import { planned, type Stack } from '../../src/code/plan';
import { findFill } from '../../src/code/recheck';
import { takeOffAll } from '../../src/code/stack';
import { fileId, imageHash, nodeId } from '../../src/core/ids';
import { PLACEMENT_FORMS, type Target } from '../../src/core/target';
import { image, recipe, SOLID } from './paints';

const bare = (fills: Fills): Stack => ({ fills, marks: [] });
const target = (paintIndex: number, hash: string): Target => ({
  fileId: fileId('f'),
  nodeId: nodeId('1:2'),
  paintIndex,
  imageHash: imageHash(hash),
});
/** Pictures by hash, others by type; hidden ones in brackets. */
const hashes = (fills: Fills): readonly string[] =>
  fills.map((paint) => {
    const name = isImage(paint) ? String(paint.imageHash) : paint.type;
    return paint.visible === false ? `(${name})` : name;
  });

describe('an overlay', () => {
  it('lies directly above its source and below the fills above that', () => {
    const before = [SOLID, image('a'), image('b')];
    const { fills } = planned(bare(before), 1, recipe('overlay', 'a', 'r'), 1, '');
    expect(hashes(fills)).toEqual(['SOLID', 'a', 'r', 'b']);
    expect([fills[0], fills[1], fills[3]]).toEqual(before);
  });

  it('is equal to its source in everything but the picture', () => {
    const source = image('a', {
      scaleMode: 'CROP',
      imageTransform: [
        [0.5, 0.1, 0.2],
        [0, 0.5, 0.3],
      ],
      filters: { exposure: 0.3 },
      opacity: 0.7,
      blendMode: 'MULTIPLY',
      visible: false,
    });
    const { fills } = planned(bare([source]), 0, recipe('overlay', 'a', 'r'), 4, '');
    expect(fills).toEqual([source, { ...source, imageHash: 'r' }]);
  });

  it('is replaced when its picture is restored again, wherever the user has moved it', () => {
    const first = planned(bare([image('a'), SOLID]), 0, recipe('overlay', 'a', 'r'), 1, '');
    const moved = { ...first, fills: [first.fills[1]!, first.fills[0]!, first.fills[2]!] };
    const second = planned(moved, 1, recipe('overlay', 'a', 's'), 1, '');
    expect(hashes(second.fills)).toEqual(['a', 's', 'SOLID']);
    expect(second.marks.map((mark) => mark.recipe.resultHash)).toEqual(['s']);
  });

  it('gives way to a replaced fill, and that to an overlay, without piling up', () => {
    const overlay = planned(bare([image('a')]), 0, recipe('overlay', 'a', 'r'), 1, '');
    const baked = planned(overlay, 0, recipe('replace', 'a', 's'), 1, '');
    expect(hashes(baked.fills)).toEqual(['(a)', 's']);
    const again = planned(baked, 1, recipe('overlay', 'a', 't'), 1, '');
    expect(hashes(again.fills)).toEqual(['a', 't']);
  });

  it('of one of two equal pictures leaves the overlay of the other alone', () => {
    const lower = planned(bare([image('a'), image('a')]), 0, recipe('overlay', 'a', 'r'), 1, '');
    const both = planned(lower, 2, recipe('overlay', 'a', 's'), 1, '');
    expect(hashes(both.fills)).toEqual(['a', 'r', 'a', 's']);
    const anew = planned(both, 0, recipe('overlay', 'a', 't'), 1, '');
    expect(hashes(anew.fills)).toEqual(['a', 't', 'a', 's']);
  });
});

describe('a tiled fill', () => {
  it.each(PLACEMENT_FORMS)('keeps the size of its tiles with a result of four times the pixels, as %s', (form) => {
    const source = image('a', { scaleMode: 'TILE', scalingFactor: 0.6 });
    const after = planned(bare([source]), 0, recipe(form, 'a', 'r'), 4, '');
    expect(after.fills.at(-1)).toEqual({ ...source, imageHash: 'r', scalingFactor: 0.15 });
    expect((after.fills[0] as ImagePaint).scalingFactor).toBe(0.6);
    expect(takeOffAll(after.fills, after.marks)).toEqual([source]);
  });

  it('keeps the scale that the user gave the result when the original comes back', () => {
    const source = image('a', { scaleMode: 'TILE', scalingFactor: 0.6 });
    const after = planned(bare([source]), 0, recipe('replace', 'a', 'r'), 4, '');
    const changed = [after.fills[0]!, { ...(after.fills[1] as ImagePaint), scalingFactor: 0.3 }];
    expect((takeOffAll(changed, after.marks)![0] as ImagePaint).scalingFactor).toBeCloseTo(1.2, 9);
  });
});

describe('finding the fill of a target', () => {
  it.each([
    ['where it was', [SOLID, image('a')], target(1, 'a'), 1],
    ['where it has moved to', [image('a'), SOLID], target(1, 'a'), 0],
    ['by its place when the picture is there twice', [image('a'), image('a')], target(1, 'a'), 1],
    ['not when it was replaced', [image('b')], target(0, 'a'), null],
    ['not when it is gone', [SOLID], target(0, 'a'), null],
    ['not when it moved and fits twice', [image('a'), image('a'), SOLID], target(2, 'a'), null],
    ['not in a list without fills', [], target(0, 'a'), null],
  ])('finds it %s', (_, fills, wanted, at) => {
    const found = findFill(fills, [], wanted);
    if (at === null) expect(found).toEqual({ ok: false, error: { code: 'layer-changed' } });
    else expect(found).toMatchObject({ ok: true, value: { base: { at } } });
  });

  it('finds the original under its own name after a result took its place', () => {
    const after = planned(bare([SOLID, image('a')]), 1, recipe('replace', 'a', 'r'), 1, '');
    expect(findFill(after.fills, after.marks, target(1, 'a'))).toMatchObject({
      ok: true,
      value: { base: { at: 2, hiddenAt: 1 }, index: 1 },
    });
  });

  it('does not count overlays, so that a target read before one was placed below still fits', () => {
    const after = planned(bare([image('a'), image('b'), image('b')]), 0, recipe('overlay', 'a', 'r'), 1, '');
    expect(findFill(after.fills, after.marks, target(1, 'b'))).toMatchObject({
      ok: true,
      value: { base: { at: 2 }, index: 1 },
    });
  });
});

describe('taking everything of ours off', () => {
  it('puts back each of two equal pictures that are tiled at different scales', () => {
    const fills = [0.3, 0.7].map((scalingFactor) => image('a', { scaleMode: 'TILE', scalingFactor }));
    const one = planned(bare(fills), 0, recipe('replace', 'a', 'r'), 3, '');
    const both = planned(one, 1, recipe('replace', 'a', 'r'), 3, '');
    expect(takeOffAll(both.fills, both.marks)).toEqual(fills);
  });

  it('tells an overlay from a replaced fill beside it, even when both have the same bytes', () => {
    const fills = [image('a'), image('a')];
    const lower = planned(bare(fills), 0, recipe('overlay', 'a', 'r'), 1, '');
    const both = planned(lower, 2, recipe('replace', 'a', 'r'), 1, '');
    expect(hashes(both.fills)).toEqual(['a', 'r', '(a)', 'r']);
    expect(takeOffAll(both.fills, both.marks)).toEqual(fills);
  });

  it('tells whose a result is when two pictures gave the same one', () => {
    const fills = [image('a', { visible: false }), image('b', { visible: false })];
    const upper = planned(bare(fills), 1, recipe('replace', 'b', 'r'), 1, '');
    const both = planned(upper, 0, recipe('replace', 'a', 'r'), 1, '');
    expect(takeOffAll(both.fills, both.marks)).toEqual(fills);
    const other = planned(both, 1, recipe('overlay', 'a', 's'), 1, '');
    expect(takeOffAll(other.fills, other.marks)).toEqual(fills);
  });

  it('tells when there is nothing of ours', () => {
    expect(takeOffAll([SOLID, image('a')], [])).toBeNull();
  });

  it.each(PLACEMENT_FORMS)('is not needed for a result that is the source, byte for byte: %s', (form) => {
    const first = planned(bare([image('a')]), 0, recipe('replace', 'a', 'r'), 1, '');
    expect(planned(first, 1, recipe(form, 'a', 'a'), 1, '')).toEqual(bare([image('a')]));
  });

  it('tells nothing of two hidden originals when their result was removed by hand, for nobody knows which', () => {
    const twins = [image('a', { visible: false }), image('a')];
    const after = planned(bare(twins), 1, recipe('replace', 'a', 'r'), 1, '');
    expect(takeOffAll(after.fills.slice(0, 2), after.marks)).toBeNull();
    expect(takeOffAll(after.fills, after.marks)).toEqual(twins);
  });

  it('leaves what the user added meanwhile', () => {
    const after = planned(bare([image('a')]), 0, recipe('overlay', 'a', 'r'), 1, '');
    expect(takeOffAll([...after.fills, SOLID], after.marks)).toEqual([image('a'), SOLID]);
  });
});
