/**
 * The few messages of the Postgres wire protocol (version 3) that a multiplexer has to read or write itself.
 * Layouts: https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export const PROTOCOL_3 = 196_608;
export const SSL_REQUEST = 80_877_103;
export const GSSENC_REQUEST = 80_877_104;
export const CANCEL_REQUEST = 80_877_102;
/** Longest message taken from a client: far above any transcript, far below memory. */
export const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

/** A message with its type byte and length field. */
export function message(type: string, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
/** Zero-terminated strings, one after the other. */
export function strings(...values: string[]): Buffer {
  return Buffer.from(values.map((value) => `${value}\0`).join(''), 'utf8');
}

export function startupMessage(user: string, database: string): Buffer {
  const body = Buffer.concat([int32(PROTOCOL_3), strings('user', user, 'database', database, 'client_encoding', 'UTF8'), Buffer.from([0])]);
  return Buffer.concat([int32(body.length + 4), body]);
}
export function simpleQuery(sql: string): Buffer {
  return message('Q', strings(sql));
}
export const askForPassword = message('R', int32(3));

/** The last words to a client before its connection is closed. `sqlState`: see Postgres, Appendix A. */
export function fatalError(sqlState: string, text: string): Buffer {
  return message('E', strings('SFATAL', 'VFATAL', `C${sqlState}`, `M${text}`), Buffer.from([0]));
}

export type FrontMessage = { type: string; bytes: Buffer };

/** Cuts whole messages off the front of `buffer`. `malformed` once a length cannot be true, or is more than the sender may say. */
export function takeMessages(buffer: Buffer, maxBytes: number): { messages: FrontMessage[]; rest: Buffer; malformed: boolean } {
  const messages: FrontMessage[] = [];
  let offset = 0;
  while (buffer.length - offset >= 5) {
    const length = buffer.readInt32BE(offset + 1);
    if (length < 4 || length > maxBytes) return { messages, rest: buffer.subarray(offset), malformed: true };
    if (buffer.length - offset < length + 1) break;
    messages.push({ type: String.fromCharCode(buffer[offset]!), bytes: buffer.subarray(offset, offset + length + 1) });
    offset += length + 1;
  }
  return { messages, rest: buffer.subarray(offset), malformed: false };
}
