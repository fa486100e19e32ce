/** `npm start`: builds the plugin, starts engine and playground, builds again on changes, stops on Ctrl+C. */
import { buildPlugin, watchPlugin } from './build';
import { startBoth } from './service';

const say = (problem: unknown): void => console.error(problem instanceof Error ? problem.message : problem);

try {
  await buildPlugin();
  const running = await startBoth('usual', null, { log: (line) => console.log(line) });
  running.engine.warm();
  const stopWatching = await watchPlugin((problem) => {
    if (problem !== null) say(problem);
  });
  console.log(`\nPlayground    ${running.playground.address}`);
  console.log(`Local engine  ${running.engine.address}   (${running.engine.kind})`);
  console.log('Ctrl+C stops both.\n');
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    void stopWatching()
      .then(() => running.close())
      .then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
} catch (problem) {
  say(problem);
  process.exitCode = 1;
}
