/** What the service takes in: numbers and models that do not exist, other formats, sizes. What is taken is cancelled at once. */
import {
  cancel,
  ENHANCE,
  FACE_FIELDS,
  FACES,
  isOver,
  type Offer,
  offer,
  type Picture,
  type Probe,
  phaseOf,
  statusOf,
  whyNot,
} from './job';
import { memberOf, said } from './service';

export async function askTakes(probe: Probe): Promise<void> {
  const { sheet, pictures } = probe;
  const open = 'Refused here too, before it is sent.';
  const number = await look(probe, FACES, { ...FACE_FIELDS, strength: '7' }, pictures.face);
  sheet.answer('bad-number', number.words, 'The client keeps every number within its range.');
  const model = await look(probe, FACES, { ...FACE_FIELDS, model: 'NoSuchModel' }, pictures.face);
  sheet.answer(
    'bad-model',
    model.words,
    model.status === null
      ? 'A renamed model would be noticed.'
      : 'A renamed model would cost credits for nothing: check `model` in the status after each submit.',
  );
  const webp = await look(probe, FACES, FACE_FIELDS, pictures.webp);
  sheet.answer(
    'webp',
    webp.words,
    webp.status === null ? 'WebP is turned into PNG before sending, as now.' : 'WebP could be sent as it is.',
  );
  const dot = await look(probe, FACES, FACE_FIELDS, pictures.dot);
  sheet.answer('one-pixel', dot.words, dot.status === null ? open : 'Nothing to change: such a picture has no face.');
  const turned = await look(probe, FACES, FACE_FIELDS, pictures.turned);
  sheet.answer(
    'turned',
    turned.status === null ? turned.words : `${uprightWords(turned.status, pictures.turned)} ${turned.words}`,
    'The client sends turned JPEGs upright, whichever it is.',
  );
  const fields = {
    model: 'Standard V2',
    output_width: '600',
    output_height: '703',
    face_enhancement: 'false',
    output_format: 'png',
  };
  const enhanced = await look(probe, ENHANCE, fields, pictures.face);
  const size = `${String(memberOf(enhanced.status, 'output_width'))} x ${String(memberOf(enhanced.status, 'output_height'))}, ${String(memberOf(enhanced.status, 'credits'))} credits.`;
  sheet.answer(
    'enhance',
    enhanced.status === null ? enhanced.words : `Yes: ${size} ${enhanced.words}`,
    enhanced.status === null
      ? 'Hide “Also enhance the picture” until its fields are mended (src/core/enhance.ts).'
      : 'As needed, if the size is 600 x 703.',
  );
}

interface Looked {
  readonly words: string;
  /** Null unless it was taken. */
  readonly status: unknown;
}

async function look(
  probe: Probe,
  path: string,
  fields: Readonly<Record<string, string>>,
  picture: Picture,
): Promise<Looked> {
  const format = picture.type === 'image/jpeg' ? 'jpeg' : 'png';
  const offered: Offer = await offer(probe, path, fields, { ...picture, name: probe.newTag('Probe', format) });
  if (offered.kind !== 'taken') return { words: whyNot(offered), status: null };
  const stopped = await cancel(probe, offered.id);
  const status = await statusOf(probe, offered.id);
  const end = isOver(status) ? phaseOf(status) : `${phaseOf(status)} still`;
  return { words: `Taken, then cancelled: ${said(stopped)}, ${end}.`, status: offered.status ?? null };
}

function uprightWords(status: unknown, { width, height }: Picture): string {
  const told = [memberOf(status, 'input_width'), memberOf(status, 'input_height')];
  if (told[0] === height && told[1] === width) return 'Yes.';
  if (told[0] === width && told[1] === height) return 'No: it keeps the stored sides.';
  return `It says ${told.join(' x ')}.`;
}
