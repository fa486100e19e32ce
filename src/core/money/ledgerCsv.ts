/** The ledger as a table to take away: one row a charge, newest first as handed in, times in ISO 8601 and UTC. */
import { LEDGER_COLUMNS } from '../words/words';
import { csv } from './csv';
import type { Spending } from './ledger';

/** `serviceOf`: the name of the service at an address. */
export function ledgerCsv(lines: readonly Spending[], serviceOf: (address: string) => string): string {
  const rows = lines.map(({ at, layer, fileName, preset, credits, address, job, twin }) => [
    new Date(at).toISOString(),
    layer,
    fileName,
    // Empty: the parameters were set by hand.
    preset ?? '',
    credits,
    serviceOf(address),
    address,
    job,
    twin ?? '',
  ]);
  return csv([LEDGER_COLUMNS, ...rows]);
}
