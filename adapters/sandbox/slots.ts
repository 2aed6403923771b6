/**
 * A slot is what a sandbox needs of the host beside memory: a user number nobody else has, and four named pipes. Pipes
 * and not the socket pairs that Node makes, because programs open /dev/stdout, which fails on a socket. Standard input is
 * a file without a name, filled before the job is sent: opening /dev/stdin would wait for a writer on a pipe. The pipes'
 * names lie in a folder that no sandbox sees.
 */
import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { BARE_ENVIRONMENT } from './languages/programs.ts';

/**
 * User numbers from here on belong to nobody (systemd's table of numbers calls the range up to 2,147,483,647 unused). Each
 * runner takes a block of them by lot: the kernel counts processes by user, so that two runners on one machine with the same
 * numbers would use up each other's. A million blocks of 256.
 */
const FIRST_UID = 1_879_100_000;
const BLOCKS = 1_000_000;
const BLOCK_SIZE = 256;
const PIPES = ['stdout', 'stderr', 'control', 'answers'] as const;
type Pipe = (typeof PIPES)[number];

export interface Slot {
  readonly index: number;
  /** The user the sandbox runs as, seen from the host; null where this process cannot change its user. */
  readonly uid: number | null;
  readonly folder: string;
}

/** The host's ends as sockets, the sandbox's ends as file descriptors that the caller closes once they are handed on. */
export interface OpenPipes {
  /** Writes what the program will find on its standard input. */
  fillStdin(text: string): void;
  /** Closes the host's ends. Resolves when they are closed. */
  close(): Promise<void>;
  stdout: net.Socket;
  stderr: net.Socket;
  control: net.Socket;
  answers: net.Socket;
  /** In the order of descriptors 0 to 4. */
  inside: number[];
}

export class Slots {
  readonly #folder: string;
  readonly #asRoot = process.getuid?.() === 0;
  readonly #firstUid = FIRST_UID + randomInt(BLOCKS) * BLOCK_SIZE;
  readonly #free: Slot[] = [];
  readonly #once: boolean;
  #made = 0;

  /** `folder` is emptied: nothing of an earlier runner is used again. `once`: nor of an earlier program, which may have reached it. */
  constructor(folder: string, { once = false }: { once?: boolean } = {}) {
    this.#folder = folder;
    this.#once = once;
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  take(): Slot {
    const free = this.#free.pop();
    if (free) return free;
    const index = this.#made++;
    const folder = path.join(this.#folder, String(index));
    fs.mkdirSync(folder, { mode: 0o700, recursive: this.#once });
    const pipes = PIPES.map((name) => path.join(folder, name));
    execFileSync('mkfifo', ['-m', '600', ...pipes], { env: BARE_ENVIRONMENT });
    const uid = this.#asRoot ? this.#firstUid + index : null;
    // The sandbox's user owns them, so that a program may open /dev/stdin again.
    if (uid !== null) for (const pipe of pipes) fs.chownSync(pipe, uid, uid);
    return { index, uid, folder };
  }

  /** Only once nothing of the sandbox runs any more: the pipes lose what is in them when the last end is closed. */
  give(slot: Slot): void {
    if (this.#once) fs.rmSync(slot.folder, { recursive: true, force: true });
    else this.#free.push(slot);
  }

  remove(): void {
    fs.rmSync(this.#folder, { recursive: true, force: true });
  }
}

export function openPipes(slot: Slot): OpenPipes {
  const { O_RDONLY, O_WRONLY, O_RDWR, O_NONBLOCK } = fs.constants;
  const at = (name: Pipe) => path.join(slot.folder, name);
  /** Host reads, sandbox writes. */
  const outward = (name: Pipe): [net.Socket, number] => {
    const host = fs.openSync(at(name), O_RDONLY | O_NONBLOCK);
    const inside = fs.openSync(at(name), O_WRONLY);
    return [new net.Socket({ fd: host, readable: true, writable: false }), inside];
  };
  /** Host writes, sandbox reads. While `both` is open neither end waits for the other. */
  const inward = (name: Pipe): [net.Socket, number] => {
    const both = fs.openSync(at(name), O_RDWR | O_NONBLOCK);
    const host = fs.openSync(at(name), O_WRONLY | O_NONBLOCK);
    const inside = fs.openSync(at(name), O_RDONLY);
    fs.closeSync(both);
    return [new net.Socket({ fd: host, readable: false, writable: true }), inside];
  };
  const stdin = openStdin(slot);
  const [stdout, stdoutInside] = outward('stdout');
  const [stderr, stderrInside] = outward('stderr');
  const [control, controlInside] = inward('control');
  const [answers, answersInside] = outward('answers');
  // A pipe whose other end has gone is no news: the process's end is what counts.
  const sockets = [stdout, stderr, control, answers];
  for (const socket of sockets) socket.on('error', () => {});
  let stdinOpen = true;
  return {
    stdout,
    stderr,
    control,
    answers,
    inside: [stdin.inside, stdoutInside, stderrInside, controlInside, answersInside],
    fillStdin(text) {
      fs.writeSync(stdin.host, text);
    },
    async close() {
      if (stdinOpen) fs.closeSync(stdin.host);
      stdinOpen = false;
      await Promise.all(sockets.map((socket) => new Promise<void>((resolve) => {
        if (socket.closed) return resolve();
        socket.once('close', () => resolve());
        socket.destroy();
      })));
    },
  };
}

/** A file that loses its name at once. Root's, so that the program can read it (also by /dev/stdin) and nothing else. */
function openStdin(slot: Slot): { host: number; inside: number } {
  const file = path.join(slot.folder, 'stdin');
  const host = fs.openSync(file, 'wx', 0o444);
  const inside = fs.openSync(file, 'r');
  fs.unlinkSync(file);
  return { host, inside };
}
