/**
 * What all jobs of one panel share towards a service: how many are there at once, who uploads, how long nobody sends
 * after the service said that it is busy, what is known of the account, and one reading of the list for all when
 * there are several.
 */
import type { Endpoint } from '../core/settings';
import { type Account, createAccount } from './account';
import { createGate, type Gate } from './gate';
import { createReadings, type Readings } from './readings';
import type { World } from './world';

export interface Traffic {
  /** The same for the same address and key. */
  to(endpoint: Endpoint): Road;
}

export interface Road {
  readonly gate: Gate;
  readonly account: Account;
  readonly readings: Readings;
}

/** One for each panel; a service that is no longer used is kept until the panel is closed. */
export function createTraffic(world: World): Traffic {
  const roads = new Map<string, Road>();
  return {
    to(endpoint) {
      const name = `${endpoint.address} ${endpoint.key}`;
      const known = roads.get(name);
      if (known !== undefined) return known;
      const road: Road = {
        gate: createGate(world),
        account: createAccount(world, endpoint),
        readings: createReadings(world, endpoint),
      };
      roads.set(name, road);
      return road;
    },
  };
}
