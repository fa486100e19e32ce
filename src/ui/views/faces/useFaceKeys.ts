/** Goes from face to face by keys, as Figma goes from frame to frame: N to the next one, Shift+N to the one before. */
import { useKeys } from '../../parts/stage/hooks';

/** `shown`: the one looked at now, or null; after the last comes the first again. */
export function useFaceKeys(count: number, shown: number | null, look: (face: number) => void): void {
  useKeys(({ key, shiftKey }) => {
    if (key.toLowerCase() !== 'n' || count === 0) return false;
    if (shiftKey) look(((shown ?? 0) + count - 1) % count);
    else look(shown === null ? 0 : (shown + 1) % count);
    return true;
  });
}
