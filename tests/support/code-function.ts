/**
 * Lambda for one function, on loopback: invocations with a tenant at one end, environments that ask for work at the other,
 * each in a root that cannot be written to but for /tmp, under a user that owns nothing, as Lambda has it. bubblewrap makes
 * that root; nothing inside knows of it.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { layOutFor } from '#adapters/sandbox/lay-out.ts';
import { firstProgram } from '#adapters/sandbox/languages/programs.ts';
import { systemClock } from '#domain/clock.ts';
import { repositoryRoot as root } from '#scripts/support/paths.ts';
import { LINKS, NODE_PROGRAM, OWN_NODE, WRITABLE } from '#workers/code-function/lay-out.ts';

/** Of the function, in amplify/sizing.ts. */
const TIMEOUT_MS = 28_000;
/** Idle ones beyond this are ended, as Lambda does sooner or later. */
const MAX_IDLE = 3;
/** Lambda's user owns nothing; any number that is nobody's will do. */
const USER = 1_879_099_993;
const PARTS = ['adapters', 'config', 'domain', 'workers', 'node_modules', 'package.json'];

interface Waiting {
  body: Buffer;
  answer(status: number, headers: Record<string, string>, body: Buffer | string): void;
}

export interface FunctionServer {
  endpoint: string;
  /** How many environments were made, for each tenant. */
  made: Map<string, number>;
  stop(): Promise<void>;
}

/** Why it cannot be tried here; null when it can. */
export function functionMissing(): string | null {
  if (process.platform !== 'linux' || !firstProgram(['/usr/bin/bwrap'])) return 'bubblewrap is needed for a root like that of a function';
  if (process.getuid?.() !== 0) return 'root is needed: what an image has is laid where others may only read it';
  return null;
}

export async function startFunction(options: { concurrency: number }): Promise<FunctionServer> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-function-'));
  fs.chmodSync(folder, 0o755);
  const laid = await layOutFor({ nodeProgram: process.execPath, folder: path.join(folder), clock: systemClock });
  fs.chmodSync(folder, 0o755);
  const ownNode = path.join(folder, 'node');
  fs.copyFileSync(process.execPath, ownNode, fs.constants.COPYFILE_FICLONE);
  fs.chmodSync(ownNode, 0o711);
  const view = viewOf(laid, ownNode);
  const environments = new Set<Environment>();
  const made = new Map<string, number>();
  const waiting: (() => void)[] = [];
  let running = 0;

  async function invoke(tenant: string, body: Buffer): Promise<Parameters<Waiting['answer']>> {
    if (running >= options.concurrency) await new Promise<void>((resolve) => waiting.push(resolve));
    running += 1;
    try {
      let environment = [...environments].find((each) => each.tenant === tenant && each.idle);
      if (!environment) {
        const idle = [...environments].filter((each) => each.idle);
        for (const each of idle.slice(0, Math.max(0, idle.length - MAX_IDLE + 1))) await each.end();
        environment = new Environment(tenant, view, (each) => environments.delete(each));
        environments.add(environment);
        made.set(tenant, (made.get(tenant) ?? 0) + 1);
      }
      return await environment.invoke(body);
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  }

  const server = http.createServer((request, response) => {
    void collect(request).then(async (body) => {
      const answer: Waiting['answer'] = (status, headers, out) => response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(out);
      const tenant = request.headers['x-amz-tenant-id'];
      if (request.method !== 'POST' || !/^\/2015-03-31\/functions\/[^/]+\/invocations/.test(request.url ?? '')) return answer(404, { 'x-amzn-errortype': 'ResourceNotFoundException' }, '{}');
      if (typeof tenant !== 'string') return answer(400, { 'x-amzn-errortype': 'InvalidParameterValueException' }, '{"message":"TenantId is required"}');
      answer(...(await invoke(tenant, body)));
    });
  });
  // Longer than any pause between two requests of a test.
  server.keepAliveTimeout = 600_000;
  const port = await listen(server);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    made,
    async stop() {
      await Promise.all([...environments].map((each) => each.end()));
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

class Environment {
  readonly tenant: string;
  idle = true;
  readonly #server: http.Server;
  readonly #started: Promise<ChildProcess>;
  #asked: http.ServerResponse | null = null;
  #current: { id: string; body: Buffer; settle: (answer: Parameters<Waiting['answer']>) => void } | null = null;
  #gone = false;

  constructor(tenant: string, view: string[], onEnd: (environment: Environment) => void) {
    this.tenant = tenant;
    this.#server = http.createServer((request, response) => void this.#runtime(request, response));
    this.#started = listen(this.#server).then((port) => {
      const args = ['--reuid', String(USER), '--regid', String(USER), '--clear-groups', '/usr/bin/bwrap', ...view, '--setenv', 'AWS_LAMBDA_RUNTIME_API', `127.0.0.1:${port}`, '--chdir', '/app', '--', OWN_NODE, 'workers/code-function/main.ts'];
      const child = spawn('/usr/bin/setpriv', args, { env: {} as NodeJS.ProcessEnv, stdio: ['ignore', 'ignore', 'pipe'] });
      child.stderr.pipe(process.stderr, { end: false });
      // Not before the last process in there has ended: one whose runtime goes away under it complains.
      child.once('close', () => {
        this.#gone = true;
        onEnd(this);
        this.#server.close();
        this.#server.closeAllConnections();
        this.#settle([200, { 'x-amz-function-error': 'Unhandled' }, JSON.stringify({ errorType: 'Runtime.ExitError', errorMessage: 'RequestId: x Error: Runtime exited with error: signal: killed' })]);
      });
      return child;
    });
  }

  invoke(body: Buffer): Promise<Parameters<Waiting['answer']>> {
    this.idle = false;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#settle([200, { 'x-amz-function-error': 'Unhandled' }, JSON.stringify({ errorType: 'Sandbox.Timedout', errorMessage: 'RequestId: x Error: Task timed out after 28.00 seconds' })]);
        void this.end();
      }, TIMEOUT_MS);
      this.#current = {
        id: randomUUID(),
        body,
        settle: (answer) => {
          clearTimeout(timer);
          this.idle = true;
          resolve(answer);
        },
      };
      this.#hand();
    });
  }

  async end(): Promise<void> {
    this.idle = false;
    const child = await this.#started;
    if (this.#gone) return;
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  #settle(answer: Parameters<Waiting['answer']>): void {
    const current = this.#current;
    this.#current = null;
    current?.settle(answer);
  }

  #hand(): void {
    if (!this.#asked || !this.#current) return;
    const response = this.#asked;
    this.#asked = null;
    response.writeHead(200, { 'lambda-runtime-aws-request-id': this.#current.id, 'lambda-runtime-aws-tenant-id': this.tenant, 'lambda-runtime-deadline-ms': String(Date.now() + TIMEOUT_MS) });
    response.end(this.#current.body);
  }

  async #runtime(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    if (request.url?.endsWith('/invocation/next')) {
      this.#asked = response;
      return this.#hand();
    }
    const body = await collect(request);
    response.writeHead(202).end('{}');
    if (!request.url?.includes(this.#current?.id ?? '-')) return;
    this.#settle(request.url.endsWith('/error') ? [200, { 'x-amz-function-error': 'Unhandled' }, body] : [200, {}, body]);
  }
}

/** The arguments of bubblewrap that make the root of a function's environment. */
function viewOf(laid: Map<string, string>, ownNode: string): string[] {
  const args = ['--unshare-user', '--unshare-ipc', '--unshare-pid', '--unshare-uts', '--uid', '993', '--gid', '990', '--die-with-parent', '--new-session', '--clearenv'];
  args.push('--setenv', 'PATH', '/usr/bin:/bin', '--setenv', 'AWS_SECRET_ACCESS_KEY', 'the key of the function', '--setenv', 'SPOOL_LOG_LEVEL', 'warn');
  args.push('--ro-bind', '/usr', '/usr', '--ro-bind', '/etc', '/etc');
  for (const name of ['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32']) {
    const stat = fs.lstatSync(`/${name}`, { throwIfNoEntry: false });
    if (stat) args.push(...(stat.isSymbolicLink() ? ['--symlink', fs.readlinkSync(`/${name}`), `/${name}`] : ['--ro-bind', `/${name}`, `/${name}`]));
  }
  args.push('--proc', '/proc', '--dir', '/dev', '--dir', '/app');
  for (const name of ['null', 'zero', 'full', 'random', 'urandom']) args.push('--dev-bind', `/dev/${name}`, `/dev/${name}`);
  args.push('--symlink', '/proc/self/fd', '/dev/fd');
  for (const [index, name] of ['stdin', 'stdout', 'stderr'].entries()) args.push('--symlink', `/proc/self/fd/${index}`, `/dev/${name}`);
  for (const [to, from] of LINKS) args.push('--symlink', from, to);
  for (const part of PARTS) args.push('--ro-bind', path.join(root, part), `/app/${part}`);
  // Bound where they lie, since links lead there, and where programs look.
  for (const folder of new Set([...laid.values()].filter((from) => fs.statSync(from).isDirectory()).map((from) => path.dirname(from)))) args.push('--ro-bind', folder, folder);
  for (const [to, from] of laid) args.push(...(to === NODE_PROGRAM ? ['--ro-bind', from, to] : ['--symlink', from, to]));
  args.push('--ro-bind', ownNode, OWN_NODE, '--size', '536870912', '--tmpfs', WRITABLE, '--remount-ro', '/');
  return args;
}

function listen(server: http.Server): Promise<number> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
}

async function collect(request: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
