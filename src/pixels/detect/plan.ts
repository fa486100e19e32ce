/** Where every tensor lives in one memory: a place is given again as soon as nobody reads the tensor any more. */
import type { Step } from './graph';

export interface Place {
  /** Floats from the start of the memory. */
  readonly at: number;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

export interface Plan {
  /** Per tensor. */
  readonly places: readonly Place[];
  /** A row of zeros, as long as the longest row, for rows outside the picture. */
  readonly zeros: number;
  /** Room for the rows between a separable step's two convolutions. */
  readonly between: number;
  /** Floats. */
  readonly size: number;
}

/** How many floats of rows between two convolutions are kept: they stay in the processor's nearest cache. */
export const BETWEEN_FLOATS = 6144;

/** `start`: first free float. Width and height are the input's and whole multiples of 32. */
export function plan(steps: readonly Step[], start: number, width: number, height: number): Plan {
  if (width % 32 !== 0 || height % 32 !== 0)
    throw new RangeError(`${width} x ${height}: sides must be multiples of 32`);
  const lastUse = new Map<number, number>();
  steps.forEach((step, index) => {
    for (const tensor of inputsOf(step)) lastUse.set(tensor, index);
  });
  const shapes: Omit<Place, 'at'>[] = [{ width, height, channels: 3 }];
  for (const step of steps) shapes[step.to] = shapeAfter(step, shapes);
  const longest = shapes.reduce((most, shape) => Math.max(most, shape.width * shape.channels), 0);
  const zeros = start;
  const between = zeros + longest;
  const free: { at: number; length: number }[] = [];
  let end = between + Math.max(BETWEEN_FLOATS, longest);

  const take = (length: number): number => {
    const fitting = free.filter((hole) => hole.length >= length).sort((a, b) => a.length - b.length)[0];
    if (fitting !== undefined) {
      const { at } = fitting;
      fitting.at += length;
      fitting.length -= length;
      return at;
    }
    const at = end;
    end += length;
    return at;
  };
  const give = (at: number, length: number): void => {
    free.push({ at, length });
    free.sort((a, b) => a.at - b.at);
    for (let i = free.length - 1; i > 0; i--) {
      const before = free[i - 1]!;
      if (before.at + before.length !== free[i]!.at) continue;
      before.length += free[i]!.length;
      free.splice(i, 1);
    }
  };
  const lengthOf = (tensor: number): number => {
    const shape = shapes[tensor]!;
    return Math.ceil((shape.width * shape.height * shape.channels) / 4) * 4;
  };

  const at: number[] = [take(lengthOf(0))];
  steps.forEach((step, index) => {
    const over = overwritten(step);
    const inPlace = over !== null && lastUse.get(over) === index && lengthOf(over) === lengthOf(step.to);
    at[step.to] = inPlace ? at[over]! : take(lengthOf(step.to));
    for (const tensor of new Set(inputsOf(step))) {
      if (lastUse.get(tensor) === index && !(inPlace && tensor === over)) give(at[tensor]!, lengthOf(tensor));
    }
  });
  return { places: shapes.map((shape, tensor) => ({ ...shape, at: at[tensor]! })), zeros, between, size: end };
}

function inputsOf(step: Step): number[] {
  if (step.kind === 'raise') return [step.from, step.onto];
  if (step.kind === 'separable' && step.skip !== null) return [step.from, step.skip];
  return [step.from];
}

/** The tensor that a step reads at exactly the places where it writes, so that it may write over it. */
function overwritten(step: Step): number | null {
  if (step.kind === 'raise') return step.onto;
  return step.kind === 'separable' && step.skip !== step.from ? step.skip : null;
}

function shapeAfter(step: Step, shapes: readonly Omit<Place, 'at'>[]): Omit<Place, 'at'> {
  const { width, height, channels } = shapes[step.from]!;
  switch (step.kind) {
    case 'stem':
      return { width: width / 2, height: height / 2, channels: step.outputs };
    case 'separable':
      return { width: width / step.stride, height: height / step.stride, channels: step.outputs };
    case 'pointwise':
      return { width, height, channels: step.outputs };
    case 'pool':
      return { width: width / 2, height: height / 2, channels };
    case 'raise':
      return shapes[step.onto]!;
  }
}
