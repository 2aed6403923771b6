/** Limits of the wire protocol that the screens enforce early, so that zod stays out of their bundle; a test compares them. */
export const MAX_TEXT_CHARS = 8_000;
