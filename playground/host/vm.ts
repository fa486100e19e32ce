/**
 * The plugin's main thread: one QuickJS in a WebAssembly instance of its own, thrown away with the run.
 * It knows JavaScript and bytes, not Figma. After every turn all promise jobs are run; a turn that does not end is stopped.
 */
import releaseSync from '@jitl/quickjs-wasmfile-release-sync';
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
} from 'quickjs-emscripten-core';

export interface Vm {
  /** Runs a script; answers with the text of what it threw, or null. */
  evaluate(code: string, fileName: string): string | null;
  /** Calls the function that the guest left in `__dispatch`; answers like `evaluate`. */
  dispatch(json: string, bytes: readonly Uint8Array[]): string | null;
  /** After this nothing runs any more. */
  end(): void;
}

export type HostFunction = (json: string, bytes: readonly Uint8Array[]) => string;

/** Figma's own limit is not known; deeper recursion than this would end the host with the guest. */
const STACK_BYTES = 256 * 1024;
const TURN_MILLISECONDS = 10_000;

/**
 * `wasm`: QuickJS, compiled once and instantiated for each VM. What the plugin's code throws comes back as text
 * from the turn.
 */
export async function startVm(wasm: WebAssembly.Module, host: HostFunction): Promise<Vm> {
  const quickJs = await newQuickJSWASMModuleFromVariant(newVariant(releaseSync, { wasmModule: wasm }));
  const context = quickJs.newContext();
  const { runtime } = context;
  let deadline = 0;
  let over = false;
  runtime.setMaxStackSize(STACK_BYTES);
  runtime.setInterruptHandler(() => over || performance.now() > deadline);
  context
    .newFunction('__host', (json, ...buffers) => {
      const bytes = buffers.map((buffer) => context.getArrayBuffer(buffer).consume((view) => view.value.slice()));
      return context.newString(host(context.getString(json), bytes));
    })
    .consume((handle) => context.setProp(context.global, '__host', handle));

  const turn = (act: () => ReturnType<QuickJSContext['evalCode']>): string | null => {
    if (over) return null;
    deadline = performance.now() + TURN_MILLISECONDS;
    const result = act();
    const thrown = result.error === undefined ? null : errorText(context, result.error);
    if (result.error === undefined) result.value.dispose();
    return drain(context) ?? thrown;
  };

  return {
    evaluate: (code, fileName) => turn(() => context.evalCode(code, fileName, { type: 'global' })),
    dispatch: (json, bytes) =>
      turn(() => {
        const handles = [context.newString(json), ...bytes.map((each) => context.newArrayBuffer(ownBuffer(each)))];
        const entry = context.getProp(context.global, '__dispatch');
        const result = context.callFunction(entry, context.undefined, ...handles);
        for (const handle of [entry, ...handles]) handle.dispose();
        return result;
      }),
    end() {
      over = true;
    },
  };
}

function drain(context: QuickJSContext): string | null {
  let thrown: string | null = null;
  while (context.runtime.hasPendingJob()) {
    const result = context.runtime.executePendingJobs();
    if (result.error !== undefined) thrown ??= errorText(context, result.error);
    else if (result.value === 0) break;
  }
  return thrown;
}

function errorText(context: QuickJSContext, handle: QuickJSHandle): string {
  const dumped: unknown = context.dump(handle);
  handle.dispose();
  if (typeof dumped !== 'object' || dumped === null) return String(dumped);
  const { name, message, stack } = dumped as Record<string, unknown>;
  return `${String(name ?? 'Error')}: ${String(message ?? '')}${typeof stack === 'string' ? `\n${stack}` : ''}`;
}

function ownBuffer(bytes: Uint8Array): ArrayBuffer {
  const { buffer } = bytes;
  const whole = bytes.byteOffset === 0 && bytes.byteLength === buffer.byteLength && buffer instanceof ArrayBuffer;
  return whole ? buffer : (bytes.slice().buffer as ArrayBuffer);
}
