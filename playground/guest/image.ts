/** `figma.createImage` and the handle it gives. The bytes stay on the host. */
import { alive, type Guest, mayWrite } from './guest';
import { owns, strictObject } from './strict';

/** Also for a hash that the document does not hold: then the two questions reject. */
export function imageObject(guest: Guest, hash: string): object {
  const members: Readonly<Record<string, () => unknown>> = {
    hash: () => hash,
    getBytesAsync: () => async () => {
      alive(guest, 'getBytesAsync');
      return guest.bridge.ask('getBytesAsync', 'image.bytes', { hash });
    },
    getSizeAsync: () => async () => {
      alive(guest, 'getSizeAsync');
      return guest.bridge.ask('getSizeAsync', 'image.size', { hash });
    },
  };
  return strictObject({
    name: 'Image',
    known: guest.setup.members['Image'] ?? [],
    names: () => Object.keys(members),
    member: (name) => {
      const get = owns(members, name) ? members[name] : undefined;
      return get === undefined ? undefined : { get };
    },
  });
}

/** Throws Figma's words for what is no picture, too large or too small: the host looks at the bytes. */
export function createImage(guest: Guest, bytes: unknown): object {
  mayWrite(guest, 'createImage');
  if (!(bytes instanceof Uint8Array)) throw new Error('in createImage: Expected "data" to be a Uint8Array');
  return imageObject(guest, guest.bridge.call('createImage', 'image.add', { bytes }));
}
