/** How far something is. Without a number it says only that something goes on. */
import { names } from './names';
import css from './progressBar.module.css';

export interface ProgressBarProps {
  readonly label: string;
  /** 0..1, or null when nobody knows. */
  readonly fraction: number | null;
}

export function ProgressBar({ label, fraction }: ProgressBarProps) {
  const now = fraction === null ? undefined : Math.round(Math.min(1, Math.max(0, fraction)) * 100);
  return (
    <div
      class={names(css['bar'], fraction === null && css['open'])}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={now}
      style={`--done: ${(now ?? 30) / 100}`}
    />
  );
}
