import { describe, expect, it } from 'vitest';
import type { Studio } from '../../../src/pixels/studio';
import { type RemoteStudio, remoteStudio } from '../../../src/pixels/worker/remoteStudio';
import { serveStudio } from '../../../src/pixels/worker/serveStudio';
import type { FromWorker, ToWorker } from '../../../src/pixels/worker/wire';

interface Wired extends RemoteStudio {
  readonly up: ToWorker[];
  readonly down: { readonly message: FromWorker; readonly transfer: Transferable[] }[];
}

/** Both ends joined in one thread by messages that arrive a turn later, copied as a worker's are. */
function wired(studio: Partial<Studio>): Wired {
  const up: ToWorker[] = [];
  const down: { message: FromWorker; transfer: Transferable[] }[] = [];
  let hearAbove: (message: FromWorker) => void = () => {};
  let hearBelow: (message: ToWorker) => void = () => {};
  serveStudio(
    {
      post: (message, transfer) => {
        // A copy: what is handed over is empty afterwards.
        down.push({ message: structuredClone(message), transfer });
        const copy = structuredClone(message, { transfer: transfer as ArrayBuffer[] });
        setTimeout(() => hearAbove(copy));
      },
      listen: (hear) => {
        hearBelow = hear;
      },
    },
    () => studio as Studio,
  );
  const remote = remoteStudio({
    post: (message) => {
      up.push(message);
      const copy = structuredClone(message);
      setTimeout(() => hearBelow(copy));
    },
    listen: (hear) => {
      hearAbove = hear;
    },
  });
  hearBelow({ kind: 'start', weights: '' });
  return { ...remote, up, down };
}

const never = new AbortController().signal;
const picture = (bytes: Uint8Array, converted: boolean) => ({
  ok: true as const,
  value: {
    id: 7,
    format: 'png' as const,
    size: { width: 1, height: 1 },
    animated: false,
    upload: { bytes, format: 'png' as const, converted },
  },
});

describe('a studio in a worker', () => {
  it('says that it is ready once it has its weights', () => {
    expect(wired({}).down.map(({ message }) => message)).toEqual([{ kind: 'ready' }]);
  });

  it('gives back the very bytes that go out as they are stored, without sending them twice', async () => {
    const bytes = Uint8Array.from([1, 2, 3]);
    const { studio, down } = wired({ open: async (given) => picture(given, false) });
    const answer = await studio.open(bytes, never);
    expect(answer.ok && answer.value.upload.bytes).toBe(bytes);
    expect(JSON.stringify(down.at(-1)!.message)).toContain('"bytes":{}');
    expect(bytes).toHaveLength(3);
  });

  it('hands converted and encoded bytes over instead of copying them', async () => {
    const made = new Uint8Array(1000).fill(5);
    const { studio, down } = wired({
      open: async () => picture(made, true),
      encode: async () => ({
        ok: true,
        value: { bytes: new Uint8Array(9), format: 'png', size: { width: 1, height: 1 }, scale: 1 },
      }),
    });
    const opened = await studio.open(new Uint8Array(4), never);
    expect(opened.ok && opened.value.upload.bytes).toHaveLength(1000);
    expect(made).toHaveLength(0);
    const encoded = await studio.encode(7, 'overlay', [], never);
    expect(encoded.ok && encoded.value.bytes).toHaveLength(9);
    expect(down.at(-1)!.transfer).toHaveLength(1);
  });

  it('stops at once when it is called off, and the worker hears of it', async () => {
    let heard = false;
    const { studio } = wired({
      faces: (_id, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            heard = true;
            reject(signal.reason);
          });
        }),
    });
    const abort = new AbortController();
    const asked = studio.faces(1, abort.signal);
    setTimeout(() => abort.abort());
    await expect(asked).rejects.toThrow(/abort/i);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(heard).toBe(true);
  });

  it('does not even ask when it was called off before', async () => {
    const { studio, up } = wired({});
    const abort = new AbortController();
    abort.abort();
    await expect(studio.faces(1, abort.signal)).rejects.toThrow(/abort/i);
    expect(up).toEqual([]);
  });

  it('passes a bug on by its name and words', async () => {
    const { studio } = wired({
      faces: () => {
        throw new RangeError('No open picture 3');
      },
    });
    await expect(studio.faces(3, never)).rejects.toThrow(/No open picture 3/);
  });

  it('rejects what waits, and whatever comes, when the worker dies', async () => {
    const { studio, lost } = wired({ faces: () => new Promise(() => {}) });
    const asked = studio.faces(1, never);
    lost('out of memory');
    await expect(asked).rejects.toThrow(/out of memory/);
    await expect(studio.bitmap(1, 100)).rejects.toThrow(/out of memory/);
  });

  it('closes a picture there', async () => {
    const closed: number[] = [];
    const { studio } = wired({ close: (id) => void closed.push(id) });
    studio.close(5);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(closed).toEqual([5]);
  });
});
