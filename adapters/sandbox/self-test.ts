/** Before the sandbox is declared to work it is asked to break out: with the system's shell, which is always there. */
import type { Host } from './host.ts';
import { Sandbox } from './sandbox.ts';

const LIMIT_MS = 10_000;

/** Each line prints a word when the sandbox holds; a missing word is a hole. */
const PROBE = `
[ "$(id -u)" = 65534 ] && echo user
[ -r /etc/shadow ] || [ -e /etc/passwd ] || echo files
[ "$(ls -d /proc/[0-9]* | wc -l)" -le 6 ] && echo processes
[ "$(grep -c : /proc/net/dev)" -le 1 ] && echo network
(echo x > /usr/bin/spool-probe) 2>/dev/null || echo readonly
mount -t tmpfs none /box/tmp 2>/dev/null || echo mounts
unshare -U true 2>/dev/null || echo namespaces
grep -q '^Seccomp:.*2' /proc/self/status && echo filter
grep -q '^CapBnd:.*0000000000000000' /proc/self/status && grep -q '^NoNewPrivs:.*1' /proc/self/status && echo capabilities
echo x > /box/work/x && echo work
`;
const WORDS = ['user', 'files', 'processes', 'network', 'readonly', 'mounts', 'namespaces', 'filter', 'capabilities', 'work'];

/** Null when it holds; otherwise what to do. */
export async function proveSandbox(host: Host): Promise<string | null> {
  const recipe = host.recipe('self-test', ['/bin/sh', '-c', PROBE], { mounts: [], environment: {} }, { memoryBytes: 64 * 1024 * 1024, processes: 16, diskBytes: 1024 * 1024, processors: 1, reservedBytes: 64 * 1024 * 1024 });
  const sandbox = new Sandbox(host, recipe);
  const timer = setTimeout(() => sandbox.kill(), LIMIT_MS);
  let stdout = '';
  let stderr = '';
  const { pipes } = sandbox;
  pipes.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8').slice(0, 2_000)));
  pipes.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8').slice(0, 2_000)));
  pipes.answers.resume();
  const drained = Promise.all([pipes.stdout, pipes.stderr].map((socket) => new Promise<void>((resolve) => socket.once('end', resolve).once('close', resolve))));
  const ending = await sandbox.ended;
  clearTimeout(timer);
  await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, 200))]);
  await sandbox.destroy();
  const words = stdout.split('\n');
  const missing = WORDS.filter((word) => !words.includes(word));
  if (missing.length === 0) return null;
  if (words.includes('work') || words.includes('user')) return `The sandbox does not hold on this machine (${missing.join(', ')}), so running code is off. Please report this with the output of: bwrap --version; uname -a`;
  return advice(stderr, ending.exitCode);
}

function advice(stderr: string, exitCode: number | null): string {
  const said = stderr.trim().split('\n').at(-1) ?? '';
  if (/uid map|setting up uid|namespace|Operation not permitted|No permissions/i.test(stderr)) {
    return `The kernel does not let unprivileged users make namespaces (bubblewrap: ${said}). Allow it: sysctl -w kernel.unprivileged_userns_clone=1 user.max_user_namespaces=10000; on Ubuntu 24.04 also sysctl -w kernel.apparmor_restrict_unprivileged_userns=0. In a container, start it with --security-opt seccomp=unconfined.`;
  }
  return `The sandbox does not start (bubblewrap: ${said || `exit code ${exitCode}`}).`;
}
