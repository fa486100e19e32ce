/** What was spent: the sums, month after month with a line for each charge, and the table to take away. */
import { useEffect, useState } from 'preact/hooks';
import { chargeKey, type Spending } from '../../../core/money/ledger';
import { ledgerCsv } from '../../../core/money/ledgerCsv';
import { byMonth } from '../../../core/money/spendings';
import { creditText } from '../../../core/words/names';
import { dayText } from '../../figures';
import { download } from '../../frame/download';
import { Bar } from '../../parts/bar';
import { Button, IconButton } from '../../parts/button';
import { Notice } from '../../parts/notice';
import { Page, Section } from '../../parts/page';
import { Select } from '../../parts/select';
import type { LedgerReading } from '../../store/ledger/pages';
import { firstService, servicesOf, spentAt } from '../../store/ledger/services';
import { serviceName } from '../../store/serviceName';
import { LABELS } from '../../words';
import { LEDGER } from '../../words/ledger';
import type { Panel } from '../panel';
import { Said } from '../said';
import css from './ledger.module.css';
import { SpentSums } from './spentSums';

/** Lines drawn at once: years of them would make the panel slow. */
const AT_ONCE = 100;

export function LedgerView({ panel }: { readonly panel: Panel }) {
  const { state, deeds, dispatch } = panel;
  const { ledger } = state;
  const read = (): void => void deeds.readLedger();
  useEffect(read, []);
  const lines = ledger.state === 'known' ? ledger.lines : [];
  return (
    <>
      <Bar
        title={LEDGER.title}
        back={{ label: LABELS.back, onPress: () => dispatch({ type: 'page', page: 'settings' }) }}
      />
      <Page
        foot={
          lines.length > 0 && (
            <Button large wide onPress={() => exportLines(lines)}>
              {LEDGER.export}
            </Button>
          )
        }
      >
        {state.trouble !== null && (
          <Section>
            <Notice
              live
              kind="error"
              actions={<Button onPress={() => dispatch({ type: 'trouble', error: null })}>{LABELS.dismiss}</Button>}
            >
              <Said error={state.trouble} />
            </Notice>
          </Section>
        )}
        {ledger.state === 'unread' && <p class={css['wait']}>{LEDGER.reading}</p>}
        {ledger.state === 'failed' && (
          <Section>
            <Notice live kind="error" actions={<Button onPress={read}>{LABELS.retry}</Button>}>
              <Said error={ledger.error} />
            </Notice>
          </Section>
        )}
        {ledger.state === 'known' && <Known panel={panel} ledger={ledger} />}
      </Page>
    </>
  );
}

function Known({ panel, ledger }: { readonly panel: Panel; readonly ledger: LedgerReading }) {
  const [chosen, choose] = useState<string | null>(null);
  const [count, setCount] = useState(AT_ONCE);
  const services = servicesOf(ledger.lines);
  const service = chosen ?? firstService(panel.state, ledger.lines);
  const lines = spentAt(ledger.lines, service);
  const shown = lines.slice(0, count);
  return (
    <>
      {(ledger.damaged > 0 || ledger.newer > 0) && (
        <Section>
          {ledger.damaged > 0 && <Notice kind="warning">{LEDGER.damaged(ledger.damaged)}</Notice>}
          {ledger.newer > 0 && <Notice kind="warning">{LEDGER.newer(ledger.newer)}</Notice>}
        </Section>
      )}
      <Section>
        {services.length > 1 && (
          <Select
            label={LABELS.service}
            value={service}
            options={services.map((name) => ({ value: name, label: name }))}
            onChoose={choose}
          />
        )}
        {ledger.lines.length === 0 ? (
          <p>{LEDGER.empty}</p>
        ) : (
          <SpentSums panel={panel} lines={lines} service={service} />
        )}
      </Section>
      {byMonth(shown, monthOf).map(({ name, lines: some }) => (
        <Section key={name} title={name} aside={<MonthSum lines={lines} month={name} />}>
          <ul class={css['list']}>
            {some.map((line) => (
              <Line key={chargeKey(line)} panel={panel} line={line} />
            ))}
          </ul>
        </Section>
      ))}
      {shown.length < lines.length && (
        <div class={css['more']}>
          <Button onPress={() => setCount(count + AT_ONCE)}>{LEDGER.older(lines.length - shown.length)}</Button>
        </div>
      )}
    </>
  );
}

/** The whole month's, also while only its newest lines are drawn. */
function MonthSum({ lines, month }: { readonly lines: readonly Spending[]; readonly month: string }) {
  const found = byMonth(lines, monthOf).find(({ name }) => name === month);
  return <span class={css['credits']}>{creditText(found?.credits ?? 0)}</span>;
}

function Line({ panel, line }: { readonly panel: Panel; readonly line: Spending }) {
  const here = line.file === panel.state.fileId;
  const preset = line.preset ?? LEDGER.byHand;
  return (
    <li class={css['line']}>
      <span class={css['facts']}>
        <span title={line.layer}>{line.layer}</span>
        <span class={css['quiet']}>
          <time dateTime={new Date(line.at).toISOString()}>{timeOf(line.at)}</time> · {preset}
          {!here && ` · ${line.fileName}`}
        </span>
        {line.twin !== undefined && <span class={css['twice']}>{LEDGER.twice(line.twin)}</span>}
      </span>
      <span class={css['credits']}>{creditText(line.credits)}</span>
      <span class={css['deed']}>
        {here && (
          <IconButton icon="select" label={LEDGER.show(line.layer)} onPress={() => void panel.deeds.show(line.node)} />
        )}
      </span>
    </li>
  );
}

const monthOf = (at: number): string => new Date(at).toLocaleDateString('en', { month: 'long', year: 'numeric' });

/** "20 Nov, 09:30", where the reader lives. */
const timeOf = (at: number): string =>
  `${dayText(at)}, ${new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}`;

/** Named by its newest line, so that two exports can be told apart. */
function exportLines(lines: readonly Spending[]): void {
  const newest = new Date(lines[0]?.at ?? 0).toISOString().slice(0, 10);
  download(LEDGER.fileName(newest), 'text/csv', ledgerCsv(lines, serviceName));
}
