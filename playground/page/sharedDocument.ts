/**
 * Two windows on one document: what is written in one is there in the other, as if by another person. Where both write
 * the same field in the same moment, they may end up different; Figma has a server for that.
 */
import type { CanvasDocument } from '../document/document';
import { applied, difference, type Entry, isEmpty } from '../document/history';

/** Between windows of one browser: a BroadcastChannel, which does not hear itself. */
export type Channel = Pick<BroadcastChannel, 'postMessage' | 'onmessage'>;

type Message =
  | {
      readonly type: 'change';
      readonly entry: Entry;
      readonly images: readonly (readonly [hash: string, bytes: Uint8Array])[];
    }
  /** The document is thrown away: begin anew. */
  | { readonly type: 'reset' };

export interface Shared {
  tellReset(): void;
}

/** `onReset`: the other window has thrown the document away. */
export function shareDocument(document: CanvasDocument, channel: Channel, onReset: () => void): Shared {
  let told = document.tree();
  const toldImages = new Set(document.images.hashes());
  const post = (message: Message): void => channel.postMessage(message);

  document.subscribe((what) => {
    if (what !== 'tree' && what !== 'images') return;
    const entry = difference(told, document.tree());
    const fresh = document.images.hashes().filter((hash) => !toldImages.has(hash));
    told = document.tree();
    if (isEmpty(entry) && fresh.length === 0) return;
    for (const hash of fresh) toldImages.add(hash);
    post({ type: 'change', entry, images: fresh.map((hash) => [hash, document.images.get(hash) ?? new Uint8Array()]) });
  });
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.type === 'reset') return onReset();
    for (const [hash, bytes] of data.images) {
      toldImages.add(hash);
      document.images.add(bytes);
    }
    if (isEmpty(data.entry)) return;
    document.change('teammate', (tree) => {
      const next = applied(tree, data.entry);
      // What has come from there is not told back.
      told = next;
      return next;
    });
  };
  return { tellReset: () => post({ type: 'reset' }) };
}
