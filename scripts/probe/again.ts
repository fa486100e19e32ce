/** The same picture again, a picture without a face, and reference pictures. Costs a credit for each that runs to its end. */
import { decodePicture } from '../../engine/picture/decode';
import type { RgbaImage } from '../../src/pixels/image';
import { accountOf, cancel, FACE_FIELDS, FACES, giveUp, offer, type Probe, phaseOf, statusOf, watch } from './job';
import { difference } from './pixels';
import type { Portrait } from './portrait';
import { isGood, jsonOf, memberOf, said } from './service';

export async function askAgain(probe: Probe, portrait: Portrait | null): Promise<void> {
  if (portrait !== null) await sendAgain(probe, portrait);
  await withoutFace(probe);
  if (portrait?.inputLink != null) await referenceLink(probe, portrait, portrait.inputLink);
  else probe.sheet.answer('reference-link', 'Not asked: there is no link to a picture.', OPEN);
  await referenceData(probe);
}

const OPEN = 'Still open: the client works either way.';

async function sendAgain(probe: Probe, portrait: Portrait): Promise<void> {
  const { sheet, pictures } = probe;
  const offered = await offer(probe, FACES, FACE_FIELDS, { ...pictures.face, name: portrait.tag });
  if (offered.kind !== 'taken') return giveUp(probe, ['resend', 'same-seed'], offered);
  const same = offered.id === portrait.id;
  sheet.answer(
    'resend',
    same ? 'No: the same job is answered.' : 'Yes: another job.',
    same ? 'A lost submit could simply be sent again.' : 'A submit is never sent twice blindly: as now.',
  );
  const other = await resultOf(probe, offered.id);
  const first = portrait.result === null ? null : await pixelsOf(portrait.result);
  if (other === null || first === null) {
    sheet.answer('same-seed', 'One of the two results is missing.', OPEN);
    return;
  }
  const bytes = Buffer.compare(other, portrait.result as Uint8Array) === 0;
  const second = await pixelsOf(other);
  const apart = second === null ? 'the second cannot be decoded' : difference(first, second);
  sheet.answer(
    'same-seed',
    bytes ? 'Yes, byte for byte.' : `${apart}.`,
    bytes
      ? 'The same work is rightly free.'
      : 'Where this is more than nothing, say in the panel that a repeat looks a little different.',
  );
}

async function withoutFace(probe: Probe): Promise<void> {
  const { sheet, pictures } = probe;
  const before = await accountOf(probe);
  const name = probe.newTag('Probe coffee', 'png');
  const offered = await offer(probe, FACES, FACE_FIELDS, { ...pictures.coffee, name });
  if (offered.kind !== 'taken') {
    const means = 'A picture without a face costs nothing: the warning before sending can go.';
    if (offered.kind === 'refused') sheet.answer('no-face', `Refused: ${said(offered.heard)}.`, means);
    return giveUp(probe, ['no-face', 'no-face-charge'], offered);
  }
  const status = await watch(probe, offered.id, () => undefined);
  const result = phaseOf(status) === 'Completed' ? await resultOf(probe, offered.id) : null;
  const image = result === null ? null : await pixelsOf(result);
  const original = await pixelsOf(pictures.coffee.bytes);
  const changed = image === null || original === null ? '' : `: ${difference(original, image)}`;
  sheet.answer('no-face', `${phaseOf(status)}${changed}.`, 'The client sends none unless the user insists.');
  const after = await accountOf(probe);
  const spent = before !== null && after !== null ? before.total - after.total : null;
  sheet.answer(
    'no-face-charge',
    `The status says ${String(memberOf(status, 'credits'))}; the account went down by ${spent ?? 'an unknown number'}.`,
    spent === 0 ? 'The warning may say that it is free.' : 'The warning is right as it is.',
  );
}

async function referenceLink(probe: Probe, portrait: Portrait, link: string): Promise<void> {
  const { sheet, pictures } = probe;
  const name = probe.newTag('Probe reference', 'jpeg');
  const offered = await offer(probe, FACES, { ...FACE_FIELDS, reference_uri: link }, { ...pictures.face, name });
  if (offered.kind !== 'taken') return giveUp(probe, ['reference-link'], offered);
  const status = await watch(probe, offered.id, () => undefined);
  const result = phaseOf(status) === 'Completed' ? await resultOf(probe, offered.id) : null;
  const [with_, without] = await Promise.all(
    [result, portrait.result].map((bytes) => (bytes === null ? null : pixelsOf(bytes))),
  );
  const apart = with_ == null || without == null ? 'no result to compare' : difference(without, with_);
  sheet.answer(
    'reference-link',
    `${phaseOf(status)}; beside the result without it: ${apart}.`,
    'Where that is as good as nothing, a reference has no effect: hide it (src/ui/views).',
  );
}

async function referenceData(probe: Probe): Promise<void> {
  const { sheet, pictures } = probe;
  const { type, bytes } = pictures.turned;
  const address = `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
  const name = probe.newTag('Probe data', 'jpeg');
  const offered = await offer(probe, FACES, { ...FACE_FIELDS, reference_uri: address }, { ...pictures.face, name });
  if (offered.kind !== 'taken') return giveUp(probe, ['reference-data'], offered);
  const status = await statusOf(probe, offered.id);
  const stopped = await cancel(probe, offered.id);
  sheet.answer(
    'reference-data',
    `Taken (${phaseOf(status)}), then cancelled: ${said(stopped)}. Whether it has an effect is not said.`,
    'If it has one, a picture of the file could be the reference (src/core/parameters.ts).',
  );
}

/** Waits for the job's end. Null when there is no result to be had. */
async function resultOf(probe: Probe, id: string): Promise<Uint8Array | null> {
  const { service } = probe;
  await watch(probe, id, () => undefined);
  const link = memberOf(jsonOf(await service.api('GET', `/image/v1/download/${id}`)), 'download_url');
  if (typeof link !== 'string' || !URL.canParse(link)) return null;
  const got = await service.link('GET', link);
  return isGood(got) ? got.bytes : null;
}

async function pixelsOf(bytes: Uint8Array): Promise<RgbaImage | null> {
  const decoded = await decodePicture(bytes);
  return decoded.ok ? decoded.value.image : null;
}
