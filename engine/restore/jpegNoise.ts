/** What a JPEG's tables mean as noise: how far its pixels are, on average, from those that were stored. */
import type { JpegTables } from '../picture/jpegTables';

/**
 * Deviations for luma and the two colour differences, of 255. Foi, Katkovnik, Egiazarian, "Pointwise shape-adaptive
 * DCT", IEEE TIP 2007: sigma squared = 0.69 q^1.3, where q is the mean of the nine lowest entries of the table.
 */
export function jpegNoise(tables: JpegTables): readonly [number, number, number] {
  const sigma = (table: readonly number[]): number => {
    const lowest = [0, 1, 2, 8, 9, 10, 16, 17, 18];
    const mean = lowest.reduce((sum, at) => sum + table[at]!, 0) / lowest.length;
    return mean <= 1 ? 0 : Math.sqrt(0.69 * mean ** 1.3);
  };
  const chroma = sigma(tables.chroma);
  return [sigma(tables.luma), chroma, chroma];
}
