/** Text, as far as its fills and its words go. */
import { number, string } from '../check';
import { field, fixed, type NodeMember, value } from './member';

const FONT = { family: 'Inter', style: 'Regular' };

export const textMembers = {
  characters: value((node) => node.characters, {
    check: string,
    patch: (characters: string, _node, { guest }) => {
      if (!guest.fonts.has('Inter Regular')) {
        throw new Error(
          'in set_characters: Cannot write to node with unloaded font "Inter Regular". Please call figma.loadFontAsync({ family: "Inter", style: "Regular" }) and await the returned promise first.',
        );
      }
      return { characters };
    },
  }),
  fontSize: field('fontSize', number(1)),
  fontName: fixed(FONT),
  fontWeight: fixed(400),
  hasMissingFont: fixed(false),
  textAutoResize: fixed('WIDTH_AND_HEIGHT'),
  textAlignHorizontal: fixed('LEFT'),
  textAlignVertical: fixed('TOP'),
  textStyleId: fixed(''),
} satisfies Readonly<Record<string, NodeMember>>;
