/**
 * The few WebAssembly instructions that `simd.ts` needs, as nested lists of bytes, and the frame of a module round
 * them. Made here at start rather than by a compiler: the kernel is short, and nobody needs another tool to build.
 * Source: WebAssembly Core Specification 2.0, chapter 5 (binary format).
 */
export type Code = readonly (number | Code)[];

const I32 = 0x7f;
const V128 = 0x7b;

/** A parameter or local variable. */
export interface Variable {
  readonly get: Code;
  readonly set: (value: Code) => Code;
}

/** Whole numbers of 32 bits, which wrap round. */
export const i32 = (value: number): Code => [0x41, signed(value)];
export const add = (a: Code, b: Code): Code => [a, b, 0x6a];
export const sub = (a: Code, b: Code): Code => [a, b, 0x6b];
export const mul = (a: Code, b: Code): Code => [a, b, 0x6c];
export const shiftLeft = (a: Code, bits: number): Code => [a, i32(bits), 0x74];
export const less = (a: Code, b: Code): Code => [a, b, 0x48];
export const and = (a: Code, b: Code): Code => [a, b, 0x71];

/** `then` where the condition is not 0. */
export const when = (condition: Code, then: Code, otherwise: Code = []): Code => [
  condition,
  [0x04, 0x40],
  then,
  otherwise.length === 0 ? [] : [0x05, otherwise],
  0x0b,
];

/** Body again and again while the condition is not 0. */
export const whileTrue = (condition: Code, body: Code): Code => [
  [0x02, 0x40, 0x03, 0x40],
  [condition, 0x45, 0x0d, 1],
  body,
  [0x0c, 0, 0x0b, 0x0b],
];

/** variable += amount. */
export const advance = (variable: Variable, amount: Code): Code => variable.set(add(variable.get, amount));

// Four float32 at once. `offset` is in bytes, added to the address.
export const load = (address: Code, offset = 0): Code => [address, 0xfd, 0x00, 2, unsigned(offset)];
export const loadSplat = (address: Code, offset = 0): Code => [address, 0xfd, 0x09, 2, unsigned(offset)];
export const store = (address: Code, value: Code, offset = 0): Code => [
  address,
  value,
  0xfd,
  0x0b,
  2,
  unsigned(offset),
];
export const splat = (value: number): Code => [0x43, float(value), 0xfd, 0x13];
export const addF = (a: Code, b: Code): Code => [a, b, 0xfd, unsigned(0xe4)];
export const mulF = (a: Code, b: Code): Code => [a, b, 0xfd, unsigned(0xe6)];
/** a * b + c, rounded once or twice as the processor likes (the relaxed vector instructions). */
export const relaxedMulAddF = (a: Code, b: Code, c: Code): Code => [a, b, c, 0xfd, unsigned(0x105)];
/** a < b ? b : a, one instruction on every processor. */
export const maxF = (a: Code, b: Code): Code => [a, b, 0xfd, unsigned(0xeb)];

export interface FunctionCode {
  readonly name: string;
  readonly parameters: number;
  readonly locals: Code;
  readonly body: Code;
}

/** A function without a result: i32 parameters, then i32 and v128 locals, by name. */
export function define<P extends string, I extends string, V extends string>(
  name: string,
  parameters: readonly P[],
  integers: readonly I[],
  vectors: readonly V[],
  body: (variables: Record<P | I | V, Variable>) => Code,
): FunctionCode {
  const variables = {} as Record<P | I | V, Variable>;
  [...parameters, ...integers, ...vectors].forEach((variable, index) => {
    const place = unsigned(index);
    variables[variable] = { get: [0x20, place], set: (value) => [value, 0x21, place] };
  });
  return {
    name,
    parameters: parameters.length,
    locals: [2, unsigned(integers.length), I32, unsigned(vectors.length), V128],
    body: body(variables),
  };
}

/** A module that exports the functions, and its memory (of one page at first) as `memory`. */
export function assemble(functions: readonly FunctionCode[]): Uint8Array<ArrayBuffer> {
  const list = (items: readonly Code[]): Code => [unsigned(items.length), items];
  const sized = (code: Code): Code => {
    const bytes = flat(code);
    return [unsigned(bytes.length), bytes];
  };
  const section = (id: number, items: readonly Code[]): Code => [id, sized(list(items))];
  const text = (value: string): Code => sized(Array.from(value, (letter) => letter.charCodeAt(0)));
  return Uint8Array.from(
    flat([
      [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      section(
        1,
        functions.map(({ parameters }) => [0x60, unsigned(parameters), new Array<number>(parameters).fill(I32), 0]),
      ),
      section(
        3,
        functions.map((_, index) => unsigned(index)),
      ),
      section(5, [[0x00, 1]]),
      section(7, [
        [text('memory'), 0x02, 0],
        ...functions.map(({ name }, index) => [text(name), 0x00, unsigned(index)]),
      ]),
      section(
        10,
        functions.map(({ locals, body }) => sized([locals, body, 0x0b])),
      ),
    ]),
  );
}

function flat(code: Code): number[] {
  const bytes: number[] = [];
  const walk = (part: Code): void => {
    for (const item of part) {
      if (typeof item === 'number') bytes.push(item);
      else walk(item);
    }
  };
  walk(code);
  return bytes;
}

/** LEB128. */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return bytes;
}

function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    const last = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
    bytes.push(last ? low : low | 0x80);
    if (last) return bytes;
  }
}

function float(value: number): number[] {
  return [...new Uint8Array(Float32Array.of(value).buffer)];
}
