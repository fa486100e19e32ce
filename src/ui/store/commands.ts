/** What the panel does with the command that the plugin was started with, at its opening or while it is open. */
import type { Start } from '../../protocol/messages';
import type { SelectedPicture } from '../../protocol/selection';
import { type Context, ready } from './context';
import type { HeadlessDeeds } from './headless';
import type { HistoryDeeds } from './history/history';
import type { PlacingDeeds } from './runs/placing';
import { pageOf } from './update';

export interface Commands {
  /** The panel has just been opened with it. */
  opened(start: Start): void;
  /** The plugin was started once more. */
  again(start: Start): void;
}

export interface CommandParts {
  readonly history: Pick<HistoryDeeds, 'adjust'>;
  readonly headless: Pick<HeadlessDeeds, 'run' | 'show'>;
  readonly placing: Pick<PlacingDeeds, 'revertLayer'>;
}

/** Commands that only say which page is opened are the state's matter and not here. */
export function panelCommands(context: Context, { history, headless, placing }: CommandParts): Commands {
  const { store } = context;
  const carrying = (): SelectedPicture | undefined =>
    ready(context)?.selection.pictures.find(({ applied }) => applied !== null);

  const adjust = (): void => {
    const picture = carrying();
    if (picture !== undefined) history.adjust(picture);
  };

  return {
    opened({ command }) {
      if (command === 'now') void headless.run();
      if (command === 'adjust') adjust();
    },
    again({ command, preset }) {
      if (command === 'revert') {
        const picture = carrying();
        if (picture !== undefined) void placing.revertLayer(picture.target.nodeId);
        return;
      }
      // With the panel on the screen, what would be restored is seen before: one press is left.
      if (command !== 'now') headless.show();
      if (preset !== null) store.dispatch({ type: 'preset-wanted', preset });
      store.dispatch({ type: 'page', page: pageOf(command) });
      if (command === 'recover') store.dispatch({ type: 'enhance-mode', mode: 'faces' });
      if (command === 'adjust') adjust();
    },
  };
}
