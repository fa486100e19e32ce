/** The user's settings: kept in the host's private storage on this machine, never in a document. */
import { type PanelSize, STANDARD_PANEL, savedPanelSize } from './panelSize';
import { PLACEMENT_FORMS, type PlacementForm } from './target';
import { savedBytes } from './words/names';

export type ServiceKind = 'topaz' | 'local' | 'relay';

export interface Settings {
  readonly v: 1;
  /** Null until the first run's choice is made. */
  readonly service: ServiceKind | null;
  /** The Topaz key. It goes to the API's own host and nowhere else. Empty = none. */
  readonly key: string;
  /** Address of the local engine, without a trailing slash. */
  readonly localAddress: string;
  /** Address and token of a team relay. */
  readonly relayAddress: string;
  readonly relayToken: string;
  readonly form: PlacementForm;
  readonly panel: PanelSize;
}

export const TOPAZ_ADDRESS = 'https://api.topazlabs.com';
/** The local engine takes any key that is not empty; this one says who is calling. */
export const LOCAL_KEY = 'local-engine';

export const STANDARD_SETTINGS: Settings = {
  v: 1,
  service: null,
  key: '',
  localAddress: 'http://localhost:4141',
  relayAddress: '',
  relayToken: '',
  form: 'overlay',
  panel: STANDARD_PANEL,
};

/** Where requests go and with which key. Null while something needed is missing. */
export interface Endpoint {
  /** Origin (and path prefix, if any) without a trailing slash: `/image/v1/...` and `/account/v1/...` follow it. */
  readonly address: string;
  readonly key: string;
  /** The service's name as the user reads it. */
  readonly name: string;
}

/** Never tests the key or the address: only what is missing is seen here. */
export function endpoint(settings: Settings): Endpoint | null {
  switch (settings.service) {
    case 'topaz':
      return settings.key === '' ? null : { address: TOPAZ_ADDRESS, key: settings.key, name: 'Topaz Labs' };
    case 'local':
      return { address: settings.localAddress, key: LOCAL_KEY, name: 'Local engine' };
    case 'relay':
      if (settings.relayAddress === '' || settings.relayToken === '') return null;
      return { address: settings.relayAddress, key: settings.relayToken, name: 'Team relay' };
    case null:
      return null;
  }
}

/** Bytes: every job's record names its service. */
const LONGEST_ADDRESS = 200;

/** An address without trailing slashes, or null when it is not an http(s) address with a host. */
export function parseAddress(text: string): string | null {
  const trimmed = text.trim().replace(/\/+$/, '');
  if (savedBytes(trimmed) > LONGEST_ADDRESS) return null;
  return /^https?:\/\/[a-z0-9.-]+(:\d{1,5})?(\/[^\s?#]*)?$/i.test(trimmed) ? trimmed : null;
}

/** The same for a team relay, which takes a token: https only, but for a trial on this computer. */
export function parseRelayAddress(text: string): string | null {
  const address = parseAddress(text);
  return address !== null && /^(https:|http:\/\/(localhost|127\.0\.0\.1)([:/]|$))/i.test(address) ? address : null;
}

/** Settings from saved data: what cannot be read becomes the default, the rest is kept. */
export function parseSettings(input: unknown): Settings {
  const saved = typeof input === 'object' && input !== null ? (input as Record<string, unknown>) : {};
  const text = (name: string, standard: string): string =>
    typeof saved[name] === 'string' ? (saved[name] as string) : standard;
  const address = (name: string, standard: string): string => parseAddress(text(name, standard)) ?? standard;
  const service = saved['service'];
  return {
    v: 1,
    service: service === 'topaz' || service === 'local' || service === 'relay' ? service : null,
    key: text('key', '').trim(),
    localAddress: address('localAddress', STANDARD_SETTINGS.localAddress),
    relayAddress: address('relayAddress', ''),
    relayToken: text('relayToken', '').trim(),
    form: PLACEMENT_FORMS.find((known) => known === saved['form']) ?? STANDARD_SETTINGS.form,
    panel: savedPanelSize(input),
  };
}
