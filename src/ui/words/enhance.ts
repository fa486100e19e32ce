/** What is written where a whole picture is enhanced, instead of its faces or after them. */
import { type EnhanceModel, MOST_SIDE } from '../../core/enhance';
import { creditText } from '../../core/words/names';

export const ENHANCE = {
  mode: 'What to do',
  modeFaces: 'Recover faces',
  modeEnhance: 'Enhance',
  also: 'Also enhance the picture',
  instead: 'Enhance instead',
  insteadText:
    'The whole picture is sharpened, cleaned and enlarged. Every pixel may change; the original stays hidden below it.',
  afterText:
    'The picture goes out with the restored faces, as you chose them in the review. It is sharpened, cleaned and enlarged as a whole.',
  carries:
    'This layer carries restored faces already. Enhance starts from the original, without them. To keep them, restore the faces again, which is free for 7 days, and then choose “Also enhance the picture”.',
  model: 'Model',
  faces: 'Recover faces as well',
  facesAfter: 'The faces are restored already. This would change them once more.',
  strength: 'Face strength',
  strengthHelp: 'How strongly faces are recovered.',
  creativity: 'Face creativity',
  creativityHelp: 'Likeness first, or detail first.',
  realistic: 'Realistic',
  creative: 'Creative',
  size: 'Size of the result',
  times: (times: number, size: string): string => `×${times} · ${size}`,
  otherSize: 'Another long side',
  longSide: 'Long side, in px',
  longHint: (least: number): string =>
    least >= MOST_SIDE
      ? `Figma takes at most ${MOST_SIDE} px a side.`
      : `${least} to ${MOST_SIDE} px. The proportions stay.`,
  longCorrected: (from: number, to: number): string =>
    Number.isFinite(from) ? `${from} px is not possible here; ${to} px is used.` : `Type a number; ${to} px is used.`,
  capped: `Figma takes at most ${MOST_SIDE} px a side.`,
  /** "Enhance · 1 credit", "Enhance · free". */
  run: (credits: number): string => `Enhance · ${credits === 0 ? 'free' : creditText(credits)}`,
  preparing: 'Putting the picture together…',
  noOverlay: 'Not for an enhanced picture: an overlay shows faces only.',
  replaceHelp: 'The enhanced picture takes the place of the fill. The original stays hidden below it.',
  layerHelp: 'The enhanced picture lies on a new layer above this one, with the original hidden below it.',
  result: (size: string): string => `The enhanced picture is ${size}.`,
  facesChanged: (count: number): string =>
    `${count === 1 ? '1 face' : `${count} faces`} changed a lot: compare with the original.`,
  enhanced: 'Enhanced',
  carried: (model: string, date: string, service: string): string => `Enhanced: ${model}, ${date}, ${service}.`,
  paidBefore: (date: string): string => `Already enhanced on ${date}: free.`,
} as const;

export const MODEL_HINTS: { readonly [Model in EnhanceModel]: string } = {
  'Standard V2': 'For most pictures: photos, renderings and artwork.',
  'High Fidelity V2': 'For good pictures: keeps texture and fine detail.',
  'Low Resolution V2': 'For small, grainy or heavily compressed pictures.',
};
