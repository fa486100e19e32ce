/** The small pure parts of the host floor. */
import type { NodeChange, NodeChangeProperty } from '@figma/plugin-typings/plugin-api-standalone';
import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../src/code/commands';
import { sameData } from '../../src/code/equal';
import { hostError } from '../../src/code/errors';
import { createGate } from '../../src/code/gate';
import { readMarks } from '../../src/code/marks';
import { concerns } from '../../src/code/watch';
import { recipe } from './paints';

describe('the gate', () => {
  it('never lets more than its number through, and everyone in the end, in order', async () => {
    const gate = createGate(3);
    const open: (() => void)[] = [];
    const started: number[] = [];
    let running = 0;
    let most = 0;
    const tasks = [0, 1, 2, 3, 4, 5, 6].map((index) =>
      gate(async () => {
        started.push(index);
        running += 1;
        most = Math.max(most, running);
        await new Promise<void>((resolve) => open.push(resolve));
        running -= 1;
        if (index === 1) throw new Error('one fails');
        return index;
      }),
    );
    const all = Promise.allSettled(tasks);
    for (let turn = 0; turn < 7; turn++) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      open.shift()?.();
    }
    const results = await all;
    expect(most).toBe(3);
    expect(started).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', ...Array(5).fill('fulfilled')]);
  });
});

describe('what the host throws', () => {
  it.each([
    ['Image is too small', { code: 'image-refused', reason: 'too-small' }],
    ['in createImage: Image is too large', { code: 'image-refused', reason: 'too-large' }],
    ['Image type is unsupported', { code: 'image-refused', reason: 'type' }],
    [
      'in insertChild: Cannot move node. New parent is an instance or is inside of an instance',
      { code: 'layer-in-instance' },
    ],
    ['in remove: Removing this node is not allowed: it is inside of an instance', { code: 'layer-in-instance' }],
    ['in set_fills: The node with id "1:2" does not exist', { code: 'layer-gone' }],
    ['Cannot write to a read-only file', { code: 'layer-read-only' }],
    ['Something new', { code: 'unexpected', detail: 'Something new' }],
  ])('%s becomes an error of ours', (text, error) => {
    expect(hostError(new Error(text))).toEqual(error);
  });

  it('becomes one even when it is not an Error', () => {
    expect(hostError('text')).toEqual({ code: 'unexpected', detail: 'text' });
  });
});

describe('a change in the document', () => {
  const property = (id: string, ...properties: NodeChangeProperty[]): NodeChange =>
    ({ type: 'PROPERTY_CHANGE', id, properties }) as unknown as NodeChange;
  it.each([
    ['the fills of a selected layer', property('1:2', 'fills'), true],
    ['the fills of another layer', property('1:3', 'fills'), false],
    ['the place of a selected layer', property('1:2', 'x', 'y'), false],
    ['a selected layer deleted', { type: 'DELETE', id: '1:2' } as unknown as NodeChange, true],
  ])('%s: concerns the panel or not', (_, change, expected) => {
    expect(concerns([change], ['1:2'])).toBe(expected);
  });
});

describe('what a layer remembers', () => {
  const kept = (text: string) => ({ getPluginData: () => text, setPluginData: () => undefined });
  const mark = { recipe: recipe('overlay', 'a', 'r'), tile: { before: 0.5, after: 0.25 }, kept: null, style: 'S:1' };
  it.each([
    ['nothing', '', []],
    ['a mark', JSON.stringify([mark]), [mark]],
    ['a mark with a hidden original', JSON.stringify([{ ...mark, kept: 'shown' }]), [{ ...mark, kept: 'shown' }]],
    ['damaged JSON', '[{', []],
    ['no list', '{}', []],
    ['a good one among bad ones', JSON.stringify([1, null, { recipe: {} }, mark]), [mark]],
    [
      'wrong members',
      JSON.stringify([{ ...mark, tile: { after: 0 }, kept: true, style: 7 }]),
      [{ ...mark, tile: null, style: '' }],
    ],
  ])('reads %s', (_, text, marks) => {
    expect(readMarks(kept(text))).toEqual(marks);
  });
});

describe('sameData', () => {
  it.each([
    [{ a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1 }, true],
    [{ a: 1 }, { a: 1, b: undefined }, false],
    [[1, 2], [2, 1], false],
    [[], {}, false],
    [null, {}, false],
    [Number.NaN, Number.NaN, true],
  ])('of %j and %j is %s', (a, b, same) => {
    expect(sameData(a, b)).toBe(same);
  });
});

describe('a command', () => {
  it.each([
    ['recover', 'recover'],
    ['settings', 'settings'],
    ['revert', 'revert'],
    ['', 'recover'],
    [undefined, 'recover'],
  ])('%s runs %s', (text, command) => {
    expect(parseCommand(text)).toBe(command);
  });
});
