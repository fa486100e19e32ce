/**
 * `npm run bench:faces`: recall, false alarms and time of the face detector, on photographs as they are and damaged.
 *   --chromium      the same in a Chromium page
 *   --plain         without WebAssembly
 *   --float         with the model's own weights instead of int8
 *   --cuts N        every Nth of the cut-out portraits and faces (default 6; 1 = all; 0 = none)
 *   --only a,b      these damages only, such as "orig,1/4"
 *   --details       each miss and each false alarm at the detector's own threshold
 */
import { THRESHOLD } from '../src/pixels/detect/detect';
import type { Face } from '../src/pixels/face';
import type { Box } from '../src/pixels/image';
import { DAMAGES } from './faces/damage';
import { chromiumFinder, nodeFinder } from './faces/finder';
import { loadPhotos, type Photo } from './faces/photos';
import { count, emptyTally, type Tally } from './faces/tally';

const KINDS: readonly Photo['kind'][] = ['photo', 'portrait', 'tight', 'faceless'];
/** False alarms a picture at which detectors are compared. */
const COMPARED = 0.1;

interface Answer {
  readonly damage: string;
  readonly photo: Photo;
  /** Scored `COLLECTED` and more. */
  readonly faces: readonly Face[];
  readonly truth: readonly Box[];
  readonly ignored: readonly Box[];
  readonly milliseconds: number;
}

async function main(words: readonly string[]): Promise<void> {
  const has = (word: string): boolean => words.includes(word);
  const after = (word: string): string | undefined => (has(word) ? words[words.indexOf(word) + 1] : undefined);
  const arithmetic = has('--plain') ? 'plain' : 'best';
  const finder = has('--chromium')
    ? await chromiumFinder(arithmetic)
    : await nodeFinder(has('--float') ? 'float32' : 'int8', arithmetic);
  const { photos, source } = await loadPhotos();
  const chosen = thinned(photos, Number(after('--cuts') ?? 6));
  const only = after('--only')?.split(',');
  const damages = DAMAGES.filter(({ name }) => only === undefined || only.includes(name));
  console.log(
    `${finder.name}\n${chosen.length} pictures from ${source}, cuts included, each in ${damages.length} ways`,
  );

  const answers: Answer[] = [];
  console.log(heading(`the detector's own threshold, ${THRESHOLD}`));
  for (const damage of damages) {
    const row: Answer[] = [];
    for (const photo of chosen) {
      const image = damage.image(photo.image);
      const place = (box: Box): Box => damage.box(box, photo.image);
      const { faces, milliseconds } = await finder.find(image);
      const [truth, ignored] = [photo.faces.map(place), photo.ignored.map(place)];
      row.push({ damage: damage.name, photo, faces, truth, ignored, milliseconds });
    }
    if (has('--details')) for (const answer of row) tell(answer);
    console.log(damage.name.padEnd(9) + columns(row, THRESHOLD));
    answers.push(...row);
  }
  console.log('all'.padEnd(9) + columns(answers, THRESHOLD));

  const threshold = thresholdFor(answers, COMPARED * answers.length);
  console.log(
    heading(`a threshold of ${threshold.toFixed(3)}, which gives ${COMPARED} false alarms a picture over all`),
  );
  for (const { name } of damages) {
    const row = answers.filter(({ damage }) => damage === name);
    console.log(name.padEnd(9) + columns(row, threshold));
  }
  const slowest = Math.max(...answers.map(({ milliseconds }) => milliseconds));
  console.log(`\nall together: ${line(tallied(answers, threshold))} ms, slowest picture ${slowest.toFixed(0)} ms`);
  await finder.close();
}

const heading = (what: string): string =>
  `\nAt ${what}:\n${' '.repeat(9)}${KINDS.map((kind) => kind.padEnd(30)).join('')}\n${' '.repeat(9)}${KINDS.map(() =>
    'found  IoU false/pic  ms'.padEnd(30),
  ).join('')}`;

const columns = (answers: readonly Answer[], threshold: number): string =>
  KINDS.map((kind) =>
    line(
      tallied(
        answers.filter(({ photo }) => photo.kind === kind),
        threshold,
      ),
    ).padEnd(30),
  ).join('');

function tallied(answers: readonly Answer[], threshold: number): Tally {
  const tally = emptyTally();
  for (const { faces, truth, ignored, milliseconds } of answers) {
    const reported = faces.filter(({ score }) => score >= threshold);
    count(tally, reported, truth, ignored, milliseconds);
  }
  return tally;
}

/** The lowest threshold that gives at most so many false alarms. */
function thresholdFor(answers: readonly Answer[], alarms: number): number {
  const scores = answers.flatMap(({ faces, truth, ignored }) =>
    count(emptyTally(), faces, truth, ignored, 0).invented.map(({ score }) => score),
  );
  return (scores.sort((a, b) => b - a)[Math.floor(alarms)] ?? 0) + 1e-6;
}

function tell({ damage, photo, faces, truth, ignored }: Answer): void {
  const reported = faces.filter(({ score }) => score >= THRESHOLD);
  const { missed, invented } = count(emptyTally(), reported, truth, ignored, 0);
  const round = (box: Box): string => Object.values(box).map(Math.round).join(', ');
  for (const box of missed) console.log(`  ${damage}: missed in ${photo.name}: ${round(box)}`);
  for (const { score, box } of invented) {
    console.log(`  ${damage}: false in ${photo.name}: ${score.toFixed(2)} at ${round(box)}`);
  }
}

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
