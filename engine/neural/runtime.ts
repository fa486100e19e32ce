/**
 * ONNX Runtime, loaded only when a model is given: it is no dependency of the project but is installed into the folder
 * `runtime` beside this file. The native build is several times as fast and is taken where somebody has added it; the
 * WebAssembly build, which runs on every machine, is what the one command installs.
 */
import { createRequire } from 'node:module';
import { failed, ok, type Result } from '../../src/core/result';
import type { ModelFault } from './fault';

/** As much of onnxruntime-common's interface as is used here; its own types are only there when it is installed. */
export interface Runtime {
  readonly InferenceSession: {
    create(model: Uint8Array, options: { readonly logSeverityLevel: number }): Promise<Session>;
  };
  readonly Tensor: new (type: 'float32' | 'float64', data: Float32Array | Float64Array, dims: number[]) => Tensor;
}

export interface Tensor {
  readonly type: string;
  readonly dims: readonly number[];
  readonly data: unknown;
}

export interface Session {
  readonly inputMetadata: readonly Port[];
  readonly outputMetadata: readonly Port[];
  run(inputs: Readonly<Record<string, Tensor>>): Promise<Readonly<Record<string, Tensor>>>;
}

/** An input or output of a network. */
export interface Port {
  readonly name: string;
  readonly isTensor: boolean;
  /** 'float32', 'float64', 'float16', 'int64' and so on. */
  readonly type?: string;
  /** A word is a side that the file leaves open. */
  readonly shape?: readonly (number | string)[];
}

const PACKAGES = ['onnxruntime-node', 'onnxruntime-web'] as const;

/** `folder`: holds `node_modules` with one of the two builds; the engine's own unless told. */
export function loadRuntime(folder: URL = new URL('./runtime/', import.meta.url)): Result<Runtime, ModelFault> {
  const load = createRequire(new URL('package.json', folder));
  for (const name of PACKAGES) {
    try {
      // The two packages share the interface above: both build on onnxruntime-common.
      return ok(load(name) as Runtime);
    } catch {
      // Not installed, or built for another machine: the next one, or in the end the sentence with the command.
    }
  }
  return failed({ code: 'no-runtime' });
}
