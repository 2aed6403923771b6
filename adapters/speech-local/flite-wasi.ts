/**
 * The thirteen system calls Flite's WebAssembly build makes, served from memory: its one output file is a growing
 * buffer, so that speech never touches a disk. (WASI preview 1: https://github.com/WebAssembly/WASI/tree/wasi-0.1)
 */

const SUCCESS = 0;
const EBADF = 8;
const OUT_DIRECTORY = '/out';
const DIRECTORY_FD = 3;
const FILE_FD = 4;
const FILE_TYPE = { device: 2, directory: 3, file: 4 } as const;
const FIRST_FILE_BYTES = 256 * 1024;

class Exit extends Error {
  override name = 'Exit';
  readonly code: number;
  constructor(code: number) {
    super(`Flite ended with code ${code}.`);
    this.code = code;
  }
}

/** One instance makes one utterance; making an instance copies 21 MB of voices, so do it before it is needed. */
export interface FliteInstance {
  /** Runs Flite to its end. `stretch`: how long everything takes, as a multiple of the voice's own time. Returns the WAV file it wrote. @throws Error when it fails. */
  speak(voice: string, text: string, stretch?: number): Uint8Array;
}

export function instantiateFlite(module: WebAssembly.Module): FliteInstance {
  let args: Uint8Array[] = [];
  let file = new Uint8Array(FIRST_FILE_BYTES);
  let fileSize = 0;
  let position = 0;
  const memory = (): ArrayBuffer => (instance.exports.memory as WebAssembly.Memory).buffer;
  const view = (): DataView => new DataView(memory());

  function append(bytes: Uint8Array): void {
    const end = position + bytes.length;
    if (end > file.length) {
      const larger = new Uint8Array(Math.max(end, file.length * 2));
      larger.set(file.subarray(0, fileSize));
      file = larger;
    }
    file.set(bytes, position);
    position = end;
    fileSize = Math.max(fileSize, end);
  }

  const calls = {
    args_sizes_get(countPointer: number, sizePointer: number): number {
      view().setUint32(countPointer, args.length, true);
      view().setUint32(sizePointer, args.reduce((sum, arg) => sum + arg.length + 1, 0), true);
      return SUCCESS;
    },
    args_get(pointers: number, buffer: number): number {
      for (const [index, arg] of args.entries()) {
        view().setUint32(pointers + index * 4, buffer, true);
        new Uint8Array(memory(), buffer, arg.length + 1).set([...arg, 0]);
        buffer += arg.length + 1;
      }
      return SUCCESS;
    },
    clock_time_get(_clock: number, _precision: bigint, pointer: number): number {
      view().setBigUint64(pointer, 0n, true);
      return SUCCESS;
    },
    fd_close: (): number => SUCCESS,
    fd_fdstat_set_flags: (): number => SUCCESS,
    fd_fdstat_get(fd: number, pointer: number): number {
      if (fd > FILE_FD) return EBADF;
      view().setUint8(pointer, fd === FILE_FD ? FILE_TYPE.file : fd === DIRECTORY_FD ? FILE_TYPE.directory : FILE_TYPE.device);
      view().setUint16(pointer + 2, 0, true);
      view().setBigUint64(pointer + 8, 0xffff_ffff_ffff_ffffn, true);
      view().setBigUint64(pointer + 16, 0xffff_ffff_ffff_ffffn, true);
      return SUCCESS;
    },
    fd_prestat_get(fd: number, pointer: number): number {
      if (fd !== DIRECTORY_FD) return EBADF;
      view().setUint32(pointer, 0, true);
      view().setUint32(pointer + 4, OUT_DIRECTORY.length, true);
      return SUCCESS;
    },
    fd_prestat_dir_name(_fd: number, pointer: number, length: number): number {
      new Uint8Array(memory(), pointer, length).set(new TextEncoder().encode(OUT_DIRECTORY).subarray(0, length));
      return SUCCESS;
    },
    fd_read(_fd: number, _vectors: number, _count: number, readPointer: number): number {
      view().setUint32(readPointer, 0, true);
      return SUCCESS;
    },
    fd_seek(fd: number, offset: bigint, whence: number, pointer: number): number {
      if (fd !== FILE_FD) return EBADF;
      position = Number(offset) + [0, position, fileSize][whence]!;
      view().setBigUint64(pointer, BigInt(position), true);
      return SUCCESS;
    },
    fd_write(fd: number, vectors: number, count: number, writtenPointer: number): number {
      let written = 0;
      for (let index = 0; index < count; index++) {
        const pointer = view().getUint32(vectors + index * 8, true);
        const length = view().getUint32(vectors + index * 8 + 4, true);
        if (fd === FILE_FD) append(new Uint8Array(memory(), pointer, length));
        written += length;
      }
      view().setUint32(writtenPointer, written, true);
      return SUCCESS;
    },
    path_open(...callArguments: unknown[]): number {
      view().setUint32(callArguments[8] as number, FILE_FD, true);
      return SUCCESS;
    },
    proc_exit(code: number): never {
      throw new Exit(code);
    },
  };
  const instance = new WebAssembly.Instance(module, { wasi_snapshot_preview1: calls });

  return {
    speak(voice, text, stretch = 1) {
      args = ['flite', '-voice', voice, ...(stretch === 1 ? [] : ['--setf', `duration_stretch=${stretch.toFixed(2)}`]), '-t', text, '-o', `${OUT_DIRECTORY}/speech.wav`].map((arg) => new TextEncoder().encode(arg));
      try {
        (instance.exports._start as () => void)();
      } catch (error) {
        if (!(error instanceof Exit && error.code === 0)) throw error;
      }
      return file.subarray(0, fileSize);
    },
  };
}
