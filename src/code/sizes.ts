/** Sizes of stored pictures, which Figma may have to download first: a report of the selection does not wait for long. */
import type { Size } from '../core/price';
import type { Gate } from './gate';

export interface Sizes {
  /** Pixels of the stored picture; null while Figma has not said. */
  of(hash: string): Promise<Size | null>;
}

/** Milliseconds that a report waits for a size. */
const PATIENCE = 1000;

/** Keeps the sizes it has learned. `onLate` is called when one arrives after its report was given. */
export function createSizes(gate: Gate, onLate: () => void): Sizes {
  const known = new Map<string, Size>();
  const asked = new Map<string, Promise<Size | null>>();

  const ask = async (hash: string): Promise<Size | null> => {
    const image = figma.getImageByHash(hash);
    if (image === null) return null;
    try {
      const { width, height } = await gate(() => image.getSizeAsync());
      known.set(hash, { width, height });
      return { width, height };
    } catch {
      // Not loadable now: the next report asks again.
      return null;
    } finally {
      asked.delete(hash);
    }
  };

  const patiently = (answer: Promise<Size | null>): Promise<Size | null> =>
    new Promise((resolve) => {
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        resolve(null);
      }, PATIENCE);
      void answer.then((size) => {
        clearTimeout(timer);
        resolve(size);
        if (late && size !== null) onLate();
      });
    });

  return {
    async of(hash) {
      const size = known.get(hash);
      if (size !== undefined) return size;
      const answer = asked.get(hash) ?? ask(hash);
      if (!known.has(hash)) asked.set(hash, answer);
      return patiently(answer);
    },
  };
}
