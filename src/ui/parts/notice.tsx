/** A sentence that stands out, with what can be done about it. Its kind is told by an icon and not by colour alone. */
import type { ComponentChildren } from 'preact';
import { Icon } from './icon';
import { names } from './names';
import css from './notice.module.css';

export interface NoticeProps {
  readonly kind: 'info' | 'good' | 'warning' | 'error';
  /** True where it comes up by itself and must be read out. */
  readonly live?: boolean;
  readonly children: ComponentChildren;
  readonly actions?: ComponentChildren;
}

const ICONS = { info: 'info', good: 'check', warning: 'warning', error: 'warning' } as const;

export function Notice({ kind, live = false, children, actions }: NoticeProps) {
  const role = live ? (kind === 'error' ? 'alert' : 'status') : undefined;
  return (
    <div class={names(css['notice'], css[kind])} role={role}>
      <Icon name={ICONS[kind]} />
      <div class={css['text']}>{children}</div>
      {actions && <div class={css['actions']}>{actions}</div>}
    </div>
  );
}
