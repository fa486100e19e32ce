/** Marks what costs a credit. What is free carries nothing. Decoration: the price stands beside it in words. */
import css from './coin.module.css';

export function Coin() {
  return (
    <svg class={css['coin']} viewBox="0 0 12 12" aria-hidden="true">
      <circle cx="6" cy="6" r="5" />
      <path d="M7.5 4.4a2 2 0 1 0 0 3.2" />
    </svg>
  );
}
