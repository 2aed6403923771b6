/**
 * The embedded Postgres as a process of its own: `node scripts/database.ts --port N --dir DIR [--host 127.0.0.1]`.
 * Sends `{type: 'ready', url}` to a parent and prints one line; SIGTERM, SIGINT or the parent's end close it cleanly.
 */
import { parseArgs } from 'node:util';
import { openEmbeddedDatabase } from '#adapters/pglite/embedded-database.ts';

const { values } = parseArgs({ options: { port: { type: 'string', default: '0' }, dir: { type: 'string' }, host: { type: 'string', default: '127.0.0.1' } } });
if (!values.dir) {
  process.stderr.write('Name the folder of the database: --dir DIR\n');
  process.exit(2);
}

/** Nothing is open yet; what a start leaves half done, the next one does again. */
let close = (): void => process.exit(0);
process.on('disconnect', () => close());
if (process.connected === false) close();

try {
  const database = await openEmbeddedDatabase({
    dir: values.dir,
    host: values.host,
    port: Number(values.port),
    onFatal(error) {
      process.stderr.write(`The database stopped working: ${error instanceof Error ? error.message : 'unknown error'}\n`);
      process.exit(1);
    },
  });
  let closing = false;
  close = () => {
    if (closing) return;
    closing = true;
    void database.close().then(() => process.exit(0));
  };
  process.on('SIGTERM', close);
  process.on('SIGINT', close);
  process.stdout.write(`The database is ready on ${values.host}:${database.port}\n`);
  process.send?.({ type: 'ready', url: database.url });
} catch (error) {
  const inUse = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
  process.stderr.write(inUse ? `Port ${values.port} is taken. Stop what uses it, or give another --port.\n` : `${error instanceof Error ? error.message : 'The database could not start.'}\n`);
  process.exit(1);
}
