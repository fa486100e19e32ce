/** The whole panel on a session of fakes, drawn. */
import { act, render, screen } from '@testing-library/preact';
import { App } from '../../../src/ui/app';
import { type Bench, bench, settled } from './session';

export async function shown(opening: Parameters<typeof bench>[0] = {}, before?: (made: Bench) => void): Promise<Bench> {
  const made = bench(opening);
  before?.(made);
  render(<App store={made.session.store} deeds={made.session.deeds} studio={made.studio} />);
  await calm(() => void made.session.deeds.open());
  return made;
}

/** Does something and waits until everything that follows from it is on the screen. */
export async function calm(deed: () => void = () => undefined): Promise<void> {
  await act(async () => {
    deed();
    await settled();
  });
}

export const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name });

/** Everything that is written on the panel, as one line. */
export const written = (): string => document.body.textContent ?? '';
