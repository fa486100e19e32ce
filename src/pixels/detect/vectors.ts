/** The network's arithmetic written in WebAssembly instructions. Shapes: see `kernels.ts`; addresses are in bytes. */
import {
  add,
  addF,
  advance,
  and,
  type Code,
  define,
  type FunctionCode,
  i32,
  less,
  load,
  loadSplat,
  maxF,
  mul,
  mulF,
  shiftLeft,
  splat,
  store,
  sub,
  type Variable,
  when,
  whileTrue,
} from './assembler';

const FLOAT = 4;
/** Bytes of one vector: four floats. */
const VECTOR = 16;

/** a * b + c of four floats at once. */
export type MulAdd = (a: Code, b: Code, c: Code) => Code;

/** Works wherever vectors do. */
export const plainMulAdd: MulAdd = (a, b, c) => addF(c, mulF(a, b));

/** The functions of `kernels.ts`, by the same names. */
export function vectorFunctions(mulAdd: MulAdd): readonly FunctionCode[] {
  return [stem(mulAdd), depthwise(mulAdd), pointwise(mulAdd), pool, raise];
}

/** Numbers 0 .. count - 1. */
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** Sixteen outputs at a time: four sums of four, over 27 unrolled taps. */
const stem = (mulAdd: MulAdd): FunctionCode =>
  define(
    'stem',
    ['row0', 'row1', 'row2', 'out', 'width', 'outputs', 'weights'],
    ['channel', 'left', 'from0', 'from1', 'from2', 'to', 'w'],
    ['sum0', 'sum1', 'sum2', 'sum3', 'value'],
    (v) => {
      const sums = [v.sum0, v.sum1, v.sum2, v.sum3];
      const rows = [v.from0, v.from1, v.from2];
      // The weights of a tap stand `outputs` bytes after the tap before: w walks over them.
      const pixel = (taps: number): Code => [
        v.w.set(add(v.weights.get, v.channel.get)),
        sums.map((sum, i) => sum.set(load(add(v.w.get, mul(v.outputs.get, i32(27))), i * VECTOR))),
        rows.map((row) => [
          upTo(taps).map((tap) => [
            v.value.set(loadSplat(row.get, tap * FLOAT)),
            sums.map((sum, i) => sum.set(mulAdd(v.value.get, load(v.w.get, i * VECTOR), sum.get))),
            advance(v.w, v.outputs.get),
          ]),
          taps === 9 ? [] : advance(v.w, mul(v.outputs.get, i32(9 - taps))),
        ]),
        sums.map((sum, i) => store(v.to.get, maxF(splat(0), sum.get), i * VECTOR)),
      ];
      return [
        v.channel.set(i32(0)),
        whileTrue(less(v.channel.get, v.outputs.get), [
          v.from0.set(v.row0.get),
          v.from1.set(v.row1.get),
          v.from2.set(v.row2.get),
          v.to.set(add(v.out.get, v.channel.get)),
          v.left.set(v.width.get),
          whileTrue(less(i32(1), v.left.get), [
            pixel(9),
            rows.map((row) => advance(row, i32(6 * FLOAT))),
            advance(v.to, v.outputs.get),
            advance(v.left, i32(-1)),
          ]),
          // The last pixel's last column lies outside.
          pixel(6),
          advance(v.channel, i32(4 * VECTOR)),
        ]),
      ];
    },
  );

/** Four channels at a time: their nine weights stay in registers along the row. */
const depthwise = (mulAdd: MulAdd): FunctionCode =>
  define(
    'depthwise',
    ['row0', 'row1', 'row2', 'out', 'inWidth', 'outWidth', 'channels', 'stride', 'weights'],
    ['channel', 'left', 'from0', 'from1', 'from2', 'to', 'w', 'step'],
    ['w0', 'w1', 'w2', 'w3', 'w4', 'w5', 'w6', 'w7', 'w8', 'bias', 'sum'],
    (v) => {
      const taps = [v.w0, v.w1, v.w2, v.w3, v.w4, v.w5, v.w6, v.w7, v.w8];
      const rows = [v.from0, v.from1, v.from2];
      /** One pixel, from these columns of three; the row pointers stand at column 0 (left of the pixel for stride 1). */
      const pixel = (columns: readonly number[]): Code => [
        v.sum.set(v.bias.get),
        rows.map((row, r) =>
          columns.map((column) => {
            const address = upTo(column).reduce<Code>((place) => add(place, v.channels.get), row.get);
            return v.sum.set(mulAdd(load(address), taps[3 * r + column]!.get, v.sum.get));
          }),
        ),
        store(v.to.get, v.sum.get),
        rows.map((row) => advance(row, v.step.get)),
        advance(v.to, v.channels.get),
        advance(v.left, i32(-1)),
      ];
      return [
        v.step.set(mul(v.channels.get, v.stride.get)),
        v.channel.set(i32(0)),
        whileTrue(less(v.channel.get, v.channels.get), [
          v.w.set(add(v.weights.get, v.channel.get)),
          taps.map((tap) => [tap.set(load(v.w.get)), advance(v.w, v.channels.get)]),
          v.bias.set(load(v.w.get)),
          v.from0.set(add(v.row0.get, v.channel.get)),
          v.from1.set(add(v.row1.get, v.channel.get)),
          v.from2.set(add(v.row2.get, v.channel.get)),
          v.to.set(add(v.out.get, v.channel.get)),
          v.left.set(v.outWidth.get),
          when(less(v.stride.get, i32(2)), [
            rows.map((row) => advance(row, sub(i32(0), v.channels.get))),
            when(less(i32(1), v.inWidth.get), pixel([1, 2]), pixel([1])),
          ]),
          whileTrue(less(i32(1), v.left.get), pixel([0, 1, 2])),
          when(less(i32(0), v.left.get), pixel([0, 1])),
          advance(v.channel, i32(VECTOR)),
        ]),
      ];
    },
  );

/** Eight pixels by four outputs: eight sums in registers, four inputs unrolled; single pixels at the end. */
const pointwise = (mulAdd: MulAdd): FunctionCode =>
  define(
    'pointwise',
    ['from', 'out', 'pixels', 'inputs', 'outputs', 'weights', 'skip', 'skipChannels', 'relu'],
    ['channel', 'left', 'w', 'end', 'to', 'kept', 'x0', 'x1', 'x2', 'x3', 'x4', 'x5', 'x6', 'x7'],
    ['s0', 's1', 's2', 's3', 's4', 's5', 's6', 's7', 'weight', 'bias', 'floor'],
    (v) => {
      const sums = [v.s0, v.s1, v.s2, v.s3, v.s4, v.s5, v.s6, v.s7];
      const inputs = [v.x0, v.x1, v.x2, v.x3, v.x4, v.x5, v.x6, v.x7];
      const group = (count: number): Code => {
        const own = sums.slice(0, count);
        const each = inputs.slice(0, count);
        const after = (pointer: Variable, pitch: Variable, index: number): Code =>
          add(pointer.get, mul(pitch.get, i32(index)));
        return [
          each.slice(1).map((x, i) => x.set(add(each[i]!.get, v.inputs.get))),
          when(
            and(less(i32(-1), v.skip.get), less(v.channel.get, v.skipChannels.get)),
            own.map((sum, i) => sum.set(addF(v.bias.get, load(after(v.kept, v.skipChannels, i))))),
            own.map((sum) => sum.set(v.bias.get)),
          ),
          v.w.set(add(v.weights.get, mul(v.channel.get, [v.inputs.get, i32(2), 0x75]))),
          v.end.set(add(v.w.get, shiftLeft(v.inputs.get, 2))),
          whileTrue(less(v.w.get, v.end.get), [
            upTo(4).map((k) => [
              v.weight.set(load(v.w.get, k * VECTOR)),
              own.map((sum, i) => sum.set(mulAdd(loadSplat(each[i]!.get, k * FLOAT), v.weight.get, sum.get))),
            ]),
            each.map((x) => advance(x, i32(VECTOR))),
            advance(v.w, i32(4 * VECTOR)),
          ]),
          own.map((sum, i) => store(after(v.to, v.outputs, i), maxF(v.floor.get, sum.get))),
          // The last pixel's pointer has walked to the pixel after it: the next group begins there.
          v.x0.set(each[count - 1]!.get),
          advance(v.to, mul(v.outputs.get, i32(count))),
          advance(v.kept, mul(v.skipChannels.get, i32(count))),
          advance(v.left, i32(-count)),
        ];
      };
      return [
        v.floor.set(splat(Number.NEGATIVE_INFINITY)),
        when(v.relu.get, v.floor.set(splat(0))),
        v.channel.set(i32(0)),
        whileTrue(less(v.channel.get, v.outputs.get), [
          v.bias.set(load(add(add(v.weights.get, v.channel.get), mul(v.outputs.get, [v.inputs.get, i32(2), 0x75])))),
          v.x0.set(v.from.get),
          v.to.set(add(v.out.get, v.channel.get)),
          v.kept.set(add(v.skip.get, v.channel.get)),
          v.left.set(v.pixels.get),
          whileTrue(less(i32(7), v.left.get), group(8)),
          whileTrue(less(i32(0), v.left.get), group(1)),
          advance(v.channel, i32(VECTOR)),
        ]),
      ];
    },
  );

const pool = define('pool', ['row0', 'row1', 'out', 'width', 'channels'], ['end', 'pixelEnd'], [], (v): Code => {
  const right = (row: Variable): Code => load(add(row.get, v.channels.get));
  return [
    v.end.set(add(v.out.get, mul(v.width.get, v.channels.get))),
    whileTrue(less(v.out.get, v.end.get), [
      v.pixelEnd.set(add(v.out.get, v.channels.get)),
      whileTrue(less(v.out.get, v.pixelEnd.get), [
        store(v.out.get, maxF(maxF(load(v.row0.get), right(v.row0)), maxF(load(v.row1.get), right(v.row1)))),
        advance(v.row0, i32(VECTOR)),
        advance(v.row1, i32(VECTOR)),
        advance(v.out, i32(VECTOR)),
      ]),
      advance(v.row0, v.channels.get),
      advance(v.row1, v.channels.get),
    ]),
  ];
});

const raise: FunctionCode = define(
  'raise',
  ['near', 'far', 'onto', 'out', 'width', 'channels'],
  ['pixel', 'channel', 'here', 'next', 'side', 'at'],
  ['upright', 'beside'],
  (v) => {
    const mixed = (place: Variable): Code =>
      addF(
        mulF(splat(0.75), load(add(v.near.get, add(place.get, v.channel.get)))),
        mulF(splat(0.25), load(add(v.far.get, add(place.get, v.channel.get)))),
      );
    return [
      v.pixel.set(i32(0)),
      v.at.set(i32(0)),
      whileTrue(less(v.pixel.get, v.width.get), [
        v.here.set(mul(v.pixel.get, v.channels.get)),
        v.side.set(i32(0)),
        whileTrue(less(v.side.get, i32(2)), [
          v.next.set(v.here.get),
          when(
            v.side.get,
            when(less(add(v.pixel.get, i32(1)), v.width.get), advance(v.next, v.channels.get)),
            when(less(i32(0), v.pixel.get), advance(v.next, sub(i32(0), v.channels.get))),
          ),
          v.channel.set(i32(0)),
          whileTrue(less(v.channel.get, v.channels.get), [
            v.upright.set(mixed(v.here)),
            v.beside.set(mixed(v.next)),
            store(
              add(v.out.get, v.at.get),
              addF(
                load(add(v.onto.get, v.at.get)),
                addF(mulF(splat(0.75), v.upright.get), mulF(splat(0.25), v.beside.get)),
              ),
            ),
            advance(v.at, i32(VECTOR)),
            advance(v.channel, i32(VECTOR)),
          ]),
          advance(v.side, i32(1)),
        ]),
        advance(v.pixel, i32(1)),
      ]),
    ];
  },
);
