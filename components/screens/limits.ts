/** Limits of the wire protocol that the screens enforce early, so that zod stays out of their bundle; a test compares them. */
export const MAX_TEXT_CHARS = 8_000;
/** Of a topic a person writes themselves; the same as domain/interests/update-interest.ts takes. */
export const MAX_TOPIC_CHARS = 120;
