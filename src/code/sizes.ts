/** Sizes of stored pictures, which Figma may have to download first: a report of the selection does not wait for long. */
import type { Size } from '../core/money/price';
import type { Gate } from './gate';

export interface Sizes {
  /** Pixels of the stored picture; null while Figma has not said. `onLate`: called when it says so after all. */
  of(hash: string, onLate?: () => void): Promise<Size | null>;
}

/** A report may ask for hundreds of sizes; the reading of a picture's bytes does not queue behind them. */
export const SIZES_AT_ONCE = 6;

/** Milliseconds that a report waits for a size. */
const PATIENCE = 1000;

/** Keeps the sizes it has learned. */
export function createSizes(gate: Gate): Sizes {
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

  const patiently = (answer: Promise<Size | null>, onLate: () => void): Promise<Size | null> =>
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
    async of(hash, onLate = () => undefined) {
      const size = known.get(hash);
      if (size !== undefined) return size;
      const answer = asked.get(hash) ?? ask(hash);
      if (!known.has(hash)) asked.set(hash, answer);
      return patiently(answer, onLate);
    },
  };
}
