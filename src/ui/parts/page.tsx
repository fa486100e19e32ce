/** The frame of a view: what scrolls, and what stays at the bottom. */
import type { ComponentChildren } from 'preact';
import css from './page.module.css';

export function Page({ children, foot }: { readonly children: ComponentChildren; readonly foot?: ComponentChildren }) {
  return (
    <>
      <main class={css['body']}>{children}</main>
      {foot && <footer class={css['foot']}>{foot}</footer>}
    </>
  );
}

export interface SectionProps {
  readonly title?: string;
  /** Stands at the right of the title. */
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

export function Section({ title, aside, children }: SectionProps) {
  return (
    <section class={css['section']} aria-label={title}>
      {title !== undefined && (
        <div class={css['head']}>
          <h2 class={css['title']}>{title}</h2>
          {aside}
        </div>
      )}
      {children}
    </section>
  );
}
