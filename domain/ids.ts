/** Identifiers. Sessions, people and items are UUIDs; the sources of randomness are the platform's. */
import { z } from 'zod';

export const uuidSchema = z.uuid();

/** A random UUID (version 4). */
export function newId(): string {
  return crypto.randomUUID();
}

/** A random URL-safe secret of `byteLength` bytes, for tickets and keys. */
export function newSecret(byteLength = 32): string {
  const bytes = crypto.getRandomValues(new Uint8Array(byteLength));
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
