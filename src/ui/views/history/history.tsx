/** The results of this document, newest first: where each lies, the way back, and the way to apply it again for nothing. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { Bar } from '../../parts/bar';
import { Button } from '../../parts/button';
import { Notice } from '../../parts/notice';
import { Page, Section } from '../../parts/page';
import { ProgressBar } from '../../parts/progressBar';
import { Unseen } from '../../parts/unseen';
import type { HistoryState } from '../../store/history/history';
import { historyRows } from '../../store/history/rows';
import { LABELS } from '../../words';
import { HISTORY } from '../../words/history';
import type { Panel } from '../panel';
import { Said } from '../said';
import css from './history.module.css';
import { HistoryRowView } from './row';

/** Rows drawn at once: each asks Figma for a picture of its layer. */
const AT_ONCE = 40;

export function HistoryView({ panel }: { readonly panel: Panel }) {
  const { state, deeds, dispatch } = panel;
  const { history, trouble } = state;
  useEffect(() => void deeds.readHistory('page'), []);
  return (
    <>
      <Bar
        title={HISTORY.title}
        back={{ label: LABELS.back, onPress: () => dispatch({ type: 'page', page: 'work' }) }}
      />
      <Page>
        {trouble !== null && (
          <Section>
            <Notice
              live
              kind="error"
              actions={<Button onPress={() => dispatch({ type: 'trouble', error: null })}>{LABELS.dismiss}</Button>}
            >
              <Said error={trouble} />
            </Notice>
          </Section>
        )}
        {history.state === 'failed' && (
          <Section>
            <Notice
              live
              kind="error"
              actions={<Button onPress={() => void deeds.readHistory('page')}>{LABELS.retry}</Button>}
            >
              <Said error={history.error} />
            </Notice>
          </Section>
        )}
        {history.state === 'unread' && (
          <Section>
            <p role="status">{HISTORY.reading}</p>
            <ProgressBar label={HISTORY.reading} fraction={null} />
          </Section>
        )}
        {history.state === 'known' && <Known panel={panel} history={history} />}
      </Page>
    </>
  );
}

interface KnownProps {
  readonly panel: Panel;
  readonly history: HistoryState & { readonly state: 'known' };
}

function Known({ panel, history: { report, at, looking } }: KnownProps) {
  const [count, setCount] = useState(AT_ONCE);
  const [reverted, setReverted] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  /** Takes the focus where the row with the pressed button is no longer the same. */
  const onReverted = (index: number): void => {
    setReverted(true);
    const all = list.current?.children;
    const row = all?.[Math.min(index, all.length - 1)];
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (lost) (row?.querySelector('button') ?? document.querySelector('button'))?.focus();
  };
  const rows = historyRows(panel.state, report.results, at);
  return (
    <>
      <Unseen live>{reverted && HISTORY.reverted}</Unseen>
      {rows.length === 0 && (
        <Section>
          <p role="status">{report.unread === 0 ? HISTORY.empty : HISTORY.emptyHere}</p>
        </Section>
      )}
      {rows.length > 0 && (
        <ul class={css['list']} aria-label={HISTORY.title} ref={list}>
          {rows.slice(0, count).map((row, index) => (
            <HistoryRowView key={row.key} panel={panel} row={row} onReverted={() => onReverted(index)} />
          ))}
        </ul>
      )}
      {rows.length > count && (
        <div class={css['more']}>
          <Button onPress={() => setCount(count + AT_ONCE)}>{HISTORY.older(rows.length - count)}</Button>
        </div>
      )}
      {report.leftOut > 0 && (
        <Section>
          <p>{HISTORY.leftOut(report.leftOut)}</p>
        </Section>
      )}
      {report.unread > 0 && (
        <Section>
          <p class={css['quiet']}>{HISTORY.otherPagesText(report.unread)}</p>
          <Button disabled={looking} onPress={() => void panel.deeds.readHistory('file')}>
            {looking ? HISTORY.reading : HISTORY.otherPages}
          </Button>
        </Section>
      )}
    </>
  );
}
