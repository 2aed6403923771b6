/** What strangers send is parsed by nginx and ffmpeg: started by root, they run as nobody. */
const NOBODY = { uid: 65_534, gid: 65_534 };

export function unprivileged(): { uid: number; gid: number } | Record<never, never> {
  return process.getuid?.() === 0 ? NOBODY : {};
}
