/**
 * The server's side of SRP-6a (RFC 5054, its 3072-bit group) as Cognito speaks it: SHA-256, numbers hashed with a leading
 * zero byte where the first bit is set, the key by HKDF, and in place of M1 an HMAC over pool, user, block and time.
 */
import { createHash, createHmac, getDiffieHellman, randomBytes, timingSafeEqual } from 'node:crypto';

/** RFC 5054 takes the group of RFC 3526; Node knows it by this name. */
const N = BigInt(`0x${getDiffieHellman('modp15').getPrime('hex')}`);
const G = 2n;
const K = hashNumber(padded(N), padded(G));

export interface Verifier {
  saltHex: string;
  verifier: bigint;
}

/** What a server keeps of a password. @param poolName the part of the pool's id behind the underscore */
export function makeVerifier(poolName: string, userId: string, password: string): Verifier {
  const salt = BigInt(`0x${randomBytes(16).toString('hex')}`);
  const inner = createHash('sha256').update(`${poolName}${userId}:${password}`).digest();
  return { saltHex: salt.toString(16), verifier: power(G, hashNumber(padded(salt), inner)) };
}

export interface SrpExchange {
  /** B, the server's public number. */
  publicHex: string;
  /** Whether the client's signature could only have been made with the password. */
  proves(claim: { poolName: string; userId: string; secretBlock: string; timestamp: string; signature: string }): boolean;
}

/** @param clientHex A, the client's public number; @throws Error when it is a multiple of N, which would fix the key */
export function startExchange({ verifier }: Verifier, clientHex: string): SrpExchange {
  const A = BigInt(`0x${clientHex}`);
  if (A % N === 0n) throw new Error('A must not be a multiple of N.');
  const b = BigInt(`0x${randomBytes(32).toString('hex')}`);
  const B = (K * verifier + power(G, b)) % N;
  const u = hashNumber(padded(A), padded(B));
  const S = power(A * power(verifier, u), b);
  const pseudoRandomKey = createHmac('sha256', padded(u)).update(padded(S)).digest();
  const key = createHmac('sha256', pseudoRandomKey).update('Caldera Derived Key\x01').digest().subarray(0, 16);
  return {
    publicHex: B.toString(16),
    proves({ poolName, userId, secretBlock, timestamp, signature }) {
      const expected = createHmac('sha256', key).update(poolName).update(userId).update(Buffer.from(secretBlock, 'base64')).update(timestamp).digest();
      const sent = Buffer.from(signature, 'base64');
      return sent.length === expected.length && timingSafeEqual(sent, expected);
    },
  };
}

function hashNumber(...parts: Buffer[]): bigint {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return BigInt(`0x${hash.digest('hex')}`);
}

/** Big endian; with a zero byte in front where the first bit would read as a sign. */
function padded(number: bigint): Buffer {
  const hex = number.toString(16);
  const even = hex.length % 2 ? `0${hex}` : hex;
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, 'hex');
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base % N;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % N;
    square = (square * square) % N;
  }
  return result;
}
