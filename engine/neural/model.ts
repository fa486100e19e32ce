/** A restorer's file, loaded and tried: from here on it is a function from face to face. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { failed, ok, type Result } from '../../src/core/result';
import type { ModelFault } from './fault';
import { FACE_SIDE, recognise, type Signature } from './recognise';
import { loadRuntime, type Runtime, type Session } from './runtime';

/** Red, green and blue after each other, rows from the top; 0..255, unclamped. */
export type FacePlanes = Float32Array;

/** Values of one colour of a face. */
export const FACE_PIXELS = FACE_SIDE * FACE_SIDE;

export interface Model {
  readonly family: Signature['family'];
  /** The file's own name. */
  readonly name: string;
  /** `fidelity` 0..1: how much of the input is kept; of no effect on models of the family 'plain'. Clipped to 0..255. */
  restore(face: FacePlanes, fidelity: number): Promise<FacePlanes>;
}

/** The runtime's log: errors that it also throws, and nothing else. */
const FATAL_ONLY = 4;

/** Loads it and restores one blank face: a model that cannot do its work is refused before there is any. */
export async function openModel(
  file: string,
  runtime: Result<Runtime, ModelFault> = loadRuntime(),
): Promise<Result<Model, ModelFault>> {
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await readFile(file));
  } catch {
    return failed({ code: 'no-file', file });
  }
  if (!runtime.ok) return runtime;
  let session: Session;
  try {
    session = await runtime.value.InferenceSession.create(bytes, { logSeverityLevel: FATAL_ONLY });
  } catch (error) {
    return failed({ code: 'unreadable', file, detail: said(error) });
  }
  const signature = recognise(session.inputMetadata, session.outputMetadata);
  if (!signature.ok) return failed({ code: 'unknown', file, why: signature.error });
  const model = modelOf(basename(file), runtime.value, session, signature.value);
  try {
    await model.restore(new Float32Array(3 * FACE_PIXELS).fill(128), 0.5);
  } catch (error) {
    return failed({ code: 'failed', file, detail: said(error) });
  }
  return ok(model);
}

function modelOf(name: string, { Tensor }: Runtime, session: Session, signature: Signature): Model {
  const { family, input, weight, output } = signature;
  return {
    family,
    name,
    restore: async (face, fidelity) => {
      // As the common tools feed them: (x / 255 - 0.5) / 0.5 in, (y + 1) / 2 * 255 out.
      const scaled = face.map((value) => value / 127.5 - 1);
      const inputs = { [input]: new Tensor('float32', scaled, [1, 3, FACE_SIDE, FACE_SIDE]) };
      if (weight !== null) {
        const value = weight.type === 'float64' ? Float64Array.of(fidelity) : Float32Array.of(fidelity);
        inputs[weight.name] = new Tensor(weight.type, value, weight.dims);
      }
      const { data, dims } = (await session.run(inputs))[output]!;
      if (!(data instanceof Float32Array) || data.length !== 3 * FACE_PIXELS || dims[1] !== 3) {
        throw new Error(`the result has the shape ${dims.join(' x ')}, not 1 x 3 x 512 x 512.`);
      }
      // Any value that is no number spoils the sum.
      if (!Number.isFinite(data.reduce((sum, value) => sum + value, 0))) {
        throw new Error('the result is not made of numbers.');
      }
      return data.map((value) => Math.min(255, Math.max(0, (value + 1) * 127.5)));
    },
  };
}

/** One line, without the runtime's codes and without addresses inside it. */
function said(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = (text.split('ERROR_MESSAGE: ').at(-1) ?? '').split('\n')[0]!.trim().slice(0, 300);
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
