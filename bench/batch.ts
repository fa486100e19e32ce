/** `npm run bench:batch`: a batch of 100 pictures beside the shortest time that its jobs allow, in virtual time. */
import { benchBatch } from './batch/measure';
import { print } from './table';

print(await benchBatch());
