/** Names people give themselves when they sign in locally, and the identity that follows from them. */
import { z } from 'zod';
import type { Role } from '../actor.ts';

/** Control, format and line-separator characters: invisible, and able to forge log lines or reverse text. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
/** Joiners that names in some scripts (Persian, Hindi, Sinhala) and emoji need. */
const JOINERS = /[\u200c\u200d]/g;

/** True when `text` can be shown on one line as it is. */
export function isPlainLine(text: string): boolean {
  return !INVISIBLE.test(text.replace(JOINERS, ''));
}

/** What strangers call themselves, on one line that cannot pass for several or for another's; may be empty. */
export function asPlainLine(text: string): string {
  return [...text.toWellFormed()]
    .map((character) => (isPlainLine(character) ? character : ' '))
    .join('')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** 1 to 100 characters once trimmed. */
export const personNameSchema = z
  .string()
  .trim()
  .min(1, 'Give a name.')
  .max(100, 'A name may have at most 100 characters.')
  .refine(isPlainLine, 'A name may not contain control characters.');

/** The same person however the name was typed: composed, one space between words, case ignored. */
function normaliseName(name: string): string {
  return name.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase();
}

/** The UUID (version 8, of SHA-256) that a role and a name always lead to. */
export async function localPersonId(role: Role, name: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${role}\n${normaliseName(name)}`)));
  digest[6] = (digest[6]! & 0x0f) | 0x80;
  digest[8] = (digest[8]! & 0x3f) | 0x80;
  const hex = Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
