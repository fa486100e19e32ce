/** The line at the top of a view: back, its title, and what stands at the right. */
import type { ComponentChildren } from 'preact';
import css from './bar.module.css';
import { IconButton } from './button';

export interface BarProps {
  readonly title: string;
  readonly back?: { readonly label: string; readonly onPress: () => void };
  readonly children?: ComponentChildren;
}

export function Bar({ title, back, children }: BarProps) {
  return (
    <header class={css['bar']}>
      {back && <IconButton icon="back" label={back.label} onPress={back.onPress} />}
      <h1 class={css['title']} title={title}>
        {title}
      </h1>
      {children}
    </header>
  );
}
