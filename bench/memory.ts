/** `npm run bench:memory`: memory of the panel on the largest picture and in batches. */
import { benchMemory } from './memory/measure';
import { print } from './table';

print(await benchMemory());
