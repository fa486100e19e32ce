/** Where the keyboard stands after the view has changed. Knows elements by what is written on them, not what they do. */
import { useEffect, useRef } from 'preact/hooks';

/** Views without a way back to what was before them: what had the focus then is no longer meant. */
const BEGINNINGS: readonly string[] = ['start', 'opening', 'broken', 'first-run'];

/**
 * Coming back to a view, the focus returns to what had it there. Otherwise, when a view goes away with the focus inside,
 * the focus goes to the panel, so that the keyboard is not lost; a view with a main button takes it from there.
 */
export function useFocusReturn(frame: { readonly current: HTMLElement | null }, key: string): void {
  const had = useRef(new Map<string, string>());
  const shown = useRef(key);
  const wanted = useRef<string | undefined>(undefined);
  // While drawing: what the new view takes the focus to by itself must not count for the view before.
  if (shown.current !== key) {
    // Pressing Enter twice would undo what it did before: what is news begins at its own main button.
    if (isNews(shown.current, key)) had.current.delete(key);
    shown.current = key;
    if (BEGINNINGS.includes(key)) had.current.clear();
    wanted.current = had.current.get(key);
  }
  useEffect(() => {
    const panel = frame.current;
    const remember = (event: FocusEvent): void => {
      if (event.target instanceof HTMLElement && event.target !== panel) {
        had.current.set(shown.current, signature(event.target));
      }
    };
    panel?.addEventListener('focusin', remember);
    return () => panel?.removeEventListener('focusin', remember);
  }, [frame]);
  useEffect(() => {
    if (!document.hasFocus()) return;
    const before = controls(frame.current).find((one) => signature(one) === wanted.current);
    if (before !== undefined) return before.focus({ preventScroll: false });
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (lost) frame.current?.focus({ preventScroll: true });
  }, [key, frame]);
}

/** The same run has gone on to another state: nobody comes back from anywhere. */
const isNews = (before: string, key: string): boolean => {
  const [name, run] = before.split(' ');
  return name === 'run' && key.startsWith(`run ${run} `);
};

const controls = (panel: HTMLElement | null): readonly HTMLElement[] => [
  ...(panel?.querySelectorAll<HTMLElement>('button, input, select, a[href], summary, [tabindex]') ?? []),
];

/** The same for the same control of a view that is drawn anew. */
const signature = (control: HTMLElement): string =>
  [control.tagName, control.getAttribute('type'), nameOf(control), control.textContent].join('|');

/** Sliders share their help, and each its name with the field beside it. */
const nameOf = (control: HTMLElement): string =>
  control.getAttribute('aria-label') ??
  (control instanceof HTMLInputElement ? control.labels?.[0]?.textContent : undefined) ??
  control.title;
