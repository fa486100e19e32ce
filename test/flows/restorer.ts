/** A restorer for stories about everything but the restoring: brightens one oval, and waits when it is told to. */
import { Cancelled, type Restorer } from '../../engine/restorer';
import type { Box } from '../../src/pixels/image';

export interface HeldRestorer {
  readonly restorer: Restorer;
  /** Jobs started from now on wait until `release`. */
  hold(): void;
  release(): void;
}

/** `face` in pixels of the pictures that are sent. */
export function brighten(face: Box): HeldRestorer {
  let held = false;
  const restorer: Restorer = {
    kind: 'Test: brightens an oval',
    async restore({ picture, scale }, { onProgress, isCancelled }) {
      if (scale !== 1) throw new Error('Only for results of the input size');
      while (held) {
        if (isCancelled()) throw new Cancelled();
        onProgress(0.5);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      const { width, height, data } = picture.image;
      const out = new Uint8ClampedArray(data);
      for (let pixel = 0; pixel < width * height; pixel += 1) {
        const across = ((pixel % width) - face.x - face.width / 2) / (face.width / 2);
        const down = (Math.floor(pixel / width) - face.y - face.height / 2) / (face.height / 2);
        const lift = 40 * Math.max(0, 1 - across * across - down * down);
        for (let channel = pixel * 4; channel < pixel * 4 + 3; channel += 1) out[channel]! += lift;
      }
      return { image: { width, height, data: out }, faces: 1 };
    },
  };
  return {
    restorer,
    hold: () => {
      held = true;
    },
    release: () => {
      held = false;
    },
  };
}
