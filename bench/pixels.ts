/** `npm run bench:pixels`: the stages of the pixel work on 12 MP beside one decode and one encode by the browser. */
import { benchPixels } from './pixels/measure';
import { print } from './table';

print(await benchPixels());
