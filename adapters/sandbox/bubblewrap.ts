/** What a sandbox sees: the arguments of bubblewrap. Nothing of the host but the system's programs and what is named here. */
import fs from 'node:fs';
import path from 'node:path';

/** The only place that can be written to: the candidate's files, and the folders for temporary files beside them. */
export const WRITABLE_FOLDER = '/box';
export const WORK_FOLDER = `${WRITABLE_FOLDER}/work`;

export interface View {
  /** Read-only: path on the host → path in the sandbox. */
  mounts: readonly (readonly [from: string, to: string])[];
  environment: Readonly<Record<string, string>>;
  diskBytes: number;
}

/** Of /dev only what programs use; terminals, disks and shared memory of the host are not there. */
const DEVICES = ['null', 'zero', 'full', 'random', 'urandom'];
const SYSTEM_LINKS = ['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32'];
/** All a program sees of ours. */
export const ENVIRONMENT = { PATH: '/usr/bin:/bin', HOME: '/box/tmp', TMPDIR: '/box/tmp', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };

export function bubblewrapArguments(view: View, abilities: { disableUserns: boolean; size: boolean; cgroupNamespace: boolean }): string[] {
  const args = [
    '--unshare-user', '--unshare-ipc', '--unshare-pid', '--unshare-net', '--unshare-uts',
    ...(abilities.cgroupNamespace ? ['--unshare-cgroup'] : []),
    ...(abilities.disableUserns ? ['--disable-userns'] : []),
    '--uid', '65534', '--gid', '65534', '--hostname', 'sandbox',
    '--cap-drop', 'ALL', '--new-session', '--die-with-parent', '--clearenv',
  ];
  for (const [name, value] of Object.entries({ ...ENVIRONMENT, ...view.environment })) args.push('--setenv', name, value);
  args.push('--ro-bind', '/usr', '/usr');
  for (const name of SYSTEM_LINKS) args.push(...sameAsHost(`/${name}`));
  if (fs.existsSync('/etc/ld.so.cache')) args.push('--ro-bind', '/etc/ld.so.cache', '/etc/ld.so.cache');
  args.push('--proc', '/proc', '--dir', '/dev');
  for (const name of DEVICES) args.push('--dev-bind', `/dev/${name}`, `/dev/${name}`);
  args.push('--symlink', '/proc/self/fd', '/dev/fd');
  for (const [index, name] of ['stdin', 'stdout', 'stderr'].entries()) args.push('--symlink', `/proc/self/fd/${index}`, `/dev/${name}`);
  for (const [from, to] of view.mounts) args.push('--ro-bind', from, to);
  // One bounded file system for everything that can be written, so that the limit is one for all of it.
  if (abilities.size) args.push('--size', String(view.diskBytes));
  args.push('--tmpfs', WRITABLE_FOLDER, '--dir', WORK_FOLDER, '--dir', '/box/tmp', '--dir', '/box/shm');
  args.push('--symlink', '/box/tmp', '/tmp', '--dir', '/var', '--symlink', '/box/tmp', '/var/tmp', '--symlink', '/box/shm', '/dev/shm');
  args.push('--remount-ro', '/', '--chdir', WORK_FOLDER);
  return args;
}

/** A link of the host's root stays the same link; a folder of its own is shown read-only. */
function sameAsHost(name: string): string[] {
  const stat = fs.lstatSync(name, { throwIfNoEntry: false });
  if (!stat) return [];
  return stat.isSymbolicLink() ? ['--symlink', fs.readlinkSync(name), name] : ['--ro-bind', name, name];
}

/** True when somebody else's process can reach the path: every folder above it may be entered by all. */
export function reachableByAll(file: string): boolean {
  const real = fs.realpathSync(file);
  if ((fs.statSync(real).mode & 0o005) === 0) return false;
  for (let folder = path.dirname(real); ; folder = path.dirname(folder)) {
    if ((fs.statSync(folder).mode & 0o001) === 0) return false;
    if (folder === path.dirname(folder)) return true;
  }
}
