/** What the guest does with each thing the host tells it. */
import { unreachable } from '../../src/core/result';
import type { Suggestion, Turn } from '../host/calls';
import type { ChangedNode } from '../host/changes';
import { announce, type Guest } from './guest';
import type { Timers } from './timers';

/** One turn to its end; promises that it settles run when it is over. */
export function take(guest: Guest, timers: Timers, turn: Turn): void {
  switch (turn.type) {
    case 'settle':
      guest.bridge.settle(turn);
      break;
    case 'timer':
      timers.fire(turn.id);
      break;
    case 'run':
      announce(guest, 'run', { command: turn.command, parameters: turn.parameters });
      break;
    case 'selectionchange':
    case 'currentpagechange':
    case 'close':
      announce(guest, turn.type);
      break;
    case 'changes':
      tellChanges(guest, turn.changes, turn.styles);
      break;
    case 'message':
      announce(guest, 'ui/message', turn.message, { origin: turn.origin });
      break;
    case 'notice':
      tellNotice(guest, turn.id, turn.reason);
      break;
    case 'suggest':
      announce(guest, 'parameters/input', {
        parameters: turn.parameters,
        key: turn.key,
        query: turn.query,
        result: suggestions(guest, turn.id),
      });
      break;
    default:
      unreachable(turn);
  }
}

function tellChanges(guest: Guest, changes: readonly ChangedNode[], styles: boolean): void {
  if (styles && guest.state.allPagesLoaded) announce(guest, 'stylechange', { styleChanges: [] });
  if (changes.length === 0) return;
  const described = changes.map((change) => ({
    type: change.type,
    id: change.id,
    origin: change.origin,
    node: change.type === 'DELETE' ? { removed: true, type: change.nodeType, id: change.id } : guest.wrap(change.id),
    ...(change.type === 'PROPERTY_CHANGE' ? { properties: change.properties } : {}),
  }));
  announce(guest, 'documentchange', { documentChanges: described });
  for (const page of new Set(changes.map((change) => change.page))) {
    if (page === null) continue;
    const nodeChanges = described.filter((_change, index) => changes[index]?.page === page);
    announce(guest, `${page}/nodechange`, { nodeChanges });
  }
}

function tellNotice(guest: Guest, id: number, reason: string): void {
  const callbacks = guest.notices.get(id);
  guest.notices.delete(id);
  try {
    if (reason === 'action_button_click') callbacks?.action?.();
    callbacks?.onDequeue?.(reason);
  } catch (thrown) {
    guest.report(thrown);
  }
}

function suggestions(guest: Guest, id: number): object {
  const answer = (suggestion: Suggestion): void => {
    guest.bridge.call('setSuggestions', 'suggestion.answer', { id, suggestion });
  };
  return {
    setSuggestions: (items: readonly (string | { readonly name: string; readonly data?: unknown })[]) =>
      answer({
        kind: 'list',
        items: items.map((item) =>
          typeof item === 'string' ? { name: item, data: item } : { name: item.name, data: item.data ?? item.name },
        ),
      }),
    setError: (text: string) => answer({ kind: 'error', text }),
    setLoadingMessage: (text: string) => answer({ kind: 'loading', text }),
  };
}
