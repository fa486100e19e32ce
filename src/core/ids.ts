/**
 * Names for things that are all strings on the wire and must never be confused in the code.
 * The functions below are the only places where a plain string becomes one of them.
 */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** Figma's id of a layer, such as `12:34`. */
export type NodeId = Branded<'NodeId'>;
/** Figma's hash of an image in the document (not a hash of the file's bytes that we could compute). */
export type ImageHash = Branded<'ImageHash'>;
/** The id we mint for a document, kept in its root plugin data: `figma.fileKey` is for private plugins only. */
export type FileId = Branded<'FileId'>;
/** The id we mint for one paid piece of work. */
export type JobId = Branded<'JobId'>;
/** The id we mint for several pictures that are restored together. */
export type BatchId = Branded<'BatchId'>;
/** The service's id of one accepted attempt of a job. */
export type ProcessId = Branded<'ProcessId'>;
/** The id of a preset, built in or the user's own. */
export type PresetId = Branded<'PresetId'>;
/** Lower-case hexadecimal SHA-256 of a file's bytes. */
export type ContentHash = Branded<'ContentHash'>;

// Nothing is checked: whoever calls knows where the text comes from.

export const nodeId = (text: string): NodeId => text as NodeId;
export const imageHash = (text: string): ImageHash => text as ImageHash;
export const fileId = (text: string): FileId => text as FileId;
export const jobId = (text: string): JobId => text as JobId;
export const batchId = (text: string): BatchId => text as BatchId;
export const processId = (text: string): ProcessId => text as ProcessId;
export const presetId = (text: string): PresetId => text as PresetId;
export const contentHash = (text: string): ContentHash => text as ContentHash;
