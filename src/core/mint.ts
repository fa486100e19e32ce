/** New ids from handed-in chance. `crypto.randomUUID` is missing in an insecure frame, so it is not relied on. */
import { type BatchId, batchId, type FileId, fileId, type JobId, jobId } from './ids';

/** Crockford's base 32, lower case: no two letters that are read as one. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';

/** `length` letters of 5 bits each; `random` gives 0 <= x < 1. */
export function mint(random: () => number, length: number): string {
  let text = '';
  for (let index = 0; index < length; index++) text += LETTERS[Math.floor(random() * 32)];
  return text;
}

/** 80 bits, of which the first 60 stand in the upload's file name. */
export const mintJobId = (random: () => number): JobId => jobId(mint(random, 16));

/** 80 bits. */
export const mintFileId = (random: () => number): FileId => fileId(mint(random, 16));

/** 80 bits. */
export const mintBatchId = (random: () => number): BatchId => batchId(mint(random, 16));
