/** Which addresses belong to the public internet (IANA's special-purpose registries, RFC 6890 and its successors). */
import { BlockList, isIPv4, isIPv6 } from 'node:net';

const NOT_PUBLIC: readonly (readonly [net: string, bits: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** Inside 2000::/3, the only public range: documentation, and what carries an IPv4 address within (Teredo, 6to4). */
const NOT_PUBLIC_6: readonly (readonly [net: string, bits: number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

/** False for whatever is no address at all. IPv6 without brackets. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !listOf(NOT_PUBLIC, 'ipv4').check(address, 'ipv4');
  if (!isIPv6(address) || address.includes('%')) return false;
  return listOf([['2000::', 3]], 'ipv6').check(address, 'ipv6') && !listOf(NOT_PUBLIC_6, 'ipv6').check(address, 'ipv6');
}

function listOf(nets: readonly (readonly [net: string, bits: number])[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const [net, bits] of nets) list.addSubnet(net, bits, family);
  return list;
}
