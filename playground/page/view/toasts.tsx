/** What `figma.notify` shows, at the bottom; the newest below. */
import type { Host } from '../../host/host';
import { Icon } from './icons';

export function Toasts({ host }: { readonly host: Host }) {
  const open = host.surface.notices().filter((notice) => notice.open);
  return (
    <div class="toasts" role="status" aria-live="polite">
      {open.map(({ id, text, error, button }) => (
        <div key={id} class={`toast${error ? ' toast-error' : ''}`}>
          <span>{text}</span>
          {button !== null && (
            <button type="button" class="toast-button" onClick={() => host.pressNotice(id)}>
              {button}
            </button>
          )}
          <button
            type="button"
            class="toast-close"
            aria-label="Dismiss"
            onClick={() => host.surface.endNotice(id, 'dismiss')}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  );
}
