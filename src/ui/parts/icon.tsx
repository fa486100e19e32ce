/** The panel's icons: 16 px, drawn with the colour of the text around them. Decoration only: words stand beside them. */
import css from './icon.module.css';

const PATHS = {
  back: 'M10 3.5 5.5 8l4.5 4.5',
  close: 'm4 4 8 8m0-8-8 8',
  settings:
    'M2.5 5h5.25m3.5 0h2.25M2.5 11h2.25m3.5 0h5.25M9.5 3.25a1.75 1.75 0 1 1 0 3.5 1.75 1.75 0 0 1 0-3.5Zm-3 6a1.75 1.75 0 1 1 0 3.5 1.75 1.75 0 0 1 0-3.5Z',
  warning: 'M8 2.5 14.25 13.5H1.75L8 2.5Zm0 4v3.25m0 1.75v.25',
  info: 'M8 1.75a6.25 6.25 0 1 1 0 12.5 6.25 6.25 0 0 1 0-12.5ZM8 7.25v4M8 4.75V5',
  check: 'm3.25 8.5 3.25 3.25 6.25-7',
  eye: 'M1.75 8S4 3.75 8 3.75 14.25 8 14.25 8 12 12.25 8 12.25 1.75 8 1.75 8ZM8 6.25a1.75 1.75 0 1 1 0 3.5 1.75 1.75 0 0 1 0-3.5Z',
  divider: 'M6 5 3 8l3 3m4-6 3 3-3 3',
  dice: 'M3.5 2.5h9a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1ZM5.5 5.75v-.5m5 5.5v-.5M8 8.25v-.5',
  chevron: 'm5 6.5 3 3 3-3',
  right: 'm6.5 5 3 3-3 3',
  grip: 'M6 4.25v.5M6 7.75v.5M6 11.25v.5M10 4.25v.5M10 7.75v.5M10 11.25v.5',
  star: 'm8 2.25 1.75 3.6 3.95.55-2.87 2.78.7 3.92L8 11.25 4.47 13.1l.7-3.92L2.3 6.4l3.95-.55L8 2.25Z',
  presets: 'M3 4.25h10M3 8h10M3 11.75h6m3-1.5v3m-1.5-1.5h3',
  history: 'M2.75 3.25v3h3M3.1 6.25A5.25 5.25 0 1 1 2.75 8M8 5.25V8l2 1.5',
  select: 'M3 2.5 12.5 6 8.5 8.25 6.25 12.5 3 2.5Z',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class={css['icon']} viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
