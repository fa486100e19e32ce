/** The whole page: bar above, layers at the left, canvas, the plugin's window and toasts over it. */
import { useEffect, useReducer } from 'preact/hooks';
import type { WindowPolicy } from '../frameDocuments';
import type { Session } from '../session';
import { Canvas } from './canvas';
import { Layers } from './layers';
import { PluginWindow } from './pluginWindow';
import { useShortcuts } from './shortcuts';
import { Toasts } from './toasts';
import { TopBar } from './topBar';

interface AppProps {
  readonly session: Session;
  readonly policy: WindowPolicy;
  readonly onReset: () => void;
}

export function App({ session, policy, onReset }: AppProps) {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => session.subscribe(() => redraw(undefined as never)), [session]);
  useShortcuts(session);
  const window = session.host().surface.window();
  return (
    <div class={`app figma-${session.theme()}`}>
      <TopBar session={session} onReset={onReset} />
      <div class="stage">
        <Layers session={session} />
        <Canvas session={session} />
        {window !== null && (
          <PluginWindow
            key={`${window.serial}`}
            session={session}
            window={window}
            host={session.host()}
            policy={policy}
          />
        )}
        <Toasts host={session.host()} />
      </div>
    </div>
  );
}
