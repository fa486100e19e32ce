/** The relay by itself, as the Docker image runs it. */
import { runRelay } from './command';

await runRelay(process.argv.slice(2).filter((word) => word !== '--relay'));
