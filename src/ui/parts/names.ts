/** Several class names as one; what is false or missing is left out. */
export function names(...given: readonly (string | false | undefined)[]): string {
  return given.filter(Boolean).join(' ');
}
