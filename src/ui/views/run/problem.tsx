/** A run that stopped: what happened, what it cost, and what can be done about it. */
import { useEffect, useRef } from 'preact/hooks';
import { spentIn } from '../../../core/money/spent';
import { creditText } from '../../../core/words/names';
import { ERRORS } from '../../../core/words/sentences';
import { Button } from '../../parts/button';
import { Coin } from '../../parts/coin';
import { Notice } from '../../parts/notice';
import { Page, Section } from '../../parts/page';
import { mayCost, type Remedy, remedies } from '../../store/remedies';
import type { ProblemRun } from '../../store/runs/run';
import { LABELS } from '../../words';
import type { Panel } from '../panel';
import { Said } from '../said';
import { Top } from '../top';

export function ProblemView({ panel, run }: { readonly panel: Panel; readonly run: ProblemRun }) {
  const { deeds, dispatch } = panel;
  const { error, order, job } = run;
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (document.hasFocus()) first.current?.focus();
  }, []);
  const close = (): void => dispatch({ type: 'run-closed', id: run.id });
  const offered = remedies(error).filter((remedy) => remedy !== 'new-layer');
  const act = (remedy: Remedy): void => {
    if (remedy === 'settings') dispatch({ type: 'page', page: 'settings' });
    else if (remedy === 'send-again') void deeds.sendAgain(run.id);
    else void deeds.retry(run.id);
  };
  return (
    <>
      <Top panel={panel} title={order.layerName} back={{ label: LABELS.back, onPress: close }} />
      <Page
        foot={
          <>
            {offered.map((remedy, index) => (
              <Button
                key={remedy}
                large
                wide
                kind={index === 0 ? 'main' : 'plain'}
                {...(index === 0 ? { focusRef: first } : {})}
                onPress={() => act(remedy)}
              >
                {mayCost(remedy, job) ? (
                  <>
                    <Coin /> {REMEDY_LABELS[remedy]} · {creditText(order.estimate)}
                  </>
                ) : (
                  REMEDY_LABELS[remedy]
                )}
              </Button>
            ))}
            <Button large wide {...(offered.length === 0 ? { focusRef: first } : {})} onPress={close}>
              {LABELS.close}
            </Button>
          </>
        }
      >
        <Section>
          <Notice live kind="error">
            <Said error={error} spent={job === null ? undefined : moneyOf(run)} />
          </Notice>
        </Section>
      </Page>
    </>
  );
}

/** What the record says of the credit wins over what the error could know. */
function moneyOf(run: ProblemRun) {
  if (run.job === null) return undefined;
  const known = spentIn(run.job.state);
  return known === 'no' && ERRORS[run.error.code].spent === 'unknown' ? 'unknown' : known;
}

export const REMEDY_LABELS: { readonly [Name in Remedy]: string } = {
  retry: LABELS.retry,
  refetch: LABELS.refetch,
  look: LABELS.look,
  'send-again': LABELS.sendAgain,
  settings: LABELS.settings,
  'new-layer': LABELS.newLayer,
};
