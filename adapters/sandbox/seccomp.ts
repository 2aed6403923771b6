/**
 * The system-call filter of the sandbox: classic BPF, assembled here and handed to bubblewrap. Everything is allowed but
 * what a program never needs and escapes or side channels have used (the list is that of isolate's manual, widened).
 * Refused calls fail with EPERM; `clone3` with ENOSYS, because its flags lie in memory that a filter cannot read, and the
 * C library then falls back to `clone`.
 */
export type Architecture = 'x64' | 'arm64';

interface Refused {
  /** Numbers on x86_64 and aarch64; null where the architecture has no such call. */
  calls: Record<string, readonly [x64: number | null, arm64: number | null]>;
}

/** Mounts, namespaces, other processes, keys, kernel interfaces, clocks, and what two runs could meet over. */
export const REFUSED: Refused['calls'] = {
  mount: [165, 40], umount2: [166, 39], pivot_root: [155, 41], chroot: [161, 51], open_tree: [428, 428], move_mount: [429, 429],
  fsopen: [430, 430], fsconfig: [431, 431], fsmount: [432, 432], fspick: [433, 433], mount_setattr: [442, 442], open_tree_attr: [467, 467],
  statmount: [457, 457], listmount: [458, 458],
  unshare: [272, 97], setns: [308, 268],
  ptrace: [101, 117], process_vm_readv: [310, 270], process_vm_writev: [311, 271], kcmp: [312, 272], pidfd_getfd: [438, 438],
  process_madvise: [440, 440], process_mrelease: [448, 448],
  keyctl: [250, 219], add_key: [248, 217], request_key: [249, 218],
  bpf: [321, 280], perf_event_open: [298, 241], userfaultfd: [323, 282], io_uring_setup: [425, 425], io_uring_enter: [426, 426],
  io_uring_register: [427, 427], memfd_secret: [447, 447],
  personality: [135, 92], modify_ldt: [154, null], iopl: [172, null], ioperm: [173, null],
  kexec_load: [246, 104], kexec_file_load: [320, 294], init_module: [175, 105], finit_module: [313, 273], delete_module: [176, 106],
  reboot: [169, 142], swapon: [167, 224], swapoff: [168, 225], acct: [163, 89], quotactl: [179, 60], quotactl_fd: [443, 443],
  syslog: [103, 116], lookup_dcookie: [212, 18], uselib: [134, null], vhangup: [153, 58], sysfs: [139, null],
  open_by_handle_at: [304, 265], name_to_handle_at: [303, 264],
  settimeofday: [164, 170], clock_settime: [227, 112], clock_adjtime: [305, 266], adjtimex: [159, 171], sethostname: [170, 161], setdomainname: [171, 162],
  mbind: [237, 235], set_mempolicy: [238, 237], migrate_pages: [256, 238], move_pages: [279, 239], set_mempolicy_home_node: [450, 450],
  fanotify_init: [300, 262], fanotify_mark: [301, 263], inotify_init: [253, null], inotify_init1: [294, 26], inotify_add_watch: [254, 27],
  flock: [73, 32], mq_open: [240, 180],
};

/** Memory that `RLIMIT_DATA` does not count: refused only where no cgroup holds the memory. */
export const REFUSED_WITHOUT_CGROUP: Refused['calls'] = { memfd_create: [319, 279], shmget: [29, 194] };

const SOCKET: readonly [number, number] = [41, 198];
const SOCKETPAIR: readonly [number, number] = [53, 199];
const CLONE: readonly [number, number] = [56, 220];
const CLONE3 = 435;
const IOCTL: readonly [number, number] = [16, 29];
const FCNTL: readonly [number, number] = [72, 25];

/** AF_UNIX, AF_INET, AF_INET6: the network namespace is empty, so they lead nowhere; runtimes make them all the same. */
const SOCKET_FAMILIES = [1, 2, 10];
/** AF_UNIX: what is left where no namespace is. */
const LOCAL_FAMILIES = [1];
/** CLONE_NEWTIME is not here: its bit belongs to the exit signal in `clone`. */
const NAMESPACE_FLAGS = 0x0002_0000 | 0x0200_0000 | 0x0400_0000 | 0x0800_0000 | 0x1000_0000 | 0x2000_0000 | 0x4000_0000;
/** TIOCSTI and TIOCLINUX type into a terminal. */
const TERMINAL_REQUESTS = [0x5412, 0x541c];
/** Locks, leases and notices on files that all runs see (the system's): runs must not meet over them. */
const LOCK_COMMANDS = [5, 6, 7, 36, 37, 38, 1024, 1026];

const AUDIT_ARCHITECTURE: Record<Architecture, number> = { x64: 0xc000_003e, arm64: 0xc000_00b7 };
/** x86_64's other ABI: the same numbers with this bit. */
const X32_BIT = 0x4000_0000;

const ALLOW = 0x7fff_0000;
const KILL_PROCESS = 0x8000_0000;
const errno = (number: number): number => 0x0005_0000 | number;
const EPERM = 1;
const ENOSYS = 38;
const EAFNOSUPPORT = 97;

const LOAD = 0x20;
const JUMP_EQUAL = 0x15;
const JUMP_GREATER_EQUAL = 0x35;
const JUMP_SET = 0x45;
const RETURN = 0x06;
const OFFSET = { number: 0, architecture: 4, argument: (index: number) => 16 + 8 * index };

interface Instruction {
  code: number;
  ifTrue: number;
  ifFalse: number;
  value: number;
}

const load = (offset: number): Instruction => ({ code: LOAD, ifTrue: 0, ifFalse: 0, value: offset });
const answer = (value: number): Instruction => ({ code: RETURN, ifTrue: 0, ifFalse: 0, value });
/** Skips `count` instructions unless the accumulator equals `value`. */
const skipUnless = (code: number, value: number, count: number): Instruction => ({ code, ifTrue: 0, ifFalse: count, value });

/** Calls that reach another process by its number, which is their first argument. */
const REACHING: Refused['calls'] = {
  kill: [62, 129], tgkill: [234, 131], rt_sigqueueinfo: [129, 138], rt_tgsigqueueinfo: [297, 240], pidfd_open: [434, 434],
  prlimit64: [302, 261], sched_setaffinity: [203, 122], sched_setscheduler: [144, 119], sched_setparam: [142, 118], sched_setattr: [314, 274],
};
/** By the number of a thread, of which there are many: nothing that runs here needs it. */
const TKILL: readonly [number, number] = [200, 130];
/** F_SETOWN and F_SETOWN_EX: whose signal it is that something can be read. */
const OWNER_COMMANDS = [8, 15];

/** The filter as the array of `struct sock_filter` that the kernel takes. `network` false: where no namespace keeps a program from addresses. */
export function seccompFilter(architecture: Architecture, { cgroup, network = true, guarded = [] }: { cgroup: boolean; network?: boolean; guarded?: readonly number[] }): Buffer {
  const column = architecture === 'x64' ? 0 : 1;
  const refused = [...Object.values({ ...REFUSED, ...(cgroup ? {} : REFUSED_WITHOUT_CGROUP) }).flatMap((numbers) => numbers[column] ?? []), ...(guarded.length > 0 ? [TKILL[column]!] : [])];
  // -1 is everybody, a negative number a group.
  const outOfReach = [...guarded, ...guarded.map((pid) => -pid), -1];
  const program: Instruction[] = [
    load(OFFSET.architecture),
    { code: JUMP_EQUAL, ifTrue: 1, ifFalse: 0, value: AUDIT_ARCHITECTURE[architecture] },
    answer(KILL_PROCESS),
    load(OFFSET.number),
    ...(architecture === 'x64' ? [skipUnless(JUMP_GREATER_EQUAL, X32_BIT, 1), answer(errno(ENOSYS))] : []),
    ...refused.flatMap((number) => [skipUnless(JUMP_EQUAL, number, 1), answer(errno(EPERM))]),
    skipUnless(JUMP_EQUAL, CLONE3, 1),
    answer(errno(ENOSYS)),
    // Each of these reloads the number behind it only where it falls through to the next.
    ...whenCall(CLONE[column]!, [load(OFFSET.argument(0)), skipUnless(JUMP_SET, NAMESPACE_FLAGS >>> 0, 1), answer(errno(EPERM)), answer(ALLOW)]),
    ...whenCall(SOCKET[column]!, onlyValues(OFFSET.argument(0), network ? SOCKET_FAMILIES : LOCAL_FAMILIES, errno(EAFNOSUPPORT))),
    ...whenCall(SOCKETPAIR[column]!, onlyValues(OFFSET.argument(0), [1], errno(EAFNOSUPPORT))),
    ...whenCall(IOCTL[column]!, exceptValues(OFFSET.argument(1), TERMINAL_REQUESTS, errno(EPERM))),
    ...whenCall(FCNTL[column]!, exceptValues(OFFSET.argument(1), [...LOCK_COMMANDS, ...(guarded.length > 0 ? OWNER_COMMANDS : [])], errno(EPERM))),
    ...(guarded.length > 0 ? Object.values(REACHING).flatMap((numbers) => whenCall(numbers[column]!, exceptValues(OFFSET.argument(0), outOfReach, errno(EPERM)))) : []),
    answer(ALLOW),
  ];
  const bytes = Buffer.alloc(program.length * 8);
  for (const [index, { code, ifTrue, ifFalse, value }] of program.entries()) {
    bytes.writeUInt16LE(code, index * 8);
    bytes.writeUInt8(ifTrue, index * 8 + 2);
    bytes.writeUInt8(ifFalse, index * 8 + 3);
    bytes.writeUInt32LE(value >>> 0, index * 8 + 4);
  }
  return bytes;
}

/** `body` ends in an answer; other calls jump over it. */
function whenCall(number: number, body: Instruction[]): Instruction[] {
  return [skipUnless(JUMP_EQUAL, number, body.length), ...body];
}

function onlyValues(offset: number, values: readonly number[], otherwise: number): Instruction[] {
  return [load(offset), ...values.flatMap((value) => [skipUnless(JUMP_EQUAL, value, 1), answer(ALLOW)]), answer(otherwise)];
}

function exceptValues(offset: number, values: readonly number[], then: number): Instruction[] {
  return [load(offset), ...values.flatMap((value) => [skipUnless(JUMP_EQUAL, value, 1), answer(then)]), answer(ALLOW)];
}
