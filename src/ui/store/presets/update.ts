/** What becomes of the presets, and of the parameters that are set by them. */
import type { PresetId } from '../../../core/ids';
import { type PresetList, standardPreset } from '../../../core/presets/list';
import type { TeamReading } from '../../../core/presets/team';
import { unreachable } from '../../../core/result';
import { type Draft, isChanged, withPreset } from '../draft';
import type { Ready } from '../state';
import { type FileOffer, findPreset, firstPreset, type PresetSaid, type Presets } from './presets';

export type PresetsAction =
  | { readonly type: 'preset'; readonly id: PresetId }
  /** The plugin was started with this preset: an id or a name. */
  | { readonly type: 'preset-wanted'; readonly preset: string }
  /** All that was changed goes back to the preset. */
  | { readonly type: 'preset-reset' }
  /** One's own are stored as this. */
  | { readonly type: 'presets-own'; readonly list: PresetList }
  | { readonly type: 'presets-access'; readonly access: Presets['access'] }
  /** What the document carries was read anew. */
  | { readonly type: 'presets-team'; readonly team: TeamReading }
  | { readonly type: 'presets-said'; readonly said: PresetSaid | null }
  | { readonly type: 'presets-offer'; readonly offer: FileOffer | null };

/** What the user changed of the draft stays when its preset is changed, or gone, elsewhere. */
export function updatePresets(state: Ready, action: PresetsAction): Ready {
  const { presets, draft } = state;
  switch (action.type) {
    case 'preset': {
      const preset = findPreset(presets, action.id);
      return preset === null ? state : { ...state, draft: withPreset(draft, preset) };
    }
    case 'preset-wanted': {
      const wanted = { ...presets, said: saidOf(presets, action.preset) };
      return { ...state, presets: wanted, draft: withPreset(draft, firstPreset(presets, action.preset)) };
    }
    case 'preset-reset':
      return { ...state, draft: withPreset(draft, draft.preset) };
    case 'presets-own':
      return followed(state, { ...presets, own: action.list, access: 'open', damaged: 0 });
    case 'presets-access':
      return { ...state, presets: { ...presets, access: action.access } };
    case 'presets-team':
      return followed(state, { ...presets, team: action.team });
    case 'presets-said':
      return { ...state, presets: { ...presets, said: action.said } };
    case 'presets-offer':
      return { ...state, presets: { ...presets, offer: action.offer, said: null } };
    default:
      return unreachable(action);
  }
}

/** What there is to say of the preset that the plugin was started with. */
export function saidOf(presets: Presets, wish: string | null): PresetSaid | null {
  return wish === null || findPreset(presets, wish) !== null ? null : { what: 'missing', name: wish };
}

/** The preset in hand as it is now. Where it is gone, its numbers stay, as changes to the default one. */
function followed(state: Ready, presets: Presets): Ready {
  const now = findPreset(presets, state.draft.preset.id);
  const draft: Draft =
    now === null
      ? { ...state.draft, preset: standardPreset(presets.own) }
      : isChanged(state.draft)
        ? { ...state.draft, preset: now }
        : { ...withPreset(state.draft, now), corrections: state.draft.corrections };
  return { ...state, presets, draft };
}
