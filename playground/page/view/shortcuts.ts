/** The keys a designer's hands know. They do not reach here from inside the plugin's window. */
import { useEffect } from 'preact/hooks';
import type { Session } from '../session';
import { canvasActions } from './canvasActions';

/** On the whole window, as long as the component that uses it is there. */
export function useShortcuts(session: Session): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const act = action(session, event);
      if (act === null || inField(event)) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [session]);
}

const inField = (event: KeyboardEvent): boolean =>
  event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;

function action(session: Session, event: KeyboardEvent): (() => void) | null {
  const { document } = session;
  const mod = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  if (mod && event.altKey && event.code === 'KeyP') {
    const command = session.host().lastCommand() || firstCommand(session);
    return () => void session.host().run(command);
  }
  if (mod && key === 'z') return () => (event.shiftKey ? document.redo() : document.undo());
  if (mod && key === 'y') return () => document.redo();
  if (mod && key === 'd') return session.duplicateSelected;
  if (mod && key === 'a')
    return () => document.select(document.tree().nodes.get(document.currentPage())?.children ?? []);
  if (mod && key === '0') return () => canvasActions(session).zoomTo(1);
  if (mod && key === '1') return () => canvasActions(session).fit();
  if (event.shiftKey && event.code === 'Digit1') return () => canvasActions(session).fit();
  if (event.shiftKey && event.code === 'Digit0') return () => canvasActions(session).zoomTo(1);
  if (mod && (key === '+' || key === '=')) return () => canvasActions(session).zoomBy(1.25);
  if (mod && key === '-') return () => canvasActions(session).zoomBy(0.8);
  if (key === 'delete' || key === 'backspace') return session.deleteSelected;
  if (key === 'escape') return () => document.select([]);
  return null;
}

function firstCommand(session: Session): string {
  const item = session.host().manifest.commands.find((each) => !('separator' in each));
  return item !== undefined && 'command' in item ? item.command : '';
}
