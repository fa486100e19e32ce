// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, describe, expect, test } from 'vitest';
import { parseRelayAddress, STANDARD_SETTINGS } from '../../../src/core/settings';
import { serviceName } from '../../../src/ui/store/serviceName';
import { button, calm, shown, written } from '../fakes/screen';

afterEach(cleanup);

const RELAY = {
  ...STANDARD_SETTINGS,
  service: 'relay',
  relayAddress: 'https://faces.example',
  relayToken: 'kept-token',
} as const;

const type = (label: string, value: string): void =>
  void fireEvent.input(screen.getByLabelText(label), { target: { value } });
const connect = (): Promise<void> => calm(() => fireEvent.click(button('Connect')));

describe('a team relay', () => {
  test('is set up at the first run with its address and a masked token, and says what the relay sees', async () => {
    const made = await shown({ settings: STANDARD_SETTINGS });
    fireEvent.click(screen.getByRole('radio', { name: /Use my team’s relay/ }));
    expect(written()).toContain('The relay sees the picture you restore');
    expect(screen.getByLabelText<HTMLInputElement>('Team token').type).toBe('password');
    type('Relay’s address', ' https://faces.example/ ');
    await connect();
    expect(made.service.asked).toEqual([]);
    type('Team token', ' t-1 ');
    await connect();
    expect(made.service.asked).toMatchObject([{ address: 'https://faces.example', key: 't-1' }]);
    expect(made.host.saved.get('settings')).toMatchObject({ service: 'relay', relayToken: 't-1' });
  });

  test('that is kept shows no token and is tested with it; another address never gets it', async () => {
    const made = await shown({ settings: RELAY });
    await calm(() => fireEvent.click(button('Settings')));
    const before = made.service.asked.length;
    expect(document.body.innerHTML).not.toContain('kept-token');
    await connect();
    expect(made.service.asked.at(-1)).toMatchObject({ address: 'https://faces.example', key: 'kept-token' });
    type('Relay’s address', 'https://elsewhere.example');
    await connect();
    expect(made.service.asked).toHaveLength(before + 1);
  });

  test('is forgotten when its token is removed', async () => {
    const made = await shown({ settings: RELAY });
    await calm(() => fireEvent.click(button('Settings')));
    await calm(() => fireEvent.click(button('Remove the token')));
    expect(made.state().settings).toMatchObject({ service: null, relayToken: '' });
  });

  test.each([
    ['https://faces.example/x/', 'https://faces.example/x'],
    ['http://localhost:4143', 'http://localhost:4143'],
    ['http://faces.example', null],
    ['http://localhost.example', null],
    ['faces.example', null],
  ])('the address %j is read as %j', (text, address) => {
    expect(parseRelayAddress(text)).toBe(address);
  });

  test.each([
    ['https://api.topazlabs.com', 'Topaz Labs'],
    ['http://localhost:4141', 'Local engine'],
    ['https://faces.example', 'Team relay'],
  ])('what was made at %s was made by %s', (address, name) => {
    expect(serviceName(address)).toBe(name);
  });
});
