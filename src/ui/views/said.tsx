/** An error in its three parts: what happened, what it cost, what to do. */
import type { PluginError } from '../../core/errors';
import { explain } from '../../core/words/sentences';
import type { Spent } from '../../core/words/sentences/entry';
import css from './said.module.css';

export function Said({ error, spent }: { readonly error: PluginError; readonly spent?: Spent | undefined }) {
  const { happened, money, next } = explain(error, spent);
  return (
    <>
      <p class={css['happened']}>{happened}</p>
      <p>
        {money} {next}
      </p>
    </>
  );
}
