/** Jobs that are cancelled, and one whose answer is lost on purpose. At most a credit each; none where cancelling is free. */
import {
  type Account,
  accountOf,
  cancel,
  FACE_FIELDS,
  FACES,
  giveUp,
  type Offer,
  offer,
  type Probe,
  phaseOf,
  watch,
} from './job';
import type { QuestionId } from './questions';
import { jsonOf, memberOf, said } from './service';

export async function askStops(probe: Probe): Promise<void> {
  await cancelAtOnce(probe);
  await cancelRunning(probe);
  await dropAnswer(probe);
}

async function cancelAtOnce(probe: Probe): Promise<void> {
  const { sheet, pictures } = probe;
  const before = await accountOf(probe);
  const send = (chunked: boolean): Promise<Offer> =>
    offer(probe, FACES, FACE_FIELDS, { ...pictures.face, name: probe.newTag('Probe stop', 'jpeg') }, { chunked });
  let offered = await send(true);
  sheet.answer(
    'chunked',
    offered.kind === 'taken'
      ? 'Yes.'
      : offered.kind === 'refused'
        ? `No: ${said(offered.heard)}.`
        : `Open: ${offered.kind === 'open' ? said(offered.heard) : 'not asked'}.`,
    'Only a relay that does not know the length would send so; ours does.',
  );
  // A refusal is certain: nothing was taken, so this is no second try of a lost one.
  if (offered.kind === 'refused') offered = await send(false);
  if (offered.kind !== 'taken') return giveUp(probe, ['cancel-pending'], offered);
  await tellCancelled(probe, 'cancel-pending', offered.id, before);
}

async function cancelRunning(probe: Probe): Promise<void> {
  const { pictures } = probe;
  const before = await accountOf(probe);
  const name = probe.newTag('Probe stop late', 'jpeg');
  const offered = await offer(probe, FACES, FACE_FIELDS, { ...pictures.face, name });
  if (offered.kind !== 'taken') return giveUp(probe, ['cancel-running'], offered);
  await watch(
    probe,
    offered.id,
    () => undefined,
    (status) => phaseOf(status) === 'Processing',
  );
  await tellCancelled(probe, 'cancel-running', offered.id, before);
}

async function tellCancelled(probe: Probe, question: QuestionId, id: string, before: Account | null): Promise<void> {
  const { service, sheet } = probe;
  const heard = await cancel(probe, id);
  const status = await watch(probe, id, () => undefined);
  await service.sleep(service.pace.rest);
  const after = await accountOf(probe);
  const spent = before !== null && after !== null ? before.total - after.total : null;
  const charge =
    spent === null ? 'the account could not be read' : spent === 0 ? 'nothing was charged' : `${spent} charged`;
  const as = phaseOf(status);
  sheet.answer(
    question,
    `${said(heard)}, then ${as}; ${charge}.`,
    as === 'Completed'
      ? 'Too late is said so, and the result delivered.'
      : spent === 0
        ? '“Cancelled. Nothing was charged.” is true.'
        : 'Mend the sentence of a cancellation (src/core/words/sentences) and the ledger.',
  );
}

/** Looks after the drop: seconds, at the usual pace. */
const LOOKS = [0, 1, 3, 8, 20, 45, 90, 120];

async function dropAnswer(probe: Probe): Promise<void> {
  const { service, sheet, pictures } = probe;
  const tag = probe.newTag('Probe dropped', 'jpeg');
  const offered = await offer(probe, FACES, FACE_FIELDS, { ...pictures.face, name: tag }, { drop: true });
  if (offered.kind === 'withheld') return giveUp(probe, ['dropped', 'dropped-lag'], offered);
  const began = performance.now();
  for (const at of LOOKS) {
    await service.sleep(Math.max(0, at * service.pace.look - (performance.now() - began)));
    const entries = memberOf(jsonOf(await service.api('GET', '/image/v1/status?paginated=true&limit=100')), 'data');
    const found = Array.isArray(entries) ? entries.find((entry) => memberOf(entry, 'filename') === tag) : undefined;
    const id = memberOf(found, 'process_id');
    if (typeof id !== 'string') continue;
    probe.started.push(id);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    const stopped = await cancel(probe, id);
    sheet.answer(
      'dropped',
      `Yes; then cancelled: ${said(stopped)}.`,
      'A lost answer may be a paid job: it is looked up, never sent again blindly.',
    );
    sheet.answer('dropped-lag', `${seconds} s.`, 'Within the grace of 120 s.');
    return;
  }
  sheet.answer(
    'dropped',
    `Not under its name within ${(LOOKS.at(-1)! * service.pace.look) / 1000} s.`,
    'Look at the account’s list by hand: it may have come without its name.',
  );
  sheet.answer('dropped-lag', 'It did not turn up.', 'Nothing to change.');
}
