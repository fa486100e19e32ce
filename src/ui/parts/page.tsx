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

export function Section({ title, children }: { readonly title?: string; readonly children: ComponentChildren }) {
  return (
    <section class={css['section']} aria-label={title}>
      {title !== undefined && <h2 class={css['title']}>{title}</h2>}
      {children}
    </section>
  );
}
