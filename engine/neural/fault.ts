/** Why a model given with `--model` cannot be used: found when the engine starts, never in the middle of a job. */
import { unreachable } from '../../src/core/result';

export type ModelFault =
  | { readonly code: 'no-file'; readonly file: string }
  /** ONNX Runtime is not installed, or not whole. */
  | { readonly code: 'no-runtime' }
  /** Not an ONNX file, a damaged one, or one with operators that this runtime does not know. */
  | { readonly code: 'unreadable'; readonly file: string; readonly detail: string }
  /** A whole ONNX file whose inputs and outputs are not those of a face restorer that this engine knows. */
  | { readonly code: 'unknown'; readonly file: string; readonly why: string }
  /** It could be loaded, but its first face failed. */
  | { readonly code: 'failed'; readonly file: string; readonly detail: string };

/** Adds ONNX Runtime: run once, in the project's folder. */
export const RUNTIME_COMMAND = 'npm ci --prefix engine/neural/runtime';

const KNOWN = 'Known are GFPGAN, RestoreFormer, RestoreFormer++ and CodeFormer for faces of 512 x 512.';

/** For the terminal. */
export function sayModelFault(fault: ModelFault): string {
  switch (fault.code) {
    case 'no-file':
      return `The model ${fault.file} cannot be read. Check the path after --model.`;
    case 'no-runtime':
      return `A model needs ONNX Runtime, which is not part of the plain install because it is large (about 150 MB). Add it with: ${RUNTIME_COMMAND}`;
    case 'unreadable':
      return `The model ${fault.file} is no ONNX model, or it is damaged: fetch it again. ONNX Runtime says: ${fault.detail}`;
    case 'unknown':
      return `The model ${fault.file} is not one that this engine knows: ${fault.why} ${KNOWN}`;
    case 'failed':
      return `The model ${fault.file} was loaded but failed on its first face: ${fault.detail}`;
    default:
      return unreachable(fault);
  }
}
