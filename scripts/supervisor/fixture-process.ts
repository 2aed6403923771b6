/**
 * A process for the supervisor's tests. Arguments: what it does, one after the other.
 * `ready` sends the ready message, `say:<text>` prints to stderr, `exit:<code>` ends, `stubborn` ignores SIGTERM,
 * `serve:<port>` answers 200 on every path, `child` starts a process of its own and prints its number,
 * `once:<file>:<code>` ends with the code the first time (the file tells), `stay` goes on until told to end.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';

process.on('disconnect', () => process.exit(0));
for (const step of process.argv.slice(2)) {
  const [action, ...rest] = step.split(':');
  const value = rest.join(':');
  if (action === 'ready') process.send?.({ type: 'ready', url: 'postgres://fixture' });
  if (action === 'say') fs.writeSync(2, `${value}\n`);
  if (action === 'exit') process.exit(Number(value));
  if (action === 'stubborn') process.on('SIGTERM', () => {});
  if (action === 'serve') http.createServer((_, response) => response.end('ok')).listen(Number(value), '127.0.0.1');
  if (action === 'child') {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    process.stdout.write(`child ${child.pid}\n`);
  }
  if (action === 'once') {
    const [file = '', code] = value.split(':');
    if (!fs.existsSync(file)) {
      fs.writeFileSync(file, '');
      process.exit(Number(code));
    }
  }
  if (action === 'stay') setInterval(() => {}, 60_000);
}
