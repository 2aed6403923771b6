/** Text and JSON as a database takes them. */

/**
 * JSON that Postgres takes: `jsonb` and `text` know no NUL character and no half of a surrogate pair, both of which a
 * client can send. They become U+FFFD, so that one odd character cannot keep a session from being stored.
 */
export function storableJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === 'string') return storableText(inner);
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, field]) => [storableText(key), field]));
  });
}
/** Text that Postgres takes, as `storableJson` has it. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}
