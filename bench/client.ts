/**
 * `npm run bench:client -- [--jobs 40] [--lanes 8] [--from 6] [--to 30] [--rtt 120] [--seed 1]`: how soon a ready result is
 * in hand, and with how many requests, beside two published clients and a look every 5 s.
 */
import { parseArgs } from 'node:util';
import { benchClient, type ClientBench, STANDARD_CLIENT_BENCH } from './client/measure';
import { print } from './table';

const names = Object.keys(STANDARD_CLIENT_BENCH) as (keyof ClientBench)[];
const { values } = parseArgs({ options: Object.fromEntries(names.map((name) => [name, { type: 'string' } as const])) });
const given = Object.fromEntries(
  names.map((name) => [name, Number(values[name] ?? STANDARD_CLIENT_BENCH[name])]),
) as unknown as ClientBench;

print(await benchClient(given));
