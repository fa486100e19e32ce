/** What the engine and its threads say to each other. Pictures travel as files, not as messages. */
import type { EnhanceParameters } from '../../src/core/enhance';
import type { Size } from '../../src/core/money/price';
import type { FaceParameters } from '../../src/core/parameters';
import type { InputFormat, OutputFormat } from '../job';
import type { ModelFault } from '../neural/fault';
import type { DecodeFault } from '../picture/decode';

export type TaskWork =
  | { readonly kind: 'faces'; readonly parameters: FaceParameters; readonly scale: 1 | 2 | 4 }
  | { readonly kind: 'enhance'; readonly parameters: EnhanceParameters };

/** What a thread is started with. */
export interface ThreadOptions {
  /** An ONNX file with the network that restores; null = the engine's own way. */
  readonly model: string | null;
}

export interface RestoreTask {
  readonly source: string;
  readonly result: string;
  readonly format: OutputFormat;
  readonly work: TaskWork;
}

export type ToThread =
  | { readonly kind: 'inspect'; readonly id: number; readonly file: string }
  /** Load the restorer now, and say whether it can be used. */
  | { readonly kind: 'prepare'; readonly id: number }
  | {
      readonly kind: 'restore';
      readonly id: number;
      readonly task: RestoreTask;
      /** One 32-bit number; not 0 = stop. Read between steps, even where the thread never yields. */
      readonly stop: SharedArrayBuffer;
    };

export type Inspected = Size & { readonly format: InputFormat };

export type FromThread =
  | { readonly kind: 'inspected'; readonly id: number; readonly picture: Inspected }
  | { readonly kind: 'unreadable'; readonly id: number; readonly fault: DecodeFault }
  | { readonly kind: 'prepared'; readonly id: number; readonly restorer: string }
  | { readonly kind: 'refused'; readonly id: number; readonly fault: ModelFault }
  | { readonly kind: 'progress'; readonly id: number; readonly fraction: number }
  | { readonly kind: 'restored'; readonly id: number; readonly faces: number }
  | { readonly kind: 'cancelled'; readonly id: number }
  | { readonly kind: 'broken'; readonly id: number; readonly detail: string };
