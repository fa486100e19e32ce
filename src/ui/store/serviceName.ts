/** The service of an address in the user's words, for what stays in the document. */
import { endpoint, STANDARD_SETTINGS, TOPAZ_ADDRESS } from '../../core/settings';

export function serviceName(address: string): string {
  const service = address === TOPAZ_ADDRESS ? 'topaz' : 'local';
  // Any key will do: only the name is asked for.
  return endpoint({ ...STANDARD_SETTINGS, service, key: 'any', localAddress: address })?.name ?? '';
}
