/** Credits of different services are different money: they are shown and added up one service at a time. */
import type { Spending } from '../../../core/money/ledger';
import { endpoint } from '../../../core/settings';
import { serviceName } from '../serviceName';
import type { Ready } from '../state';

/** The names of the services that something was spent at, the last used first. `lines`: newest first. */
export function servicesOf(lines: readonly Spending[]): readonly string[] {
  return [...new Set(lines.map(({ address }) => serviceName(address)))];
}

/** The one to begin with: that in use, if anything was spent there. */
export function firstService({ settings }: Ready, lines: readonly Spending[]): string {
  const services = servicesOf(lines);
  const used = endpoint(settings);
  const name = used === null ? null : serviceName(used.address);
  return services.find((service) => service === name) ?? services[0] ?? name ?? '';
}

/** `service`: as `serviceName` says it. The order stays. */
export function spentAt(lines: readonly Spending[], service: string): readonly Spending[] {
  return lines.filter(({ address }) => serviceName(address) === service);
}
