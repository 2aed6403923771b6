/** Whether a JSON value is one of a type of a problem's signature. */

const INT_MAX = 2 ** 31 - 1;
const isInt = (value: unknown): boolean => Number.isInteger(value) && Math.abs(value as number) <= INT_MAX + ((value as number) < 0 ? 1 : 0);

const SCALARS: Record<string, (value: unknown) => boolean> = {
  int: isInt,
  long: Number.isSafeInteger,
  double: (value) => typeof value === 'number' && Number.isFinite(value),
  bool: (value) => typeof value === 'boolean',
  string: (value) => typeof value === 'string',
  ListNode: (value) => Array.isArray(value) && value.every(isInt),
  TreeNode: isTree,
};

/** Null if `value` fits `type`; otherwise a sentence that says what does not, and where, counted from `place`. */
export function misfit(type: string, value: unknown, place: string): string | null {
  if (type.endsWith('[]')) {
    if (!Array.isArray(value)) return `${place} is not an array (${type}).`;
    return first(value.entries(), ([index, item]) => misfit(type.slice(0, -2), item, `${place}[${index}]`));
  }
  const ofMap = /^map<(.+)>$/.exec(type)?.[1];
  if (ofMap) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${place} is not an object (${type}).`;
    return first(Object.entries(value), ([key, item]) => misfit(ofMap, item, `${place}.${key}`));
  }
  return Object.hasOwn(SCALARS, type) && SCALARS[type]!(value) ? null : `${place} does not fit ${type}.`;
}

/** Level by level, with null for a missing child; a missing node has no children, and the end is not padded. */
function isTree(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  if (value.length === 0) return true;
  if (value[0] === null || value.at(-1) === null) return false;
  let places = 1;
  for (const item of value) {
    if (places === 0) return false;
    places -= 1;
    if (item === null) continue;
    if (!isInt(item)) return false;
    places += 2;
  }
  return true;
}

function first<T>(items: Iterable<T>, find: (item: T) => string | null): string | null {
  for (const item of items) {
    const found = find(item);
    if (found) return found;
  }
  return null;
}
