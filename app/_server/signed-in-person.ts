/** Who a page is shown to. Pages ask before they render, so a signed-out visit never sees an inner page flash by. */
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { signInPath } from '#components/screens/next-path.ts';
import type { PersonActor } from '#domain/actor.ts';
import { asSpoolError } from '#domain/errors.ts';
import { composition } from '../composition.ts';
import { freshSession } from './fresh-session.ts';

/** The signed-in person; null without a sign-in or with one that has run out. @throws SpoolError when that cannot be told */
export async function signedInPerson(): Promise<PersonActor | null> {
  const jar = await cookies();
  const made = await composition();
  // A page cannot set cookies: its first request to the API gets the renewed one, by the same renewal.
  const { token } = await freshSession((name) => jar.get(name)?.value ?? null, made);
  if (!token) return null;
  try {
    return await made.verifier.verify(token);
  } catch (error) {
    if (asSpoolError(error).code === 'auth.invalid') return null;
    throw error;
  }
}

/** The signed-in person; anybody else goes to the sign-in page and from there to `path`. */
export async function requirePerson(path: string): Promise<PersonActor> {
  return (await signedInPerson()) ?? redirect(signInPath(path));
}
