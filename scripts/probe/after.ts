/** What is left of a deleted job, and what the probe has cost. Costs nothing. */
import { type Account, accountOf, accountWords, type Probe, phaseOf, statusOf } from './job';
import { said } from './service';

export async function askAfter(probe: Probe, before: Account | null): Promise<void> {
  await deleteOne(probe);
  await tellTotal(probe, before);
}

/** Only a job of the probe's own, and only one that was cancelled: results stay for who wants to look at them. */
async function deleteOne(probe: Probe): Promise<void> {
  const { service, sheet, started } = probe;
  for (const id of started) {
    if (phaseOf(await statusOf(probe, id)) !== 'Cancelled') continue;
    const deleted = await service.api('DELETE', `/image/v1/status/${id}`);
    const status = await service.api('GET', `/image/v1/status/${id}`);
    const input = await service.api('GET', `/image/v1/download/input/${id}`);
    sheet.answer(
      'delete',
      `${said(deleted)}; then its status: ${said(status)}; its input: ${said(input)}.`,
      'A button “delete at the service” could be offered (PRIVACY.md says 7 days).',
    );
    return;
  }
  sheet.answer('delete', 'Not asked: no job of the probe was cancelled.', 'Still open: nothing depends on it.');
}

async function tellTotal(probe: Probe, before: Account | null): Promise<void> {
  const { sheet, started, purse } = probe;
  let charged = 0;
  for (const id of started) {
    const status = await statusOf(probe, id);
    const credits = (status as { readonly credits?: unknown } | undefined)?.credits;
    if (phaseOf(status) === 'Completed' && typeof credits === 'number') charged += credits;
  }
  const after = await accountOf(probe);
  const gone = before !== null && after !== null ? String(before.total - after.total) : 'unknown';
  sheet.answer(
    'total',
    `${charged} credits by the statuses of its ${started.length} jobs; the account went down by ${gone} (now ${accountWords(after)}). Announced: at most ${purse.announced}.`,
    'The two numbers differ where somebody else used the account, or where a cancelled job is charged.',
  );
}
