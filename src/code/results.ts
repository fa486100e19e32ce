/** Finds every layer that carries a result of ours, copies included: on the open page, or on all pages. Reads only. */
import type { PluginError } from '../core/errors';
import type { FileId } from '../core/ids';
import { ok, type Result } from '../core/result';
import { MOST_PICTURES, type PlacedResult, type ResultsReport } from '../protocol/selection';
import { attemptAsync } from './errors';
import { type FilledLayer, isFilled } from './layers';
import { RESULTS } from './marks';
import { picturesOf, type Reading, startReading } from './readLayer';

/**
 * 'file' loads every page, which may take seconds; 'page' says how many were not read. At most `MOST_PICTURES`, the
 * others are counted.
 */
export async function findResults(
  scope: 'page' | 'file',
  here: FileId,
  sizeOf: Reading['sizeOf'],
): Promise<Result<ResultsReport, PluginError>> {
  return attemptAsync(async () => {
    const all = figma.root.children;
    const pages = scope === 'page' ? [figma.currentPage] : all;
    const reading = startReading(here, sizeOf);
    const found: PlacedResult[] = [];
    let leftOut = 0;
    for (const page of pages) {
      await page.loadAsync();
      for (const layer of carriers(page)) {
        const placed = (await picturesOf(layer, reading)).filter(({ applied }) => applied !== null);
        for (const picture of placed) {
          if (found.length < MOST_PICTURES) found.push({ ...picture, pageName: page.name });
          else leftOut += 1;
        }
      }
    }
    return ok({ results: found, leftOut, unread: all.length - pages.length });
  });
}

/** Figma finds layers by what a plugin has written on them, without reading the others. */
function carriers(page: PageNode): readonly FilledLayer[] {
  return page.findAllWithCriteria({ pluginData: { keys: [RESULTS] } }).filter(isFilled);
}
