/** Changes members of a JSON answer: unknown words, times in the past, names that are missing. */
import type { Fault } from './plan';

type Edit = Omit<Extract<Fault, { readonly kind: 'json' }>, 'kind'>;
type Members = Readonly<Record<string, unknown>>;

/** An answer that is no JSON stays as it is. */
export function editJson(text: string, edit: Edit): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return text;
  }
  return JSON.stringify(editValue(value, edit));
}

function editValue(value: unknown, edit: Edit): unknown {
  if (Array.isArray(value)) return value.map((member) => editValue(member, edit));
  if (typeof value !== 'object' || value === null) return value;
  const members = value as Members;
  // A page of the list: the jobs are meant, not the page.
  if (Array.isArray(members['data'])) return { ...members, data: editValue(members['data'], edit) };
  return editMembers(members, edit);
}

function editMembers(members: Members, { set = {}, remove = [], add = {}, multiply = {} }: Edit): Members {
  const changed: Record<string, unknown> = { ...members };
  for (const [name, factor] of Object.entries(multiply)) {
    if (typeof changed[name] === 'number') changed[name] = changed[name] * factor;
  }
  for (const [name, amount] of Object.entries(add)) {
    if (typeof changed[name] === 'number') changed[name] = changed[name] + amount;
  }
  Object.assign(changed, set);
  for (const name of remove) delete changed[name];
  return changed;
}
