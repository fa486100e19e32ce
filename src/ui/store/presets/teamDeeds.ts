/** Presets that the file carries: shared, taken over, and taken out of it. Each is written by itself and read before. */
import type { PresetId } from '../../../core/ids';
import { mint } from '../../../core/mint';
import type { OnSameName } from '../../../core/presets/import';
import { findOwn, newPreset, type PresetList, withAdded, withChanged, withTeam } from '../../../core/presets/list';
import { freeName, sameName } from '../../../core/presets/name';
import type { Preset } from '../../../core/presets/presets';
import {
  linkOf,
  NO_TEAM,
  partnerOf,
  readTeam,
  TEAM_PRESET_KEYS,
  type TeamPreset,
  teamEntry,
  teamPresetId,
  teamStanding,
} from '../../../core/presets/team';
import { type Context, ready } from '../context';
import type { PresetSaid } from './presets';

export interface TeamDeeds {
  /**
   * Puts one's own preset into the file, or brings the file's one up to date. Without a word on it, nothing that somebody
   * else has written meanwhile or under the same name is touched: that is said instead.
   */
  share(id: PresetId, onConflict?: OnSameName): Promise<void>;
  /** Makes the file's preset one's own, or brings one's own up to date. A name that is taken is said first. */
  take(id: PresetId, onSameName?: OnSameName): Promise<void>;
  /** Takes it out of the file, for everybody. */
  unshare(id: PresetId): Promise<void>;
}

export interface Team {
  readonly deeds: TeamDeeds;
  read(): Promise<readonly TeamPreset[] | null>;
  /** After `unshare`. */
  bringBack(preset: TeamPreset): Promise<void>;
}

/** `change` changes one's own list and says what was done; `newId` mints an id. */
export function teamDeeds(
  context: Context,
  change: (make: (list: PresetList) => PresetList, said?: PresetSaid | null) => Promise<boolean>,
  newId: () => PresetId,
): Team {
  const { host, store, world } = context;
  const say = (said: PresetSaid | null): void => store.dispatch({ type: 'presets-said', said });

  const read = async (): Promise<readonly TeamPreset[] | null> => {
    const answer = await host.call('shared.read', { prefix: TEAM_PRESET_KEYS });
    const team = answer.ok ? readTeam(answer.value) : NO_TEAM;
    if (answer.ok) store.dispatch({ type: 'presets-team', team });
    else store.dispatch({ type: 'trouble', error: answer.error });
    return answer.ok ? team.presets : null;
  };

  /** The entry as it was written, or null. */
  const write = async (
    id: PresetId,
    preset: Preset,
  ): Promise<{ readonly id: PresetId; readonly at: number } | null> => {
    const written = await host.call('shared.save', { key: id, value: teamEntry(preset) });
    store.dispatch({ type: 'trouble', error: written.ok ? null : written.error });
    await read();
    return written.ok ? { id, at: written.value.at } : null;
  };

  const share = async (id: PresetId, onConflict?: OnSameName): Promise<void> => {
    const team = await read();
    const own = findOwn(ready(context)?.presets.own ?? { v: 1, presets: [], standard: id }, id);
    if (team === null || own === null) return;
    const standing = teamStanding(own, team);
    const partner = partnerOf(own, team);
    if (partner !== null && (standing === 'theirs' || standing === 'both') && onConflict === undefined) {
      return say({ what: 'share-conflict', own: id, team: partner });
    }
    const namesake = partner === null ? (team.find(({ name }) => sameName(name, own.name)) ?? null) : null;
    if (namesake !== null && onConflict === undefined) {
      return say({ what: 'share-same-name', own: id, team: namesake });
    }
    const place = partner ?? (onConflict === 'replace' ? namesake : null);
    const others = team.filter((preset) => preset.id !== place?.id);
    const name = freeName(own.name, others);
    const written = await write(place?.id ?? teamPresetId(mint(world.random, 12)), { ...own, name });
    if (written === null) return;
    await change((list) => withTeam(list, id, linkOf(own, written)), { what: 'shared', name });
  };

  const take = async (id: PresetId, onSameName?: OnSameName): Promise<void> => {
    const team = await read();
    const theirs = team?.find((preset) => preset.id === id);
    const list = ready(context)?.presets.own;
    if (theirs === undefined || list === undefined) return;
    const linked = list.presets.find((own) => own.team?.id === id);
    const namesake = list.presets.find(({ name }) => sameName(name, theirs.name));
    if (linked === undefined && namesake !== undefined && onSameName === undefined) {
      return say({ what: 'take-same-name', team: theirs });
    }
    const at = world.clock();
    const link = linkOf({ changedAt: at }, theirs);
    const place = linked ?? (onSameName === 'replace' ? namesake : undefined);
    const fresh = newPreset({ ...theirs, id: newId(), at, team: link });
    await change(
      (before) =>
        place === undefined
          ? withAdded(before, fresh)
          : withTeam(withChanged(before, place.id, theirs, at), place.id, link),
      { what: 'taken', name: theirs.name },
    );
  };

  return {
    read,
    async bringBack(preset) {
      if ((await write(preset.id, preset)) !== null) say(null);
    },
    deeds: {
      share,
      take,
      async unshare(id) {
        const preset = ready(context)?.presets.team.presets.find((known) => known.id === id);
        if (preset === undefined) return;
        const gone = await host.call('shared.forget', { key: id });
        store.dispatch({ type: 'trouble', error: gone.ok ? null : gone.error });
        await read();
        if (gone.ok) say({ what: 'unshared', preset });
      },
    },
  };
}
