/**
 * nginx, kept running. It outlives whoever started it: a successor finds it by its control socket and goes on with it, so the
 * death of the ingest process costs no stream. Forgotten by everybody, it is ended by a watch within about a minute.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import { RTMP_APPLICATION } from '#domain/meetings/ingest/stream-key.ts';
import { nginxConfig } from './nginx-config.ts';
import type { RtmpTools } from './rtmp-tools.ts';
import { BARE_ENVIRONMENT, unprivileged } from './unprivileged.ts';

const ASK_TIMEOUT_MS = 2_000;
/** A slow disk may hold nginx up for a while. */
const SILENT_AT_MOST_MS = 15_000;
const START_TIMEOUT_MS = 10_000;
const LOOK_EVERY_MS = 50;
/** Of `stop`: nginx closes its senders at once when told to leave. */
const STOP_BUDGET_MS = 1_000;
/** `find` counts whole minutes; the heartbeat comes every five seconds. */
const WATCH = 'while sleep 10; do kill -0 "$1" 2>/dev/null || exit 0; [ -n "$(find ../ingest.json -mmin -1 2>/dev/null)" ] || { kill "$1"; exit 0; }; done';

export interface NginxOptions {
  tools: RtmpTools;
  /** nginx's own, writable by it. */
  folder: string;
  /** See NginxSettings; with the folder it makes the full name. */
  sockets: string;
  host: string;
  port: number;
  clock: Clock;
  /** A child of ours has ended without being asked to. */
  onExit: () => void;
}

export class NginxProcess {
  readonly #options: NginxOptions;
  #child: ChildProcess | null = null;
  /** It does not answer yet. */
  #starting: ChildProcess | null = null;
  #watch: ChildProcess | null = null;
  #stopping = false;
  #silentSinceMs: number | null = null;

  constructor(options: NginxOptions) {
    this.#options = options;
  }

  /** Runs when this resolves; one that runs with this very configuration is taken over. @throws SpoolError `unavailable` with `fields.reason` `port_in_use` | `not_started` */
  async start(): Promise<void> {
    const { folder, tools, host, port, sockets } = this.#options;
    const config = nginxConfig({ module: tools.module, host, port, sockets });
    const file = path.join(folder, 'nginx.conf');
    const same = fs.existsSync(file) && fs.readFileSync(file, 'utf8') === config;
    if ((await this.publishing()) !== null) {
      if (same) return;
      await this.#end(this.#runningPid());
    }
    fs.writeFileSync(file, config);
    // Ours to write, whatever the umask; nginx's to read.
    fs.chmodSync(file, 0o644);
    for (const name of ['control.sock', 'nginx.pid']) fs.rmSync(name === 'control.sock' ? this.#socket(name) : path.join(folder, name), { force: true });
    await this.#launch();
  }

  /** Names of the streams whose sender is there; null: nginx does not run. @throws SpoolError `unavailable`: it runs and does not answer */
  async publishing(): Promise<Set<string> | null> {
    try {
      const answer = await this.#ask('/stat');
      this.#silentSinceMs = null;
      return new Set(Array.from(answer.matchAll(/<stream>\s*<name>([^<]*)<\/name>/g), (found) => found[1]!));
    } catch (error) {
      if (['ECONNREFUSED', 'ENOENT', 'ECONNRESET'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
      const nowMs = this.#options.clock.monotonicMs();
      this.#silentSinceMs ??= nowMs;
      if (nowMs - this.#silentSinceMs > SILENT_AT_MOST_MS) this.kill();
      throw new SpoolError('unavailable', 'nginx does not answer.', { cause: error });
    }
  }

  /** One that hangs is of no use to its senders. */
  kill(): void {
    const pid = this.#runningPid();
    if (pid !== null) signal(pid, 'SIGKILL');
  }

  /** Closes the connection of whoever sends this stream. */
  async drop(name: string): Promise<void> {
    await this.#ask(`/control/drop/publisher?app=${RTMP_APPLICATION}&name=${encodeURIComponent(name)}`).catch(() => {});
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#starting?.kill('SIGKILL');
    if (this.#watch?.pid !== undefined) signal(-this.#watch.pid, 'SIGKILL');
    await this.#end(this.#runningPid());
  }

  async #launch(): Promise<void> {
    const { tools, folder, clock } = this.#options;
    if (this.#stopping) throw new SpoolError('unavailable', 'nginx is not needed any more.', { fields: { reason: 'not_started' } });
    const options = { cwd: folder, env: BARE_ENVIRONMENT, detached: true, ...unprivileged() };
    const child = spawn(tools.nginx, ['-p', '.', '-c', 'nginx.conf'], { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
    this.#starting = child;
    let ended = false;
    let words = '';
    child.stderr.on('data', (data: Buffer) => (words = (words + data.toString()).slice(-4_000)));
    const end = () => {
      if (ended) return;
      ended = true;
      if (this.#child !== child) return;
      this.#child = null;
      if (!this.#stopping) this.#options.onExit();
    };
    child.once('error', end).once('exit', end);
    const untilMs = clock.monotonicMs() + START_TIMEOUT_MS;
    while (!(await this.#answers())) {
      if (ended || clock.monotonicMs() > untilMs) {
        child.kill('SIGKILL');
        this.#starting = null;
        throw new SpoolError('unavailable', 'nginx did not start.', { fields: { reason: /in use/i.test(words) ? 'port_in_use' : 'not_started', words: words.slice(-300) } });
      }
      await new Promise<void>((resolve) => clock.schedule(LOOK_EVERY_MS, resolve));
    }
    this.#starting = null;
    this.#child = child;
    if (ended) return this.#options.onExit();
    // Its pipe must not keep this process; nginx itself does not write there at this level.
    child.unref();
    (child.stderr as unknown as { unref(): void }).unref();
    this.#watch = spawn('/bin/sh', ['-c', WATCH, 'sh', String(child.pid)], { ...options, stdio: 'ignore' });
    this.#watch.on('error', () => {}).unref();
  }

  #answers(): Promise<boolean> {
    return this.publishing().then((streams) => streams !== null, () => false);
  }

  /** A number in the file of an nginx that is gone may be somebody else's by now. */
  #runningPid(): number | null {
    if (this.#child?.pid !== undefined) return this.#child.pid;
    try {
      const pid = Number(fs.readFileSync(path.join(this.#options.folder, 'nginx.pid'), 'utf8').trim());
      return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('nginx') ? pid : null;
    } catch {
      return null;
    }
  }

  async #end(pid: number | null): Promise<void> {
    if (pid === null) return;
    const { clock } = this.#options;
    const untilMs = clock.monotonicMs() + STOP_BUDGET_MS;
    signal(pid, 'SIGTERM');
    while ((await this.#answers()) && clock.monotonicMs() < untilMs) await new Promise<void>((resolve) => clock.schedule(LOOK_EVERY_MS, resolve));
    // Also one that hangs.
    signal(pid, 'SIGKILL');
  }

  #socket(name: string): string {
    return path.resolve(this.#options.folder, `${this.#options.sockets}${name}`);
  }

  #ask(address: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const request = http.get({ socketPath: this.#socket('control.sock'), path: address, timeout: ASK_TIMEOUT_MS, agent: false }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text: string) => (body += text)).on('end', () => resolve(body)).on('error', reject);
      });
      request.on('timeout', () => request.destroy(new Error('timeout'))).on('error', reject);
    });
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone already.
  }
}
