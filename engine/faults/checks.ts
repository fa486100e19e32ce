/** Checks of one value of a fault plan: null, or the end of the sentence "it ...". */
export type Check = (value: unknown) => string | null;

/** Empty ones too. */
export const aText: Check = (value) => (typeof value === 'string' ? null : 'must be a text');

/** The text of a regular expression, as `new RegExp` takes it. */
export const aPattern: Check = (value) => {
  if (typeof value !== 'string') return 'must be a text';
  try {
    new RegExp(value);
    return null;
  } catch {
    return 'must be a regular expression';
  }
};

/** Both ends included. Not a number is outside. */
export function aNumber(min: number, max: number): Check {
  return (value) =>
    typeof value === 'number' && value >= min && value <= max ? null : `must be from ${min} to ${max}`;
}

/** A whole number; both ends included. */
export function aWhole(min: number, max: number): Check {
  return (value) =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max
      ? null
      : `must be a whole number from ${min} to ${max}`;
}

export const aShare: Check = aNumber(0, 1);

/** One of these values, compared as they are. */
export function oneOf(values: readonly unknown[]): Check {
  return (value) => (values.includes(value) ? null : `must be ${values.join(' or ')}`);
}

/** Passes what one of the checks passes; `otherwise` says all that may stand there. */
export function someOf(checks: readonly Check[], otherwise: string): Check {
  return (value) => (checks.some((check) => check(value) === null) ? null : otherwise);
}

/** A list, empty ones too, whose items all pass. */
export function aList(check: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) return 'must be a list';
    return firstProblem(value, check);
  };
}

/** An object, empty ones too, whose values all pass; its names are anybody's. */
export function anObject(check: Check): Check {
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'must be an object';
    return firstProblem(Object.values(value), check);
  };
}

function firstProblem(values: readonly unknown[], check: Check): string | null {
  for (const value of values) {
    const problem = check(value);
    if (problem !== null) return `has a value that ${problem}`;
  }
  return null;
}
