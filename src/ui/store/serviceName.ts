/** The service of an address in the user's words, for what stays in the document. */
import { endpoint, type ServiceKind, STANDARD_SETTINGS, TOPAZ_ADDRESS } from '../../core/settings';

/** The address without a trailing slash. An unknown one is a relay's. */
export function serviceName(address: string): string {
  // Any key will do: only the name is asked for.
  const any = { ...STANDARD_SETTINGS, key: 'any', relayToken: 'any', localAddress: address, relayAddress: address };
  return endpoint({ ...any, service: serviceOf(address) })?.name ?? '';
}

/** The local engine answers on this computer only; what is elsewhere, and is not Topaz, is a relay. */
function serviceOf(address: string): ServiceKind {
  if (address === TOPAZ_ADDRESS) return 'topaz';
  return /^https?:\/\/(localhost|127\.0\.0\.1)([:/]|$)/i.test(address) ? 'local' : 'relay';
}
