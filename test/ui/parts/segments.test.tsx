// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import { Segments } from '../../../src/ui/parts/segments';

afterEach(cleanup);

test('one of a few is on, by name, and another can be chosen', () => {
  const chosen: string[] = [];
  const options = [
    { value: 'faces', label: 'Recover faces' },
    { value: 'enhance', label: 'Enhance' },
  ] as const;
  render(<Segments label="What to do" value="faces" options={options} onChoose={(value) => chosen.push(value)} />);
  expect(screen.getByRole('radiogroup', { name: 'What to do' })).not.toBeNull();
  expect(screen.getByRole('radio', { name: 'Recover faces' })).toHaveProperty('checked', true);
  fireEvent.click(screen.getByRole('radio', { name: 'Enhance' }));
  expect(chosen).toEqual(['enhance']);
});
