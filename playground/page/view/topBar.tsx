/** The bar: the plugin's commands, relaunch buttons of the selected layer, undo, zoom, theme, restart. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { find, get } from '../../document/tree';
import type { MenuCommand } from '../../host/manifest';
import type { Session } from '../session';
import { canvasActions } from './canvasActions';
import { Icon, type IconName } from './icons';
import { QuickAction } from './quickAction';

interface TopBarProps {
  readonly session: Session;
  readonly onReset: () => void;
}

export function TopBar({ session, onReset }: TopBarProps) {
  const { document } = session;
  const host = session.host();
  const dark = session.theme() === 'dark';
  const actions = () => canvasActions(session);
  return (
    <header class="bar">
      <div class="bar-part">
        <PluginMenu session={session} />
        <RelaunchButtons session={session} />
      </div>
      <div class="bar-title">
        <span class="bar-name">{get(document.tree(), '0:0').name}</span>
        <span class="bar-hint">stand-in for Figma</span>
      </div>
      <div class="bar-part bar-right">
        <Tool icon="undo" label="Undo" keys="Ctrl+Z" disabled={!document.canUndo()} act={() => document.undo()} />
        <Tool icon="redo" label="Redo" keys="Ctrl+Shift+Z" disabled={!document.canRedo()} act={() => document.redo()} />
        <span class="bar-line" />
        <Tool icon="minus" label="Zoom out" keys="Ctrl+-" act={() => actions().zoomBy(0.8)} />
        <button type="button" class="zoom" title="Zoom to fit (Ctrl+1)" onClick={() => actions().fit()}>
          {Math.round(session.camera().zoom * 100)} %
        </button>
        <Tool icon="plus" label="Zoom in" keys="Ctrl++" act={() => actions().zoomBy(1.25)} />
        <span class="bar-line" />
        <Tool
          icon={dark ? 'sun' : 'moon'}
          label={dark ? 'Light theme' : 'Dark theme'}
          act={() => session.setTheme(dark ? 'light' : 'dark')}
        />
        <Tool
          icon="restart"
          label="Restart plugin"
          disabled={host.lastCommand() === ''}
          act={() => void host.restart()}
        />
        <Tool icon="trash" label="Start with fresh samples" act={onReset} />
      </div>
    </header>
  );
}

interface ToolProps {
  readonly icon: IconName;
  readonly label: string;
  readonly keys?: string;
  readonly disabled?: boolean;
  readonly act: () => void;
}

function Tool({ icon, label, keys, disabled = false, act }: ToolProps) {
  const title = keys === undefined ? label : `${label} (${keys})`;
  return (
    <button type="button" class="tool" aria-label={label} title={title} disabled={disabled} onClick={act}>
      <Icon name={icon} />
    </button>
  );
}

function PluginMenu({ session }: { readonly session: Session }) {
  const [open, setOpen] = useState(false);
  const [asking, ask] = useState<MenuCommand | null>(null);
  const menu = useRef<HTMLDivElement>(null);
  const { manifest } = session.host();
  useEffect(() => {
    if (!open) return;
    menu.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    const away = (event: Event): void => {
      if (!(event.target instanceof Node) || !menu.current?.parentElement?.contains(event.target)) setOpen(false);
    };
    addEventListener('pointerdown', away);
    addEventListener('blur', away);
    return () => {
      removeEventListener('pointerdown', away);
      removeEventListener('blur', away);
    };
  }, [open]);
  const keys = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') setOpen(false);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    const items = [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const now = items.indexOf(document.activeElement as HTMLElement);
    items[(now + step + items.length) % items.length]?.focus();
    event.preventDefault();
  };
  return (
    <div class="menu-holder">
      <button
        type="button"
        class="menu-button"
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon name="plugin" />
        {manifest.name}
        <Icon name="down" />
      </button>
      {open && (
        <div class="menu" role="menu" tabIndex={-1} ref={menu} onKeyDown={keys}>
          {manifest.commands.map((item, index) =>
            'separator' in item ? (
              <hr key={`line ${index}`} class="menu-line" />
            ) : (
              <button
                key={item.command}
                type="button"
                role="menuitem"
                class="menu-item"
                onClick={() => {
                  setOpen(false);
                  if (item.parameters.length === 0) void session.host().run(item.command);
                  else ask(item);
                }}
              >
                {item.name}
              </button>
            ),
          )}
        </div>
      )}
      {asking !== null && <QuickAction session={session} item={asking} onClose={() => ask(null)} />}
    </div>
  );
}

/** Figma shows these in the side panel of the one selected layer that carries relaunch data. */
function RelaunchButtons({ session }: { readonly session: Session }) {
  const { document } = session;
  const ids = document.selection();
  const node = ids.length === 1 ? find(document.tree(), ids[0] ?? '') : null;
  if (node === null) return null;
  const buttons = session.host().manifest.relaunchButtons.filter(({ command }) => command in node.relaunch);
  return (
    <>
      {buttons.map(({ command, name }) => (
        <button
          key={command}
          type="button"
          class="relaunch"
          title={node.relaunch[command] ?? ''}
          onClick={() => void session.host().run(command)}
        >
          {name}
        </button>
      ))}
    </>
  );
}
