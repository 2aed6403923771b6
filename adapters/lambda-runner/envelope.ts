/**
 * What goes to the function that runs code and what comes back (domain/code/function-wire.ts) as a body: JSON, compressed,
 * since a synchronous invocation carries six megabytes each way and a program's output may be several times that as JSON.
 */
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { fromFunctionSchema } from '#domain/code/function-wire.ts';
import type { FromFunction, ToFunction } from '#domain/code/function-wire.ts';

/** What Lambda takes, less its own words around it. */
const MAX_BODY_BYTES = 6_000_000;
/** One answer is at most 16 MiB (adapters/sandbox); a few of them, and what was printed. */
const MAX_UNPACKED_BYTES = 64 * 1024 * 1024;

/** Null: it does not fit, even compressed. */
export function pack(value: ToFunction | FromFunction): string | null {
  const body = JSON.stringify({ gzip: gzipSync(JSON.stringify(value)).toString('base64') });
  return Buffer.byteLength(body) <= MAX_BODY_BYTES ? body : null;
}

/** @throws when it is nothing of ours: also a function may be made to lie by what runs in it */
export function unpackAnswer(body: string): FromFunction {
  return fromFunctionSchema.parse(unpack(body));
}

/** Trusts who sends: only whoever may invoke the function reaches it. */
export function unpackQuestion(body: string): ToFunction {
  return unpack(body) as ToFunction;
}

function unpack(body: string): unknown {
  const { gzip } = z.object({ gzip: z.string() }).parse(JSON.parse(body));
  return JSON.parse(gunzipSync(Buffer.from(gzip, 'base64'), { maxOutputLength: MAX_UNPACKED_BYTES }).toString('utf8'));
}
