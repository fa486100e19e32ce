/** The host does not answer: nothing works without it. */
import type { PluginError } from '../../core/errors';
import { PANEL_TITLE } from '../../core/words/hostWords';
import { Bar } from '../parts/bar';
import { Button } from '../parts/button';
import { Notice } from '../parts/notice';
import { Page, Section } from '../parts/page';
import { LABELS } from '../words';
import { Said } from './said';

export function Broken({ error, onRetry }: { readonly error: PluginError; readonly onRetry: () => void }) {
  return (
    <>
      <Bar title={PANEL_TITLE} />
      <Page>
        <Section>
          <Notice live kind="error" actions={<Button onPress={onRetry}>{LABELS.retry}</Button>}>
            <Said error={error} />
          </Notice>
        </Section>
      </Page>
    </>
  );
}
