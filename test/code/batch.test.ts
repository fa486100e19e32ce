/** What a batch asks of the host: one undo step for many results, what became of each place, pictures that are lost. */
import { describe, expect, it } from 'vitest';
import { addInstance, imageFill, solidFill } from '../../playground/document/build';
import { type FileId, fileId } from '../../src/core/ids';
import type { Target } from '../../src/core/target';
import { PLACEMENT_FORMS } from '../../src/core/target';
import { type Bench, openBench, png, RESULT, SOURCE } from './bench';

const OK = { ok: true, value: null };
const JOINED = { undo: 'joined' } as const;
const split = (bench: Bench) => bench.panel.call('undo.split', {});

async function targetOf(bench: Bench, id: string): Promise<Target> {
  return (await bench.select(id))[0]!.target;
}

/** A bench with so many layers of one picture, each as its target. */
async function row(count: number): Promise<{ readonly bench: Bench; readonly targets: readonly Target[] }> {
  const bench = await openBench();
  const ids = Array.from({ length: count }, (_, index) =>
    bench.picture(`Layer ${index}`, {}, 'RECTANGLE', { x: index }),
  );
  const targets = (await bench.select(...ids)).map(({ target }) => target);
  await bench.panel.call('file.keep', {});
  return { bench, targets };
}

const shown = (bench: Bench, targets: readonly Target[]) => targets.map(({ nodeId }) => bench.stack(nodeId).length);

describe('results between two splits', () => {
  it.each(PLACEMENT_FORMS)('are one undo step of twenty layers as %s', async (form) => {
    const { bench, targets } = await row(20);
    const before = bench.host.document.tree();
    expect(await split(bench)).toEqual(OK);
    for (const target of targets) expect((await bench.place(target, form, RESULT, JOINED)).ok).toBe(true);
    await split(bench);
    const after = bench.host.document.tree();
    expect(after).not.toEqual(before);
    bench.host.undo();
    expect(bench.host.document.tree()).toEqual(before);
    bench.host.redo();
    expect(bench.host.document.tree()).toEqual(after);
  });

  it('are steps of their own without the splits, as one press each', async () => {
    const { bench, targets } = await row(2);
    for (const target of targets) await bench.place(target, 'overlay');
    expect(shown(bench, targets)).toEqual([2, 2]);
    bench.host.undo();
    expect(shown(bench, targets)).toEqual([2, 1]);
    bench.host.undo();
    expect(shown(bench, targets)).toEqual([1, 1]);
  });

  it('stay apart from what the user did before and did after', async () => {
    const { bench, targets } = await row(3);
    const name = () => bench.node(targets[0]!.nodeId).name;
    const rename = (text: string) => {
      bench.host.document.change('user', (tree) => {
        const node = tree.nodes.get(targets[0]!.nodeId)!;
        return { ...tree, nodes: new Map(tree.nodes).set(node.id, { ...node, name: text }) };
      });
      bench.host.document.commit();
    };
    rename('before');
    await split(bench);
    for (const target of targets) await bench.place(target, 'overlay', RESULT, JOINED);
    await split(bench);
    rename('after');
    bench.host.undo();
    expect([name(), shown(bench, targets)]).toEqual(['before', [2, 2, 2]]);
    bench.host.undo();
    expect([name(), shown(bench, targets)]).toEqual(['before', [1, 1, 1]]);
    bench.host.undo();
    expect(name()).toBe('Layer 0');
  });

  it('lie where they were placed when one in the middle cannot be placed', async () => {
    const { bench, targets } = await row(5);
    bench.teammate(targets[2]!.nodeId, { fills: [solidFill(1, 0, 0)] });
    bench.remove(targets[3]!.nodeId);
    await split(bench);
    const codes: string[] = [];
    for (const target of targets) {
      const placed = await bench.place(target, 'overlay', RESULT, JOINED);
      codes.push(placed.ok ? 'placed' : placed.error.code);
    }
    await split(bench);
    expect(codes).toEqual(['placed', 'placed', 'layer-changed', 'layer-gone', 'placed']);
    const rest = targets.filter((_, index) => index !== 3);
    expect(shown(bench, rest)).toEqual([2, 2, 1, 2]);
    bench.host.undo();
    expect(shown(bench, rest)).toEqual([1, 1, 1, 1]);
  });

  it('are taken off in one undo step too', async () => {
    const { bench, targets } = await row(3);
    for (const target of targets) await bench.place(target, 'overlay', RESULT, JOINED);
    const before = bench.host.document.tree();
    await split(bench);
    for (const { nodeId } of targets) await bench.panel.call('result.revert', { nodeId, undo: 'joined' });
    await split(bench);
    expect(shown(bench, targets)).toEqual([1, 1, 1]);
    bench.host.undo();
    expect(bench.host.document.tree()).toEqual(before);
  });

  it('store the picture once that lies on many layers', async () => {
    const { bench, targets } = await row(4);
    const hashes = new Set<string>();
    for (const target of targets) {
      const placed = await bench.place(target, 'overlay', RESULT, JOINED);
      if (placed.ok) hashes.add(placed.value.resultHash);
    }
    expect([...hashes]).toEqual([bench.store(RESULT)]);
  });
});

describe('a result on a main component and on its instances', () => {
  it.each(['overlay', 'replace'] as const)('lies on each of them once, as %s', async (form) => {
    const bench = await openBench();
    const component = bench.add('COMPONENT', 'Card');
    const main = bench.picture('Photo', {}, 'RECTANGLE', { parent: component });
    const sublayers = ['One', 'Two'].map((name) => {
      const instance = addInstance(bench.host.document, component, name, { x: 200 });
      return bench.node(instance).children[0]!;
    });
    const own = bench.store(png(77));
    // The second instance has a picture of its own: nothing is handed down to it.
    bench.teammate(sublayers[1]!, { fills: [imageFill({ imageHash: own })] });
    const targets = (await bench.select(main, ...sublayers)).map(({ target }) => target);
    for (const target of targets) expect((await bench.place(target, form, RESULT, JOINED)).ok).toBe(true);
    const once = form === 'overlay' ? [bench.store(SOURCE), bench.store(RESULT)] : [bench.store(RESULT)];
    expect(bench.stack(main)).toEqual(once);
    expect(bench.stack(sublayers[0]!)).toEqual(once);
    expect(bench.stack(sublayers[1]!)).toEqual(form === 'overlay' ? [own, bench.store(RESULT)] : [bench.store(RESULT)]);
    // The instance still follows: what is taken off the main component goes from it too.
    await bench.panel.call('result.revert', { nodeId: targets[0]!.nodeId, undo: 'own' });
    expect(bench.stack(sublayers[0]!)).toEqual([bench.store(SOURCE)]);
  });

  it('lies once on a whole instance that shows its main component', async () => {
    const bench = await openBench();
    const component = bench.picture('Card', {}, 'COMPONENT');
    const instance = addInstance(bench.host.document, component, 'One', { x: 200 });
    const targets = (await bench.select(component, instance)).map(({ target }) => target);
    for (const target of targets) expect((await bench.place(target, 'overlay')).ok).toBe(true);
    expect(bench.stack(instance)).toEqual([bench.store(SOURCE), bench.store(RESULT)]);
  });
});

describe('looking at a place', () => {
  const look = async (bench: Bench, target: Target) => {
    const seen = await bench.panel.call('target.look', { target });
    return seen.ok ? seen.value : seen.error;
  };

  it('finds it as it was', async () => {
    const bench = await openBench();
    const [picture] = await bench.select(bench.picture('Portrait'));
    expect(await look(bench, picture!.target)).toEqual({ state: 'same', now: picture });
  });

  it('finds it as it was with a result of ours on it', async () => {
    const bench = await openBench();
    const target = await targetOf(bench, bench.picture('Portrait'));
    await bench.place(target, 'replace');
    expect(await look(bench, target)).toMatchObject({ state: 'same', now: { target, applied: { form: 'replace' } } });
  });

  it('tells where it is now when its fill has moved', async () => {
    const bench = await openBench();
    const id = bench.picture('Portrait');
    const target = await targetOf(bench, id);
    bench.teammate(id, { fills: [solidFill(1, 0, 0), imageFill({ imageHash: target.imageHash })] });
    expect(await look(bench, target)).toMatchObject({ state: 'same', now: { target: { ...target, paintIndex: 1 } } });
  });

  it('tells what another picture is there, so that both can be compared', async () => {
    const bench = await openBench();
    const id = bench.picture('Portrait');
    const target = await targetOf(bench, id);
    const other = bench.store(png(99));
    bench.teammate(id, { fills: [imageFill({ imageHash: other })] });
    expect(await look(bench, target)).toMatchObject({
      state: 'changed',
      now: { target: { ...target, imageHash: other }, size: { width: 8, height: 6 } },
    });
  });

  it.each<readonly [string, (bench: Bench, id: string) => void, string]>([
    ['shows no picture any more', (bench, id) => bench.teammate(id, { fills: [solidFill(1, 0, 0)] }), 'changed'],
    ['has no fills any more', (bench, id) => bench.teammate(id, { fills: [] }), 'changed'],
    ['has become mixed', (bench, id) => bench.teammate(id, { fills: 'mixed' }), 'changed'],
    ['was deleted', (bench, id) => bench.remove(id), 'gone'],
  ])('says so when its layer %s', async (_, happens, state) => {
    const bench = await openBench();
    const id = bench.picture('Portrait');
    const target = await targetOf(bench, id);
    happens(bench, id);
    const before = bench.host.document.tree();
    expect(await look(bench, target)).toEqual({ state, now: null });
    expect(bench.host.document.tree()).toBe(before);
  });

  it('refuses that of another file', async () => {
    const bench = await openBench();
    const target = { ...(await targetOf(bench, bench.picture('Portrait'))), fileId: fileId('other') };
    expect(await look(bench, target)).toEqual({ code: 'layer-elsewhere' });
  });
});

describe('a picture whose layer is lost', () => {
  const read = (bench: Bench, target: Target, anyway: boolean) => bench.panel.call('picture.read', { target, anyway });
  const whole = (bench: Bench) => ({ ok: true, value: { bytes: SOURCE, imageHash: bench.store(SOURCE) } });

  it.each<readonly [string, (bench: Bench, id: string) => void, string]>([
    ['deleted', (bench, id) => bench.remove(id), 'layer-gone'],
    ['filled anew', (bench, id) => bench.teammate(id, { fills: [solidFill(1, 0, 0)] }), 'layer-changed'],
  ])('is read anyway, if that is asked for: %s', async (_, happens, code) => {
    const bench = await openBench();
    const id = bench.picture('Portrait');
    const target = await targetOf(bench, id);
    happens(bench, id);
    expect(await read(bench, target, false)).toEqual({ ok: false, error: { code } });
    expect(await read(bench, target, true)).toEqual(whole(bench));
  });

  it('is missing once the document has let go of it', async () => {
    const bench = await openBench();
    const id = bench.picture('Portrait');
    const target = await targetOf(bench, id);
    bench.remove(id);
    bench.host.faults.missingImages = new Set([target.imageHash]);
    expect(await read(bench, target, true)).toEqual({ ok: false, error: { code: 'picture-missing' } });
  });

  it.each([false, true])('of another file is not read, anyway: %s', async (anyway) => {
    const bench = await openBench();
    const here = await targetOf(bench, bench.picture('Portrait'));
    const elsewhere: FileId = fileId('other');
    expect(await read(bench, { ...here, fileId: elsewhere }, anyway)).toEqual({
      ok: false,
      error: { code: 'layer-elsewhere' },
    });
  });
});
