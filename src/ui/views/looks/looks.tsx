/** Several looks at the same faces: offered, on their way, and one more beside what is reviewed. */
import { credits } from '../../../core/money/price';
import { creditText } from '../../../core/words/names';
import { Button } from '../../parts/button';
import { Coin } from '../../parts/coin';
import { Page, Section } from '../../parts/page';
import { anotherPrice, plannedLooks, priceOf, setIn, wishForPicture } from '../../store/runs/looks';
import type { ProblemRun, ReviewRun, RunningRun } from '../../store/runs/run';
import type { Subject } from '../../store/state';
import { LABELS } from '../../words';
import { LOOKS } from '../../words/looks';
import type { Panel } from '../panel';
import { Picture } from '../selection/picture';
import { Top } from '../top';
import { isPending, LooksList } from './list';
import css from './looks.module.css';

/** How many are offered at once; more can be asked for one by one. */
const OFFERED = 3;

const priceText = (price: number): string => (price === 0 ? LOOKS.free : creditText(price));

/** Beside the main button: the same picture with several seeds. */
export function LooksButton({ panel, subject }: { readonly panel: Panel; readonly subject: Subject }) {
  if (subject.state !== 'known' || subject.faces.length === 0) return null;
  const each = credits(subject.picture.size);
  const wish = wishForPicture(panel.state, OFFERED);
  const price = wish === null ? OFFERED * each : priceOf(plannedLooks(panel.state, wish), each);
  return (
    <Button large wide onPress={() => void panel.deeds.restore(OFFERED)}>
      {price > 0 && <Coin />} {LOOKS.offer(OFFERED, priceText(price))}
    </Button>
  );
}

/** In the review: the looks that are not there yet, and one more. */
export function ReviewedLooks({ panel, run }: { readonly panel: Panel; readonly run: ReviewRun }) {
  const open = new Set(run.review.others.map(({ order }) => order.id));
  const set = setIn(panel.state.runs, run.order);
  const pending = set.filter(isPending).filter(({ id }) => !open.has(id));
  const price = anotherPrice(panel.state, run);
  if (price === null && set.length === 1) return null;
  return (
    <Section title={LOOKS.title}>
      <LooksList panel={panel} runs={pending} />
      {price !== null && (
        <div>
          <Button disabled={run.applying} onPress={() => panel.deeds.anotherLook(run.id)}>
            {price > 0 && <Coin />} {LOOKS.another(priceText(price))}
          </Button>
        </div>
      )}
      <p class={css['quiet']}>
        {LOOKS.help}
        {panel.state.settings.service === 'local' && ` ${LOOKS.helpLocal}`}
      </p>
    </Section>
  );
}

/** No look is ready yet. */
export function LooksView({ panel, run }: { readonly panel: Panel; readonly run: RunningRun | ProblemRun }) {
  const { deeds, dispatch, state } = panel;
  const set = setIn(state.runs, run.order);
  const pending = set.filter(isPending);
  const going = set.filter((look): look is RunningRun => look.state === 'running');
  const waits = going.some(({ cancelling }) => !cancelling);
  const close = (): void => {
    for (const { id } of set) dispatch({ type: 'run-closed', id });
  };
  return (
    <>
      <Top
        panel={panel}
        title={run.order.layerName}
        back={{ label: LABELS.back, onPress: () => dispatch({ type: 'run-shown', id: null }) }}
      />
      <Page
        foot={
          going.length > 0 ? (
            <Button
              large
              wide
              disabled={!waits}
              onPress={() => {
                for (const { id, cancelling } of going) if (!cancelling) deeds.cancel(id);
              }}
            >
              {waits ? LOOKS.cancelAll : LOOKS.cancelling}
            </Button>
          ) : (
            <Button large wide onPress={close}>
              {LABELS.close}
            </Button>
          )
        }
      >
        {run.state === 'running' && <Picture panel={panel} run={run} />}
        <Section title={LOOKS.several(set.length)}>
          <LooksList panel={panel} runs={pending} />
          {going.length > 0 && (
            <>
              <p class={css['quiet']}>{LOOKS.money}</p>
              <p class={css['quiet']}>{LOOKS.leave}</p>
            </>
          )}
        </Section>
      </Page>
    </>
  );
}
