/** Where nginx asks whether a sender may come in: a Unix socket in its own folder, which nobody else can reach. */
import fs from 'node:fs';
import http from 'node:http';

/** nginx sends the address, the key and what the sender calls itself. */
const MAX_BODY_BYTES = 16_384;

export interface PublishDoor {
  stop(): Promise<void>;
}

/**
 * `admit` gets the key; it answers with the name the stream goes under from then on, or null: no. A failure counts as no.
 * `done`: some sender has left.
 */
export async function openPublishDoor({ socket, admit, done }: { socket: string; admit: (key: string) => Promise<string | null>; done: () => void }): Promise<PublishDoor> {
  const server = http.createServer((request, response) => {
    const answer = (status: number, headers: http.OutgoingHttpHeaders = {}) => response.writeHead(status, { ...headers, 'content-length': 0, connection: 'close' }).end();
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (text: string) => {
      body += text;
      if (body.length > MAX_BODY_BYTES) request.destroy();
    });
    request.on('error', () => {});
    request.on('end', () => {
      if (request.url !== '/publish') {
        answer(204);
        return done();
      }
      // Of several the first is nginx's own: what a sender adds to its key comes after it.
      const key = new URLSearchParams(body).get('name') ?? '';
      void admit(key).then(
        (name) => (name === null ? answer(403) : answer(302, { location: name })),
        () => answer(503),
      );
    });
  });
  fs.rmSync(socket, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, resolve);
  });
  fs.chmodSync(socket, 0o666);
  return {
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
