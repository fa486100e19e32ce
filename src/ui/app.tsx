/** The panel: shows the view of the state, and hears Esc and the corner that resizes it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Studio } from '../pixels/studio';
import css from './app.module.css';
import { useFocusReturn } from './focusReturn';
import { ResizeHandle } from './parts/resizeHandle';
import type { Deeds } from './store/session';
import type { State } from './store/state';
import type { Store } from './store/store';
import { backOut, frontRun, type View, view, viewKey } from './store/view';
import { BatchView } from './views/batch/batch';
import { Broken } from './views/broken';
import { EnhanceView } from './views/enhance/enhance';
import { EditFaces } from './views/faces/edit';
import { Heard } from './views/heard';
import { HistoryView } from './views/history/history';
import type { Panel } from './views/panel';
import { PresetsView } from './views/presets/presets';
import { RunView } from './views/run/run';
import { SelectionView } from './views/selection/selection';
import { Start } from './views/selection/start';
import { FirstRun } from './views/settings/firstRun';
import { LedgerView } from './views/settings/ledger';
import { SettingsView } from './views/settings/settings';
import { LABELS } from './words';

export interface AppProps {
  readonly store: Store;
  readonly deeds: Deeds;
  readonly studio: Pick<Studio, 'bitmap' | 'crop' | 'preview' | 'wholePreview'>;
}

export function App({ store, deeds, studio }: AppProps) {
  const state = useStore(store);
  const shown = view(state);
  const frame = useRef<HTMLDivElement>(null);
  useBackOut(store);
  useFocusReturn(frame, viewKey(shown));
  return (
    <div class={css['panel']} ref={frame} tabIndex={-1} aria-busy={state.phase === 'opening'}>
      <Shown state={state} shown={shown} store={store} deeds={deeds} studio={studio} />
      <Heard run={state.phase === 'ready' && state.page === 'work' ? frontRun(state) : null} />
      <ResizeHandle label={LABELS.resize} onResize={deeds.resize} />
    </div>
  );
}

function Shown({ state, shown, store, deeds, studio }: AppProps & { readonly state: State; readonly shown: View }) {
  if (state.phase === 'broken') return <Broken error={state.error} onRetry={() => void deeds.open()} />;
  if (state.phase === 'opening') return null;
  const panel: Panel = { state, dispatch: store.dispatch, deeds, studio };
  switch (shown.name) {
    case 'first-run':
      return <FirstRun panel={panel} />;
    case 'history':
      return <HistoryView panel={panel} />;
    case 'settings':
      return <SettingsView panel={panel} />;
    case 'presets':
      return <PresetsView panel={panel} />;
    case 'spending':
      return <LedgerView panel={panel} />;
    case 'start':
      return <Start panel={panel} />;
    case 'selection':
      return <SelectionView panel={panel} subject={shown.subject} selected={shown.selected} />;
    case 'faces':
      return <EditFaces panel={panel} subject={shown.subject} selected={shown.selected} editor={shown.editor} />;
    case 'batch':
      return <BatchView key={viewKey(shown)} panel={panel} batch={shown.batch} />;
    case 'enhance':
      return <EnhanceView panel={panel} run={shown.run} />;
    case 'run':
      return <RunView key={viewKey(shown)} panel={panel} run={shown.run} />;
    case 'opening':
    case 'broken':
      return null;
  }
}

function useStore(store: Store): State {
  const [state, setState] = useState(store.get);
  useEffect(() => {
    // What happened between drawing and listening.
    setState(store.get);
    return store.subscribe(() => setState(store.get));
  }, [store]);
  return state;
}

/** Esc goes one level up. */
function useBackOut(store: Store): void {
  useEffect(() => {
    const heard = (event: KeyboardEvent): void => {
      // The newest state, not the drawn one: a second press may come before the drawing.
      const state = store.get();
      if (event.key !== 'Escape' || event.defaultPrevented || state.phase !== 'ready') return;
      const action = backOut(state);
      if (action !== null) store.dispatch(action);
    };
    window.addEventListener('keydown', heard);
    return () => window.removeEventListener('keydown', heard);
  }, [store]);
}
