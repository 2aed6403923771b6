/** A socket of the browser whose other end is the test. */
import type { ServerMessage } from '#domain/stream/protocol.ts';
import type { StreamSocket } from './stream-client.ts';

export class FakeSocket implements StreamSocket {
  binaryType = '';
  bufferedAmount = 0;
  readyState = 1;
  onopen: ((event: never) => unknown) | null = null;
  onmessage: ((event: never) => unknown) | null = null;
  onclose: ((event: never) => unknown) | null = null;
  onerror: ((event: never) => unknown) | null = null;
  /** Messages in JSON, as they were sent. */
  readonly sent: { type: string }[] = [];

  send(data: string | Uint8Array): void {
    if (typeof data === 'string') this.sent.push(JSON.parse(data) as { type: string });
  }
  close(): void {}
  says(message: ServerMessage): void {
    this.onmessage?.({ data: JSON.stringify(message) } as never);
  }
  /** The connection ends with this code. */
  goes(code: number): void {
    this.onclose?.({ code } as never);
  }
}
