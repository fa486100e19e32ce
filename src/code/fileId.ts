/**
 * The document's own id. Figma gives its file key to private plugins only, so one is minted and kept with the document.
 * It is written only when a job or a result needs it: looking at a selection changes nothing in the file.
 */
import { type FileId, fileId } from '../core/ids';
import { mintFileId } from '../core/mint';

const KEY = 'fileId';

export interface DocumentId {
  readonly id: FileId;
  /** Makes the document remember its id; again after an undo has taken it away. */
  keep(): void;
}

/**
 * A copy of a file has the original's id once it has been kept, and a document without one gets a new id at each
 * opening until then.
 */
export function documentId(root: Pick<DocumentNode, 'getPluginData' | 'setPluginData'>): DocumentId {
  const saved = root.getPluginData(KEY);
  const id = saved === '' ? mintFileId(Math.random) : fileId(saved);
  return {
    id,
    keep() {
      if (root.getPluginData(KEY) !== id) root.setPluginData(KEY, id);
    },
  };
}
