/** Whatever fills a layer has and whatever was placed on them, in whatever order: the way back leads to what was. */
import type { ImagePaint, Paint } from '@figma/plugin-typings/plugin-api-standalone';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imageFill, solidFill } from '../../playground/document/build';
import { copyOut, pasteInto } from '../../playground/document/clipboard';
import type { Paint as Fill, NodeData } from '../../playground/document/node';
import { type Fills, isImage } from '../../src/code/fills';
import { readMarks, writeMarks } from '../../src/code/marks';
import { planned, type Stack } from '../../src/code/plan';
import { findFill } from '../../src/code/recheck';
import { bases, isLiving, resultOn, takeOffAll } from '../../src/code/stack';
import { fileId, imageHash, nodeId } from '../../src/core/ids';
import { PLACEMENT_FORMS } from '../../src/core/target';
import { type Bench, openBench, png } from './bench';
import { recipe, SOLID } from './paints';

const hash = fc.constantFrom('a', 'b', 'c');
/** Members that a paint may have, or not have, or have as it has them by default. */
const looks = fc.record(
  {
    opacity: fc.constantFrom(1, 0.4),
    visible: fc.boolean(),
    blendMode: fc.constantFrom<NonNullable<Paint['blendMode']>>('NORMAL', 'MULTIPLY'),
    filters: fc.constantFrom({ exposure: -0.5 }, { exposure: 0, tint: 0.25 }),
  },
  { requiredKeys: [] },
);
const placing = fc.oneof(
  fc.record({ scaleMode: fc.constantFrom('FILL', 'FIT' as const), rotation: fc.constantFrom(0, 90, 180, 270) }),
  fc.constant({
    scaleMode: 'CROP' as const,
    imageTransform: [
      [0.5, 0.1, 0.2],
      [0, -0.5, 0.9],
    ] as ImagePaint['imageTransform'],
  }),
  fc
    .double({ min: 0.01, max: 10, noNaN: true })
    .map((scalingFactor) => ({ scaleMode: 'TILE' as const, scalingFactor })),
  fc.constant({ scaleMode: 'TILE' as const }),
);
/** Exactly these members: `image()` would add the ones that Figma may leave out. */
const picture = fc
  .record({ hash, looks, placing })
  .map((some): Paint => ({ type: 'IMAGE', imageHash: some.hash, ...some.looks, ...some.placing }) as ImagePaint);
const paint = fc.oneof({ arbitrary: picture, weight: 4 }, { arbitrary: fc.constant(SOLID), weight: 1 });
const press = fc.record({
  which: fc.nat(20),
  form: fc.constantFrom(...PLACEMENT_FORMS),
  result: fc.constantFrom('r', 's', 't', 'the source itself'),
  scale: fc.constantFrom(1, 2, 4, 0.37),
});

/** One result placed on one of the layer's pictures; null when it has none. */
function pressed(stack: Stack, { which, form, result, scale }: typeof press extends fc.Arbitrary<infer P> ? P : never) {
  const images = bases(stack.fills, stack.marks).filter((base) => isImage(base.paint));
  const base = images[which % Math.max(1, images.length)];
  if (base === undefined) return null;
  const source = base.original!;
  // The same bytes may come in every form: an overlay of a picture that is all face is a whole picture.
  // Only where a layer shows one picture twice, nobody could tell these apart.
  const twins = images.filter(({ original }) => original === source).length > 1;
  const same = result === 'the source itself';
  const hashOf = same ? source : `${source}-${result}-${scale}${twins && form === 'overlay' ? '-overlay' : ''}`;
  const next = planned(stack, base.at, recipe(form, source, hashOf), same ? 1 : scale, '');
  return { next, base, hash: hashOf, form, same };
}

/** As a copy has it: fills and plugin data, through text. */
function copied({ fills, marks }: Stack): Stack {
  let kept = '';
  const keeper = {
    getPluginData: () => kept,
    setPluginData: (_key: string, value: string) => {
      kept = value;
    },
  };
  writeMarks(keeper, marks);
  return { fills: JSON.parse(JSON.stringify(fills)) as Fills, marks: readMarks(keeper) };
}

const nothingOfOurs = ({ fills, marks }: Stack): Fills => takeOffAll(fills, marks) ?? fills;

describe('for any list of fills and any results on them', () => {
  it('reverting gives the very list that was, on copies too', () => {
    fc.assert(
      fc.property(
        fc.array(paint, { maxLength: 5 }),
        fc.array(press, { maxLength: 8 }),
        fc.nat(8),
        (fills, presses, copyAt) => {
          let stack: Stack = { fills, marks: [] };
          for (const [turn, each] of presses.entries()) {
            if (turn === copyAt) {
              const first = stack;
              stack = copied(stack);
              expect(nothingOfOurs(first)).toEqual(fills);
            }
            stack = pressed(stack, each)?.next ?? stack;
            expect(nothingOfOurs(stack)).toEqual(fills);
          }
          expect(nothingOfOurs(copied(stack))).toEqual(fills);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('each fill of the user has one result at most, and the target that was read first finds it', () => {
    fc.assert(
      fc.property(
        fc.array(paint, { minLength: 1, maxLength: 5 }),
        fc.array(press, { minLength: 1, maxLength: 8 }),
        (fills, presses) => {
          let stack: Stack = { fills, marks: [] };
          for (const each of presses) {
            const done = pressed(stack, each);
            if (done === null) return;
            stack = done.next;
            const found = bases(stack.fills, stack.marks);
            expect(found).toHaveLength(fills.length);
            expect(stack.fills.length).toBeLessThanOrEqual(2 * fills.length);
            expect(stack.marks.every((mark) => isLiving(mark, stack.fills))).toBe(true);
            const paintIndex = found.findIndex(
              (base) => base.original === done.base.original && isOn(stack, base.at, done),
            );
            expect(paintIndex).toBeGreaterThanOrEqual(0);
            const target = {
              fileId: fileId('f'),
              nodeId: nodeId('1:2'),
              paintIndex,
              imageHash: imageHash(done.base.original!),
            };
            expect(findFill(stack.fills, stack.marks, target)).toMatchObject({
              ok: true,
              value: { base: { at: found[paintIndex]!.at }, index: paintIndex },
            });
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('a baked result looks as its source did but for the picture, and nothing shines through from below', () => {
    fc.assert(
      fc.property(fc.array(paint, { minLength: 1, maxLength: 5 }), press, (fills, each) => {
        const done = pressed({ fills, marks: [] }, each);
        if (done === null || done.same || done.form === 'overlay') return;
        const { at } = done.base;
        const source = fills[at] as ImagePaint;
        const [hidden, result] = done.next.fills.slice(at, at + 2) as [ImagePaint, ImagePaint];
        expect(hidden).toEqual({ ...source, visible: false });
        const { imageHash: shown, scalingFactor: _factor, ...rest } = result;
        const { imageHash: _before, scalingFactor: __factor, ...same } = source;
        expect([shown, rest]).toEqual([done.hash, same]);
        expect(done.next.fills.filter((_, index) => index !== at && index !== at + 1)).toEqual(
          fills.filter((_, index) => index !== at),
        );
      }),
      { numRuns: 500 },
    );
  });
});

function isOn({ fills, marks }: Stack, at: number, done: { readonly hash: string; readonly same: boolean }): boolean {
  const mark = resultOn(fills, marks, at);
  return done.same ? mark === null : mark?.recipe.resultHash === done.hash;
}

describe('for any layer, by the built plugin', () => {
  const GREYS = [10, 20, 30] as const;
  const fill = fc.oneof(
    { arbitrary: fc.constant(null), weight: 1 },
    {
      arbitrary: fc.record({
        grey: fc.constantFrom(...GREYS),
        scaleMode: fc.constantFrom('FILL', 'FIT', 'TILE' as const),
        scalingFactor: fc.constantFrom(0.5, 1.3),
        rotation: fc.constantFrom(0, 90),
        opacity: fc.constantFrom(1, 0.4),
        visible: fc.boolean(),
      }),
      weight: 4,
    },
  );
  const step = fc.record({
    which: fc.nat(20),
    form: fc.constantFrom('overlay', 'replace' as const),
    grey: fc.constantFrom(110, 113),
    scale: fc.constantFrom(1, 2),
  });
  const fillsOf = (node: NodeData): readonly Fill[] => node.fills as readonly Fill[];

  async function reverted(bench: Bench, id: string): Promise<readonly Fill[]> {
    await bench.panel.call('result.revert', { nodeId: nodeId(id), undo: 'own' });
    return fillsOf(bench.node(id));
  }

  it('reverting gives the very fills that were, on the layer and on its copies here and in another file', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fill, { minLength: 1, maxLength: 4 }),
        fc.array(step, { minLength: 1, maxLength: 4 }),
        async (list, steps) => {
          const bench = await openBench();
          const fills = list.map((each) => {
            if (each === null) return solidFill(1, 0, 0);
            const { grey, ...rest } = each;
            return imageFill({ imageHash: bench.store(png(grey)), ...rest });
          });
          const id = bench.add('RECTANGLE', 'Any', {}, { fills });
          for (const { which, form, grey, scale } of steps) {
            const pictures = await bench.select(id);
            if (pictures.length === 0) return;
            const { target } = pictures[which % pictures.length]!;
            const source = GREYS.find((each) => bench.store(png(each)) === target.imageHash)!;
            // Bytes of their own for each picture, as in life, and for each form: see above.
            const bytes = png(grey + source + (form === 'overlay' ? 1 : 0), 8 * scale, 6 * scale);
            const placed = await bench.place(target, form, bytes, { scale });
            expect(placed.ok).toBe(true);
          }
          const clip = copyOut(bench.host.document, [id]);
          const [here] = pasteInto(bench.host.document, clip);
          const other = await openBench();
          const [there] = pasteInto(other.host.document, clip);
          expect(await reverted(bench, here!)).toEqual(fills);
          expect(await reverted(other, there!)).toEqual(fills);
          expect(await reverted(bench, id)).toEqual(fills);
          expect(bench.host.surface.console()).toEqual([]);
          bench.host.close();
          other.host.close();
        },
      ),
      { numRuns: 12 },
    );
  });
});
