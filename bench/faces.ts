/**
 * `npm run bench:faces`: recall, false alarms and time of the face detector, on photographs as they are and damaged.
 *   --chromium      the same in a Chromium page
 *   --plain         without WebAssembly
 *   --float         with the model's own weights instead of int8
 *   --cuts N        every Nth of the cut-out portraits and faces (default 4; 1 = all; 0 = none)
 *   --only a,b      these damages only, such as "orig,1/4"
 *   --details       each miss and each false alarm
 */
import { DAMAGES } from './faces/damage';
import { chromiumFinder, nodeFinder } from './faces/finder';
import { loadPhotos, type Photo } from './faces/photos';
import { count, emptyTally, type Tally } from './faces/tally';

const KINDS: readonly Photo['kind'][] = ['photo', 'portrait', 'tight', 'faceless'];

async function main(words: readonly string[]): Promise<void> {
  const has = (word: string): boolean => words.includes(word);
  const after = (word: string): string | undefined => (has(word) ? words[words.indexOf(word) + 1] : undefined);
  const arithmetic = has('--plain') ? 'plain' : 'best';
  const finder = has('--chromium')
    ? await chromiumFinder(arithmetic)
    : await nodeFinder(has('--float') ? 'float32' : 'int8', arithmetic);
  const { photos, source } = await loadPhotos();
  const chosen = thinned(photos, Number(after('--cuts') ?? 4));
  const only = after('--only')?.split(',');
  console.log(`${finder.name}\n${chosen.length} pictures from ${source}, cuts included`);
  console.log(`\n${'damage'.padEnd(9)}${KINDS.map((kind) => kind.padEnd(30)).join('')}`);
  console.log(' '.repeat(9) + KINDS.map(() => 'found  IoU false/pic  ms'.padEnd(30)).join(''));
  const all = emptyTally();
  for (const damage of DAMAGES) {
    if (only !== undefined && !only.includes(damage.name)) continue;
    const tallies = new Map(KINDS.map((kind) => [kind, emptyTally()]));
    for (const photo of chosen) {
      const image = damage.image(photo.image);
      const place = (box: (typeof photo.faces)[number]) => damage.box(box, photo.image);
      const { faces, milliseconds } = await finder.find(image);
      const truth = photo.faces.map(place);
      const ignored = photo.ignored.map(place);
      count(all, faces, truth, ignored, milliseconds);
      const { missed, invented } = count(tallies.get(photo.kind)!, faces, truth, ignored, milliseconds);
      if (!has('--details')) continue;
      for (const box of missed) console.log(`  missed in ${photo.name}: ${round(Object.values(box))}`);
      for (const face of invented) {
        console.log(`  false in ${photo.name}: ${face.score.toFixed(2)} at ${round(Object.values(face.box))}`);
      }
    }
    console.log(damage.name.padEnd(9) + KINDS.map((kind) => line(tallies.get(kind)!).padEnd(30)).join(''));
  }
  console.log(`\nall      ${line(all)}`);
  await finder.close();
}

const round = (values: readonly number[]): string => values.map(Math.round).join(', ');

/** All whole photographs, and every nth cut of each kind. */
function thinned(photos: readonly Photo[], nth: number): Photo[] {
  const seen = new Map<Photo['kind'], number>();
  return photos.filter(({ kind }) => {
    if (kind === 'photo' || kind === 'faceless') return true;
    const index = seen.get(kind) ?? 0;
    seen.set(kind, index + 1);
    return nth > 0 && index % nth === 0;
  });
}

function line(tally: Tally): string {
  if (tally.pictures === 0) return '-';
  const found = tally.faces === 0 ? '   -' : `${Math.round((100 * tally.found) / tally.faces)}%`.padStart(4);
  const overlap = tally.found === 0 ? '   -' : (tally.overlap / tally.found).toFixed(2);
  const alarms = (tally.falseAlarms / tally.pictures).toFixed(2);
  const worst = tally.falseAlarms === 0 ? '      ' : `(${tally.worst.toFixed(2)})`;
  return `${found} ${overlap} ${alarms} ${worst} ${(tally.milliseconds / tally.pictures).toFixed(0).padStart(4)}`;
}

await main(process.argv.slice(2));
