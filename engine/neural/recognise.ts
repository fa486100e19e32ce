/** Which kind of restorer a model is, by its inputs and outputs alone: file names say nothing. */
import { failed, ok, type Result } from '../../src/core/result';
import type { Port } from './runtime';

/** Pixels a side of the aligned face that all of these networks were trained on. */
export const FACE_SIDE = 512;

export interface Signature {
  /** 'plain': GFPGAN, RestoreFormer, RestoreFormer++. 'weighted': CodeFormer, whose second input is the fidelity. */
  readonly family: 'plain' | 'weighted';
  /** Float32 [1, 3, 512, 512], RGB, -1..1. */
  readonly input: string;
  /** One number: 0 = quality, 1 = fidelity. */
  readonly weight: { readonly name: string; readonly type: 'float32' | 'float64'; readonly dims: number[] } | null;
  /** Like the input. */
  readonly output: string;
}

/** The names that exports of CodeFormer give to the fidelity. */
const WEIGHT_NAMES = ['weight', 'w'];

/** The error is a sentence: what is not as in a known restorer. */
export function recognise(inputs: readonly Port[], outputs: readonly Port[]): Result<Signature, string> {
  const input = inputs.find(isPicture);
  if (input === undefined) return failed(`none of its inputs is a picture; it takes ${listed(inputs)}.`);
  if (input.type !== 'float32') return failed(`it takes numbers of the kind ${input.type}, not float32.`);
  if (!fits(input)) return failed(`it takes pictures of the shape ${shapeOf(input)}, not 1 x 3 x 512 x 512.`);
  const others = inputs.filter((port) => port !== input);
  const weight = others.find(isWeight);
  const strange = others.filter((port) => port !== weight);
  if (strange.length > 0) return failed(`it asks for more than a picture: ${listed(strange)}.`);
  const output = outputs.find((port) => isPicture(port) && port.type === 'float32' && fits(port));
  if (output === undefined) return failed(`none of its outputs is a face of 512 x 512; it gives ${listed(outputs)}.`);
  return ok({
    family: weight === undefined ? 'plain' : 'weighted',
    input: input.name,
    weight:
      weight === undefined
        ? null
        : {
            name: weight.name,
            type: weight.type === 'float64' ? 'float64' : 'float32',
            dims: (weight.shape ?? []).map(() => 1),
          },
    output: output.name,
  });
}

const isPicture = ({ isTensor, shape }: Port): boolean => isTensor && shape?.length === 4;

/** Sides that the file leaves open fit. */
function fits({ shape = [] }: Port): boolean {
  const wanted = [1, 3, FACE_SIDE, FACE_SIDE];
  return shape.length === 4 && shape.every((side, index) => isOpen(side) || side === wanted[index]);
}

/** Runtimes say it with a word or with -1. */
const isOpen = (side: number | string): boolean => typeof side === 'string' || side < 0;

function isWeight({ name, isTensor, type, shape = [] }: Port): boolean {
  const isNumber = type === 'float32' || type === 'float64';
  return isTensor && isNumber && WEIGHT_NAMES.includes(name) && shape.every((side) => isOpen(side) || side === 1);
}

const shapeOf = ({ shape = [] }: Port): string => shape.map((side) => (isOpen(side) ? '?' : side)).join(' x ');

function listed(ports: readonly Port[]): string {
  if (ports.length === 0) return 'nothing';
  return ports
    .map((port) => `"${port.name}" (${port.type ?? 'no tensor'}, ${shapeOf(port) || 'one number'})`)
    .join(', ');
}
