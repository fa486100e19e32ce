// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, test } from 'vitest';
import { Bitmap } from '../../../src/ui/parts/bitmap';
import { Thumbnail } from '../../../src/ui/parts/thumbnail';
import { settled } from '../fakes/session';

afterEach(cleanup);

/** Bitmaps that are made when the test says so. */
function workshop() {
  const asked: string[] = [];
  const open: ((width: number) => void)[] = [];
  let closed = 0;
  const load = (of: string) => () => {
    asked.push(of);
    return new Promise<ImageBitmap>((resolve) => {
      open.push((width) => resolve({ width, height: 10, close: () => closed++ }));
    });
  };
  return {
    asked,
    load,
    waiting: () => open.length,
    finish: (width: number) => open.shift()?.(width),
    closed: () => closed,
  };
}

describe('a bitmap', () => {
  test('it is drawn in its own size and closed', async () => {
    const made = workshop();
    render(<Bitmap of="a" load={made.load('a')} alt="Before" />);
    made.finish(40);
    await settled();
    expect(screen.getByRole<HTMLCanvasElement>('img', { name: 'Before' }).width).toBe(40);
    expect(made.closed()).toBe(1);
  });

  test('while one is being made only the last wish is kept', async () => {
    const made = workshop();
    const { rerender } = render(<Bitmap of="a" load={made.load('a')} alt="x" />);
    await settled();
    for (const of of ['b', 'c', 'd']) {
      rerender(<Bitmap of={of} load={made.load(of)} alt="x" />);
      await settled();
    }
    made.finish(1);
    await settled();
    made.finish(2);
    await settled();
    expect(made.asked).toEqual(['a', 'd']);
    expect(screen.getByRole<HTMLCanvasElement>('img').width).toBe(2);
  });

  test('drawing the same thing again asks for nothing', async () => {
    const made = workshop();
    const { rerender } = render(<Bitmap of="a" load={made.load('a')} alt="x" />);
    made.finish(1);
    await settled();
    rerender(<Bitmap of="a" load={made.load('a again')} alt="x" />);
    await settled();
    expect(made.asked).toEqual(['a']);
  });

  test('one that cannot be made leaves a gap, and the next one is made', async () => {
    const made = workshop();
    const { rerender } = render(<Bitmap of="a" load={() => Promise.reject(new Error('let go'))} alt="x" />);
    await settled();
    rerender(<Bitmap of="b" load={made.load('b')} alt="x" />);
    made.finish(3);
    await settled();
    expect(screen.getByRole<HTMLCanvasElement>('img').width).toBe(3);
  });

  test('one that is wished for while another fails is made', async () => {
    const made = workshop();
    let fail = (): void => undefined;
    const failing = () => new Promise<ImageBitmap>((_, reject) => (fail = () => reject(new Error('let go'))));
    const { rerender } = render(<Bitmap of="a" load={failing} alt="x" />);
    await settled();
    rerender(<Bitmap of="b" load={made.load('b')} alt="x" />);
    await settled();
    fail();
    await settled();
    made.finish(3);
    await settled();
    expect(screen.getByRole<HTMLCanvasElement>('img').width).toBe(3);
  });

  test('one that is wished for in the very moment the last one is done is made', async () => {
    const made = workshop();
    const { rerender } = render(<Bitmap of="a" load={made.load('a')} alt="x" />);
    await settled();
    made.finish(1);
    // A few turns of the promises at a time: nowhere between them a wish may be lost.
    for (let turn = 0; turn < 6; turn++) {
      rerender(<Bitmap of={`b${turn}`} load={made.load(`b${turn}`)} alt="x" />);
      await Promise.resolve();
    }
    await settled();
    while (made.waiting() > 0) {
      made.finish(3);
      await settled();
    }
    expect(made.asked.at(-1)).toBe('b5');
  });
});

describe('a thumbnail', () => {
  test('its address is let go when the bytes change', async () => {
    const let_go: string[] = [];
    const original = URL.revokeObjectURL;
    URL.revokeObjectURL = (address) => {
      let_go.push(address);
    };
    const { rerender } = render(<Thumbnail bytes={new Uint8Array([1])} alt="A" />);
    const first = (await screen.findByRole<HTMLImageElement>('img')).src;
    rerender(<Thumbnail bytes={new Uint8Array([2])} alt="A" />);
    await settled();
    URL.revokeObjectURL = original;
    expect(let_go).toEqual([first]);
  });

  test('without bytes there is an empty frame', () => {
    render(<Thumbnail bytes={new Uint8Array()} alt="A" />);
    expect(screen.queryByRole('img')).toBeNull();
  });
});
