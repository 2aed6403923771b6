/** One question and one answer per connection, each a line of JSON. */
import { z } from 'zod';
import { VECTOR_DIMENSIONS } from '#domain/interests/meaning.ts';

/** A query has at most 200 characters, each of which JSON may write as twelve. */
export const MAX_QUESTION_BYTES = 4_096;
/** 512 numbers of at most 24 characters. */
export const MAX_ANSWER_BYTES = 32_768;

export const questionSchema = z.strictObject({ text: z.string().max(200) });
export const answerSchema = z.union([z.object({ model: z.string(), vector: z.array(z.number()).length(VECTOR_DIMENSIONS) }), z.object({ failed: z.literal(true) })]);
export type EmbedderAnswer = z.infer<typeof answerSchema>;
