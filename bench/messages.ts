/** `npm run bench:messages`: bytes and milliseconds of the messages between the panel and its host. */
import { benchMessages } from './messages/measure';
import { print } from './table';

print(await benchMessages());
