/** Errors of the object store in our words. */
import { SpoolError } from '#domain/errors.ts';
import { StoreError } from './object-store.ts';

/** Of writing audio: `audio.write_failed`. */
export function asAudioError(error: unknown): SpoolError {
  if (error instanceof SpoolError) return error;
  return new SpoolError('audio.write_failed', 'Audio could not be stored in the bucket.', { cause: error, fields: { reason: reasonOf(error) } });
}

/** Of reading, sealing and erasing: `unavailable`, so that it is tried again. */
export function asUnavailable(error: unknown): SpoolError {
  if (error instanceof SpoolError) return error;
  return new SpoolError('unavailable', 'The bucket did not do what it was asked.', { cause: error, fields: { reason: reasonOf(error) } });
}

export function reasonOf(error: unknown): string {
  return error instanceof StoreError ? error.reason : error instanceof Error ? error.name : typeof error;
}
