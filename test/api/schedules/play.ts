/** Plays one schedule to its end, and says what went against the rules. */
import { type Policy, SAFE_POLICY } from '../../../src/api/policy';
import { unreachable } from '../../../src/core/result';
import { createScene, type Scene } from './scene';
import type { Command, Schedule } from './schedule';
import { KINDS } from './wire';

export interface Played {
  readonly violations: readonly string[];
  readonly log: readonly string[];
}

export async function play(schedule: Schedule, policy: Policy = SAFE_POLICY): Promise<Played> {
  const scene = createScene(schedule.seed, policy, schedule.quirks);
  scene.service.duration = schedule.duration;
  scene.service.lag = schedule.lag;
  scene.uploadTakes(schedule.upload);
  for (const command of schedule.commands) {
    await act(scene, command);
    // The user, too, needs a moment between two things.
    await scene.pass(0.05);
  }
  await scene.settle();
  return { violations: scene.violations(), log: scene.log };
}

async function act(scene: Scene, command: Command): Promise<void> {
  switch (command.do) {
    case 'start':
      return scene.start(command.work);
    case 'cancel':
      return scene.cancel(command.work);
    case 'apply':
      return scene.apply(command.work);
    case 'consent':
      return scene.consent(command.work);
    case 'wait':
      return await scene.pass(command.seconds);
    case 'suspend':
      return scene.suspend(command.seconds);
    case 'open':
      return scene.open(command.stale);
    case 'close':
      return scene.close(command.how);
    case 'online':
      return scene.setOnline(command.online);
    case 'key':
      return scene.setKey(command.refused);
    case 'trouble':
      return scene.service.script(KINDS[command.kind], ...command.faults);
    case 'outage':
      return scene.outage(command.kind, command.seconds, command.status);
    case 'storage':
      return scene.storage.trouble(...command.troubles);
    default:
      return unreachable(command);
  }
}
