/** Recover faces now: what it does without a panel, and what makes the panel visible. */
import { describe, expect, it } from 'vitest';
import { STANDARD_PARAMETERS } from '../../../src/core/parameters';
import { failed } from '../../../src/core/result';
import { STANDARD_SETTINGS } from '../../../src/core/settings';
import { FACES, type Given, job, report, selected } from '../fakes/data';
import { type Bench, bench, settled } from '../fakes/session';

/** Until it is known which window works on the document. */
const LEASE = 2_000;

async function started(given: Given = {}, before: (made: Bench) => void = () => undefined): Promise<Bench> {
  const made = bench({ command: 'now', selection: report(selected('Layer')), ...given });
  before(made);
  await made.session.deeds.open();
  // The storage answers before time passes.
  await settled();
  await made.world.pass(LEASE);
  await made.world.pass(LEASE);
  await settled();
  return made;
}

const shown = ({ host }: Bench): boolean => host.asks('panel.show').length > 0;
const closed = ({ host }: Bench): boolean => host.asks('panel.close').length > 0;
const words = ({ host }: Bench): readonly string[] => host.asks('notice.show').map(({ text }) => text);

describe('Recover faces now', () => {
  it('sends the picture, applies its result, says what was charged and ends the plugin', async () => {
    const made = await started();
    expect(made.service.sent).toHaveLength(1);
    made.service.sent[0]!.deliver();
    await settled();
    await made.world.pass(LEASE);
    expect(made.host.asks('result.place')).toMatchObject([{ form: 'overlay', recipe: { faces: FACES.length } }]);
    expect(words(made)).toEqual(['Done: 3 faces · 1 credit · Undo with Ctrl+Z']);
    expect(made.host.calls.at(-1)?.name).toBe('panel.close');
    expect(shown(made)).toBe(false);
  });

  it('leaves nothing behind that would be offered again: no batch, no lease, and the charge is written down', async () => {
    const made = await started();
    made.service.sent[0]!.deliver();
    await settled();
    await made.world.pass(LEASE);
    expect(closed(made)).toBe(true);
    const keys = [...made.host.saved.keys()];
    expect(keys.filter((key) => /^(batch|lease):/.test(key))).toEqual([]);
    expect(keys.filter((key) => key.startsWith('ledger:'))).toHaveLength(1);
  });

  it('takes the settings of the last job, without its reference picture', async () => {
    const parameters = {
      ...STANDARD_PARAMETERS,
      strength: 0.31,
      noiseSeed: 77,
      referenceUri: 'https://example.org/a.jpg',
    };
    const last = job('Earlier', { name: 'CANCELLED' }, { work: { kind: 'faces', parameters }, preset: null });
    const { service } = await started({ jobs: [last] });
    expect(service.sent[0]?.order.work).toEqual({ kind: 'faces', parameters: { ...parameters, referenceUri: null } });
  });

  it('tells how it goes on, one toast after the other, not faster than every two seconds', async () => {
    const made = await started();
    const { watcher } = made.service.sent[0]!;
    const said = (): readonly string[] => made.host.asks('notice.progress').map(({ text }) => text);
    const before = said().length;
    for (const fraction of [0.1, 0.2, 0.3]) watcher.onProgress({ stage: 'restoring', fraction, secondsLeft: 8 });
    await made.world.pass(LEASE);
    watcher.onProgress({ stage: 'restoring', fraction: 0.6, secondsLeft: 4 });
    await made.world.pass(LEASE);
    expect(said().length - before).toBeLessThanOrEqual(2);
    expect(said().at(-1)).toBe('Restoring 60 % · about 4 s');
  });

  it('asks the service to cancel when the button of the toast is pressed, and says that nothing was charged', async () => {
    const made = await started();
    made.host.announce({ type: 'notice-pressed' });
    await settled();
    expect(made.service.sent[0]?.cancels).toBe(1);
    made.service.sent[0]!.fail({ code: 'job-cancelled', spent: false });
    await settled();
    await made.world.pass(LEASE);
    expect(words(made).at(-1)).toBe('Cancelled. Nothing was charged.');
    expect(closed(made)).toBe(true);
    expect(made.host.asks('result.place')).toEqual([]);
  });

  it('says so when it was too late to cancel', async () => {
    const made = await started();
    made.host.announce({ type: 'notice-pressed' });
    await settled();
    made.service.sent[0]!.fail({ code: 'job-cancelled', spent: true });
    await settled();
    await made.world.pass(LEASE);
    expect(words(made).at(-1)).toMatch(/^Too late to cancel: the credit is used\./);
  });

  it('sends nothing when it was cancelled before', async () => {
    const made = bench({ command: 'now', selection: report(selected('Layer')) });
    await made.session.deeds.open();
    made.host.announce({ type: 'notice-pressed' });
    for (let turn = 0; turn < 4; turn++) await made.world.pass(LEASE);
    expect(made.service.sent).toEqual([]);
    expect(words(made).at(-1)).toBe('Cancelled. Nothing was charged.');
    expect(closed(made)).toBe(true);
  });
});

describe('the panel is shown instead, and nothing is sent', () => {
  it.each<[string, Given, unknown]>([
    [
      'it would cost more than one credit',
      { selection: report(selected('A'), selected('B')) },
      { code: 'decision-needed', credits: 2 },
    ],
    ['no service is chosen', { settings: STANDARD_SETTINGS }, null],
    ['nothing is selected', { selection: report() }, null],
  ])('when %s', async (_what, given, trouble) => {
    const made = await started(given);
    expect(shown(made)).toBe(true);
    expect(made.state().trouble).toEqual(trouble);
    expect(made.service.sent).toEqual([]);
    expect(closed(made)).toBe(false);
  });

  it('when no face is found: the picture is in hand, as after any opening', async () => {
    const made = await started({}, ({ studio }) => studio.facesOf('Layer', []));
    expect(shown(made)).toBe(true);
    expect(made.service.sent).toEqual([]);
    expect(made.state()).toMatchObject({ batch: null, subject: { state: 'known', faces: [] } });
  });

  it('when another window works on the document', async () => {
    const saved = new Map<string, unknown>();
    const other = bench({}, saved);
    await other.session.deeds.open();
    await settled();
    await other.world.pass(LEASE);
    const made = bench({ command: 'now', selection: report(selected('Layer')) }, saved, 7);
    await made.session.deeds.open();
    for (let second = 0; second < 10; second++) {
      await other.world.pass(1_000);
      await made.world.pass(1_000);
    }
    expect(shown(made)).toBe(true);
    expect(made.state().trouble).toEqual({ code: 'window-elsewhere' });
    expect(made.service.sent).toEqual([]);
  });
});

describe('what goes wrong is decided in the panel', () => {
  it.each<[string, (made: Bench) => void]>([
    ['the service refuses', ({ service }) => service.sent[0]!.fail({ code: 'credits-missing' })],
    [
      'the layer cannot be written',
      ({ host, service }) => {
        host.answer('result.place', failed({ code: 'layer-changed' }));
        service.sent[0]!.deliver();
      },
    ],
  ])('when %s', async (_what, act) => {
    const made = await started();
    act(made);
    await settled();
    await made.world.pass(LEASE);
    expect(shown(made)).toBe(true);
    expect(closed(made)).toBe(false);
    expect(made.state().batch?.shown).toBe(true);
  });

  it('and so is the rest when the panel is opened meanwhile: it is not closed, and nothing is applied by itself', async () => {
    const made = await started();
    made.host.announce({ type: 'command', command: 'recover', preset: null });
    await settled();
    expect(shown(made)).toBe(true);
    made.service.sent[0]!.deliver();
    await settled();
    await made.world.pass(LEASE);
    expect(made.host.asks('result.place')).toEqual([]);
    expect(closed(made)).toBe(false);
  });
});
