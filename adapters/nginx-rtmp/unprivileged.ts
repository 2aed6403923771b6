/** What strangers send is parsed by nginx and ffmpeg: started by root, they run as nobody. */
const NOBODY = { uid: 65_534, gid: 65_534 };

export function unprivileged(): { uid: number; gid: number } | Record<never, never> {
  return process.getuid?.() === 0 ? NOBODY : {};
}

/** Programs of the system get nothing of our environment, which holds keys. */
export const BARE_ENVIRONMENT = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' } as unknown as NodeJS.ProcessEnv;
