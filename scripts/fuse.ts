/**
 * Joins a TFLite graph's operators into the five kinds of steps that the plugin's runtime knows. It knows the shapes
 * that MediaPipe's BlazeFace graphs are made of, checks them, and throws at anything else.
 */
import type { Step } from '../src/pixels/detect/graph';
import type { Model, Operator } from './tflite';

export interface FusedStep {
  readonly step: Step;
  readonly convolutions: readonly { readonly weights: Float32Array; readonly bias: Float32Array }[];
}

/** `BuiltinOperator` of the TFLite schema. */
const ADD = 0;
const CONV = 3;
const DEPTHWISE = 4;
const DEQUANTIZE = 6;
const MAX_POOL = 17;
const RELU = 19;
const RESHAPE = 22;
const RESIZE = 23;
const PAD = 34;

export function fuse(model: Model): { readonly steps: readonly FusedStep[]; readonly output: number } {
  const producers = new Map<number, Operator>();
  const consumers = new Map<number, Operator[]>();
  for (const operator of model.operators) {
    for (const output of operator.outputs) producers.set(output, operator);
    for (const input of operator.inputs) consumers.set(input, [...(consumers.get(input) ?? []), operator]);
  }
  const shape = (tensor: number): readonly number[] => model.tensors[tensor]!.shape;
  const channels = (tensor: number): number => shape(tensor)[3]!;
  const constant = (tensor: number): Float32Array => {
    const source = producers.get(tensor);
    const values = model.tensors[source?.code === DEQUANTIZE ? source.inputs[0]! : tensor]?.values;
    if (!values) throw new Error(`Tensor ${tensor} is not a constant`);
    return values;
  };
  const onlyConsumer = (tensor: number, code: number): Operator | null => {
    const all = consumers.get(tensor) ?? [];
    return all.length === 1 && all[0]!.code === code ? all[0]! : null;
  };
  const numbers = (operator: Operator) => ({
    weights: constant(operator.inputs[1]!),
    bias: constant(operator.inputs[2]!),
  });
  const withRelu = (tensor: number) => {
    const next = onlyConsumer(tensor, RELU);
    return next === null ? { to: tensor, relu: false } : { to: next.outputs[0]!, relu: true };
  };

  const steps: FusedStep[] = [];
  const heads: Operator[] = [];
  const done = new Set<Operator>();
  for (const operator of model.operators) {
    if (done.has(operator)) continue;
    const [first = -1] = operator.inputs;
    const [made = -1] = operator.outputs;
    switch (operator.code) {
      // Followed and taken in by the operators that they feed or come from.
      case DEQUANTIZE:
      case DEPTHWISE:
      case RELU:
      case RESIZE:
      case PAD:
      case RESHAPE:
        break;
      case MAX_POOL:
        expect(operator.intOption(1, 0) === 2 && operator.intOption(3, 0) === 2, 'a 2 x 2 pool');
        steps.push({ step: { kind: 'pool', from: first, to: made }, convolutions: [] });
        break;
      case ADD: {
        const raised = operator.inputs.find((input) => producers.get(input)?.code === RESIZE);
        if (raised === undefined) throw new Error('An addition is neither a skip nor a raise');
        const resize = producers.get(raised)!;
        expect(resize.byteOption(3, 0) === 1 && resize.byteOption(2, 0) === 0, 'half-pixel centres');
        expect(shape(raised)[1] === 2 * shape(resize.inputs[0]!)[1]!, 'twice the size');
        const onto = operator.inputs.find((input) => input !== raised)!;
        steps.push({ step: { kind: 'raise', from: resize.inputs[0]!, onto, to: made }, convolutions: [] });
        break;
      }
      case CONV: {
        const [outputs = 0, rows = 0] = shape(operator.inputs[1]!);
        if (rows === 3) {
          const { to, relu } = withRelu(made);
          expect(operator.intOption(1, 0) === 2 && channels(first) === 3 && relu, 'a stem of stride 2 with relu');
          steps.push({ step: { kind: 'stem', from: first, to, outputs }, convolutions: [numbers(operator)] });
          break;
        }
        if (onlyConsumer(made, RESHAPE) !== null) {
          heads.push(operator);
          break;
        }
        const depthwise = producers.get(first)?.code === DEPTHWISE ? producers.get(first)! : null;
        const addition = onlyConsumer(made, ADD);
        const other = addition?.inputs.find((input) => input !== made) ?? null;
        const isSkip = depthwise !== null && addition !== null && producers.get(other!)?.code !== RESIZE;
        if (addition !== null && isSkip) done.add(addition);
        const { to, relu } = withRelu(addition !== null && isSkip ? addition.outputs[0]! : made);
        if (depthwise === null) {
          const step: Step = { kind: 'pointwise', from: first, to, inputs: channels(first), outputs, relu };
          steps.push({ step, convolutions: [numbers(operator)] });
          break;
        }
        const stride = depthwise.intOption(1, 0);
        expect(shape(depthwise.inputs[1]!)[1] === 3 && (stride === 1 || stride === 2), 'a 3 x 3 depthwise');
        const from = depthwise.inputs[0]!;
        const skip = isSkip ? unpadded(producers.get(other!), other!, constant) : null;
        steps.push({
          step: { kind: 'separable', from, to, stride: stride as 1 | 2, inputs: channels(from), outputs, skip, relu },
          convolutions: [numbers(depthwise), numbers(operator)],
        });
        break;
      }
      default:
        throw new Error(`Operator ${operator.code} is not known`);
    }
  }
  return numbered([...steps, joinHeads(heads, channels, numbers)], model.inputs[0]!);
}

function expect(condition: boolean, what: string): void {
  if (!condition) throw new Error(`The graph was expected to have ${what}`);
}

/** The tensor before a padding that only appends channels of 0. */
function unpadded(producer: Operator | undefined, tensor: number, constant: (tensor: number) => Float32Array): number {
  if (producer?.code !== PAD) return tensor;
  const pads = constant(producer.inputs[1]!);
  expect(
    pads.slice(0, 7).every((pad) => pad === 0),
    'padding at the end of the channels only',
  );
  return producer.inputs[0]!;
}

/** Score (1 channel) and box with points (16) become one convolution, filled up with zeros to whole fours. */
function joinHeads(
  heads: readonly Operator[],
  channels: (tensor: number) => number,
  numbers: (operator: Operator) => { weights: Float32Array; bias: Float32Array },
): FusedStep {
  const ordered = [...heads].sort((a, b) => channels(a.outputs[0]!) - channels(b.outputs[0]!));
  const from = ordered[0]!.inputs[0]!;
  expect(ordered.length === 2 && ordered[1]!.inputs[0] === from, 'two heads on one tensor');
  const inputs = channels(from);
  const joined = ordered.map(numbers);
  const outputs = Math.ceil(joined.reduce((sum, { bias }) => sum + bias.length, 0) / 4) * 4;
  const weights = new Float32Array(inputs * outputs);
  const bias = new Float32Array(outputs);
  let row = 0;
  for (const head of joined) {
    weights.set(head.weights, row * inputs);
    bias.set(head.bias, row);
    row += head.bias.length;
  }
  const step: Step = { kind: 'pointwise', from, to: ordered[0]!.outputs[0]!, inputs, outputs, relu: false };
  return { step, convolutions: [{ weights, bias }] };
}

/** Tensors renumbered 0, 1, 2 ... in order of making, 0 being the picture. */
function numbered(steps: readonly FusedStep[], input: number): { steps: FusedStep[]; output: number } {
  const names = new Map([[input, 0]]);
  for (const { step } of steps) names.set(step.to, names.size);
  const name = (tensor: number): number => {
    const known = names.get(tensor);
    if (known === undefined) throw new Error(`Tensor ${tensor} is used but never made`);
    return known;
  };
  const renamed = steps.map(({ step, convolutions }): FusedStep => {
    const common = { from: name(step.from), to: name(step.to) };
    if (step.kind === 'raise') return { step: { ...step, ...common, onto: name(step.onto) }, convolutions };
    if (step.kind === 'separable') {
      return { step: { ...step, ...common, skip: step.skip === null ? null : name(step.skip) }, convolutions };
    }
    return { step: { ...step, ...common }, convolutions };
  });
  return { steps: renamed, output: renamed[renamed.length - 1]!.step.to };
}
