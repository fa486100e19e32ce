/**
 * Objects that know only what they were made with. Reading what Figma has and the fake lacks says so; reading or
 * writing anything else throws as Figma does.
 */
export interface Member {
  readonly get: () => unknown;
  readonly set?: (value: unknown) => void;
}

export interface Strict {
  /** The object's name in messages: "RECTANGLE node", "the figma global object". */
  readonly name: string;
  /** Every member Figma has there, by the typings. */
  readonly known: readonly string[];
  readonly member: (name: string) => Member | undefined;
  readonly names: () => readonly string[];
}

/** `Object.hasOwn` is taken out of the VM before the plugin runs. */
export function owns(target: object, name: string): boolean {
  return Reflect.getOwnPropertyDescriptor(target, name) !== undefined;
}

/** Asked for by the language itself (await, printing), never by a plugin's own mistake. */
const BY_LANGUAGE = ['then', 'toJSON', 'constructor', 'valueOf', 'hasOwnProperty', '__proto__'];

/** A proxy: what `strict.member` gives for a name is what the object has. */
export function strictObject(strict: Strict): object {
  const lacking = (name: string): Error =>
    strict.known.includes(name)
      ? new Error(`${strict.name}.${name} exists in Figma but is not implemented by this host`)
      : new TypeError(`no such property '${name}' on ${strict.name}`);
  return new Proxy(Object.preventExtensions({}), {
    get(target, name) {
      if (typeof name === 'symbol') return Reflect.get(target, name);
      const member = strict.member(name);
      if (member !== undefined) return member.get();
      if (BY_LANGUAGE.includes(name)) return Reflect.get(target, name);
      throw lacking(name);
    },
    set(_target, name, value) {
      if (typeof name === 'symbol') throw new TypeError('Cannot add a symbol property, object is not extensible');
      const member = strict.member(name);
      if (member?.set !== undefined) {
        member.set(value);
        return true;
      }
      if (member !== undefined) throw new TypeError(`no setter for property '${name}' on ${strict.name}`);
      if (strict.known.includes(name)) throw lacking(name);
      throw new TypeError(`Cannot add property ${name}, object is not extensible`);
    },
    has: (_target, name) =>
      typeof name === 'string' && (strict.member(name) !== undefined || strict.known.includes(name)),
    deleteProperty(_target, name) {
      throw new TypeError(`Cannot delete property '${String(name)}' of ${strict.name}`);
    },
    defineProperty(_target, name) {
      throw new TypeError(`Cannot define property ${String(name)}, object is not extensible`);
    },
  });
}
