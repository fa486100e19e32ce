/**
 * The network's arithmetic in WebAssembly with 128-bit vectors, for where that works: made, tried and wrapped here.
 * `kernels.ts` counts in floats, the module in bytes.
 */
import { assemble, relaxedMulAddF } from './assembler';
import type { Kernels } from './kernels';
import { plainMulAdd, vectorFunctions } from './vectors';

const PAGE = 65_536;
const FLOAT = 4;

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly stem: (...numbers: number[]) => void;
  readonly depthwise: (...numbers: number[]) => void;
  readonly pointwise: (...numbers: number[]) => void;
  readonly pool: (...numbers: number[]) => void;
  readonly raise: (...numbers: number[]) => void;
}

/** A maker of kernels, or null where WebAssembly or its vectors do not work (blocked by a CSP, or old). */
export function simdKernels(): (() => Kernels) | null {
  for (const mulAdd of [relaxedMulAddF, plainMulAdd]) {
    try {
      const module = new WebAssembly.Module(assemble(vectorFunctions(mulAdd)));
      new WebAssembly.Instance(module);
      return () => kernelsOf(new WebAssembly.Instance(module).exports as unknown as Exports);
    } catch {
      // Not known here: the next form is tried, and after the last the plain kernels do the work.
    }
  }
  return null;
}

function kernelsOf(exports: Exports): Kernels {
  let floats = new Float32Array(exports.memory.buffer);
  return {
    name: 'simd',
    reserve(count) {
      const missing = Math.ceil((count * FLOAT) / PAGE) - exports.memory.buffer.byteLength / PAGE;
      if (missing > 0) exports.memory.grow(missing);
      floats = new Float32Array(exports.memory.buffer);
    },
    memory: () => floats,
    stem: (row0, row1, row2, out, width, outputs, weights) =>
      exports.stem(row0 * 4, row1 * 4, row2 * 4, out * 4, width, outputs * 4, weights * 4),
    depthwise: (row0, row1, row2, out, inWidth, outWidth, channels, stride, weights) =>
      exports.depthwise(row0 * 4, row1 * 4, row2 * 4, out * 4, inWidth, outWidth, channels * 4, stride, weights * 4),
    pointwise: (from, out, pixels, inputs, outputs, weights, skip, skipChannels, relu) =>
      exports.pointwise(
        from * 4,
        out * 4,
        pixels,
        inputs * 4,
        outputs * 4,
        weights * 4,
        skip * 4,
        skipChannels * 4,
        relu,
      ),
    pool: (row0, row1, out, width, channels) => exports.pool(row0 * 4, row1 * 4, out * 4, width, channels * 4),
    raise: (near, far, onto, out, width, channels) =>
      exports.raise(near * 4, far * 4, onto * 4, out * 4, width, channels * 4),
  };
}
