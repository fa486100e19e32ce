// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { useState } from 'preact/hooks';
import { afterEach, describe, expect, test } from 'vitest';
import { Button } from '../../../src/ui/parts/button';
import { Checkbox } from '../../../src/ui/parts/checkbox';
import { Field } from '../../../src/ui/parts/field';
import { Notice } from '../../../src/ui/parts/notice';
import { ProgressBar } from '../../../src/ui/parts/progressBar';
import { RadioGroup } from '../../../src/ui/parts/radioGroup';
import { Select } from '../../../src/ui/parts/select';
import { Slider } from '../../../src/ui/parts/slider';

afterEach(cleanup);

/** Keeps what a part hands over, and shows it to the part again. */
function kept<Value>(first: Value) {
  const seen: Value[] = [];
  const useKept = () => {
    const [value, setValue] = useState(first);
    return [
      value,
      (next: Value) => {
        seen.push(next);
        setValue(next);
      },
    ] as const;
  };
  return { seen, useKept };
}

describe('the button', () => {
  test('pressing it does its deed', () => {
    let pressed = 0;
    render(<Button onPress={() => pressed++}>Apply</Button>);
    fireEvent.click(screen.getByRole('button', { name: 'Apply' }));
    expect(pressed).toBe(1);
  });

  test('a disabled one does nothing but keeps the focus', () => {
    let pressed = 0;
    render(
      <Button disabled onPress={() => pressed++}>
        Apply
      </Button>,
    );
    const button = screen.getByRole('button');
    button.focus();
    fireEvent.click(button);
    expect(pressed).toBe(0);
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(document.activeElement).toBe(button);
  });
});

describe('the slider', () => {
  function setup(value = 0.8) {
    const { seen, useKept } = kept(value);
    function Kept() {
      const [now, set] = useKept();
      return (
        <Slider
          label="Rebuild"
          value={now}
          min={0}
          max={1}
          standard={0.8}
          text={(number) => number.toFixed(2)}
          onChange={set}
        />
      );
    }
    render(<Kept />);
    const range = screen.getByRole<HTMLInputElement>('slider');
    const typed = screen.getByRole<HTMLInputElement>('textbox', { name: 'Rebuild' });
    return { seen, range, typed };
  }

  test('its value is read out as text', () => {
    expect(setup().range.getAttribute('aria-valuetext')).toBe('0.80');
  });

  test('moving it hands the value over', () => {
    const { seen, range, typed } = setup();
    fireEvent.input(range, { target: { value: '250' } });
    expect(seen).toEqual([0.25]);
    expect(typed.value).toBe('0.25');
  });

  test('double-click sets the default', () => {
    const { seen, range } = setup(0.3);
    fireEvent.dblClick(range);
    expect(seen).toEqual([0.8]);
  });

  test.each([
    ['0.5', 0.5],
    ['0,5', 0.5],
    ['50 %', 0.5],
    ['3', 3],
    ['abc', Number.NaN],
  ])('typing %s hands over %d when the field is left', (text, expected) => {
    const { seen, typed } = setup();
    fireEvent.input(typed, { target: { value: text } });
    expect(seen).toEqual([]);
    fireEvent.blur(typed);
    expect(seen).toEqual([expected]);
  });

  test('an emptied field goes back to its value', () => {
    const { seen, typed } = setup();
    fireEvent.input(typed, { target: { value: '' } });
    fireEvent.blur(typed);
    expect(seen).toEqual([]);
    expect(typed.value).toBe('0.80');
  });

  test('Enter in the field commits and goes no further, for elsewhere it may cost a credit', () => {
    const { seen, typed } = setup();
    let heard = 0;
    const hear = () => heard++;
    window.addEventListener('keydown', hear);
    fireEvent.input(typed, { target: { value: '0.4' } });
    fireEvent.keyDown(typed, { key: 'Enter' });
    window.removeEventListener('keydown', hear);
    expect(seen).toEqual([0.4]);
    expect(heard).toBe(0);
  });

  test('Esc takes back what was typed', () => {
    const { seen, typed } = setup();
    fireEvent.input(typed, { target: { value: '0.4' } });
    fireEvent.keyDown(typed, { key: 'Escape' });
    fireEvent.blur(typed);
    expect(seen).toEqual([]);
    expect(typed.value).toBe('0.80');
  });

  test('a correction is said beside it', () => {
    render(
      <Slider
        label="Blur"
        value={2}
        min={0.01}
        max={2}
        logarithmic
        standard={0.4}
        text={String}
        problem="Blur 3 is above 2; 2 is used."
        onChange={() => undefined}
      />,
    );
    const described = screen.getByRole('slider').getAttribute('aria-describedby') ?? '';
    expect(document.getElementById(described)?.textContent).toContain('above 2');
  });
});

describe('the field', () => {
  test('Enter commits what was typed', () => {
    const texts: string[] = [];
    let entered = 0;
    render(<Field label="Address" value="" onCommit={(text) => texts.push(text)} onEnter={() => entered++} />);
    const input = screen.getByLabelText('Address');
    fireEvent.input(input, { target: { value: 'http://localhost' } });
    fireEvent.keyDown(input, { key: 'Enter' });
    expect(texts).toEqual(['http://localhost']);
    expect(entered).toBe(1);
  });

  test('an error marks it and describes it', () => {
    render(<Field label="Address" value="x" error="An address starts with http." />);
    const input = screen.getByLabelText('Address');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    const described = input.getAttribute('aria-describedby') ?? '';
    expect(document.getElementById(described)?.textContent).toBe('An address starts with http.');
  });
});

describe('the choices', () => {
  test('a radio button that cannot be had is disabled and says why', () => {
    const chosen: string[] = [];
    render(
      <RadioGroup
        label="Result"
        value="overlay"
        options={[
          { value: 'overlay', label: 'Overlay', text: 'A second fill.' },
          { value: 'layer', label: 'New layer', text: 'A layer above.', unavailable: 'Not inside an instance.' },
        ]}
        onChoose={(value) => chosen.push(value)}
      />,
    );
    const layer = screen.getByRole<HTMLInputElement>('radio', { name: /New layer/ });
    expect(layer.disabled).toBe(true);
    expect(screen.getByText('Not inside an instance.')).toBeTruthy();
    expect(screen.queryByText('A layer above.')).toBeNull();
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /Overlay/ }).checked).toBe(true);
  });

  test('a select hands the chosen value over', () => {
    const chosen: string[] = [];
    render(
      <Select
        label="Preset"
        note="changed"
        value="a"
        options={[
          { value: 'a', label: 'A' },
          { value: 'b', label: 'B' },
        ]}
        onChoose={(value) => chosen.push(value)}
      />,
    );
    const select = screen.getByRole('combobox', { name: /Preset.*changed/ });
    fireEvent.change(select, { target: { value: 'b' } });
    expect(chosen).toEqual(['b']);
  });

  test('a checkbox hands its state over', () => {
    const states: boolean[] = [];
    render(<Checkbox label="Keep face 1" checked onChange={(checked) => states.push(checked)} />);
    fireEvent.click(screen.getByRole('checkbox', { name: 'Keep face 1' }));
    expect(states).toEqual([false]);
  });
});

describe('what is said', () => {
  test('progress without a number has no value to read out', () => {
    const { rerender } = render(<ProgressBar label="Uploading" fraction={0.4} />);
    expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('40');
    rerender(<ProgressBar label="Uploading" fraction={null} />);
    expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBeNull();
  });

  test('an error that comes up by itself is an alert, other news are a status', () => {
    render(
      <>
        <Notice live kind="error">
          Bad
        </Notice>
        <Notice live kind="good">
          Good
        </Notice>
      </>,
    );
    expect(screen.getByRole('alert').textContent).toBe('Bad');
    expect(screen.getByRole('status').textContent).toBe('Good');
  });
});
