/**
 * `npm run bench:ui`: the panel's start, its size, and the frames a second of its comparison on 16 MP.
 * `npm run bench:ui -- 15` opens each view fifteen times.
 */
import { print } from './table';
import { benchUi } from './ui/measure';

print(await benchUi(Number(process.argv[2] ?? 7)));
