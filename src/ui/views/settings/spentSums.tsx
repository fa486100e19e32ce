/** Two sums of one service: this file's and all files'. */
import type { Spending } from '../../../core/money/ledger';
import { inFile, total } from '../../../core/money/spendings';
import { creditText } from '../../../core/words/names';
import { LABELS } from '../../words';
import { LEDGER } from '../../words/ledger';
import type { Panel } from '../panel';
import css from './ledger.module.css';

export interface SpentSumsProps {
  readonly panel: Panel;
  /** Of one service. */
  readonly lines: readonly Spending[];
  readonly service: string;
}

export function SpentSums({ panel, lines, service }: SpentSumsProps) {
  const here = creditText(total(inFile(lines, panel.state.fileId)));
  return (
    <>
      <p class={css['sums']}>
        <span>{LEDGER.thisFile(here)}</span> · <span>{LEDGER.allFiles(creditText(total(lines)))}</span>
      </p>
      {service === LABELS.serviceLocal && <p class={css['quiet']}>{LEDGER.playMoney}</p>}
    </>
  );
}
