/** Once at the opening: what was paid is written down, then what is no longer needed is dropped. */
import { ASIDE_KEYS } from '../../../core/records';
import type { SavedRecord } from '../../../protocol/messages';
import { type Context, ready } from '../context';
import { outdated } from './prune';
import { irreplaceable } from './records';

/** Stops quietly where the storage refuses: the next opening tries again. */
export async function tidy(context: Context, records: readonly SavedRecord[]): Promise<void> {
  const { host, ledger, jobs, world } = context;
  const settings = irreplaceable(records);
  // The next change of the settings will write over it: a copy is kept.
  if (settings !== null) await host.call('record.save', { key: ASIDE_KEYS + settings.key, value: settings.value });
  const state = ready(context);
  if (state === null) return;
  const known = [...state.jobs.values()];
  const settled = await ledger.settle(known);
  // As long as a charge is not in the ledger, the job's record is the only place where it stands.
  if (!settled.ok) return;
  for (const { id } of outdated(known, world.clock())) await jobs.forget(id);
}
