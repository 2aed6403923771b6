/**
 * How long a connection may be silent, between the load balancer and the processes behind it. Whoever closes first must be the load
 * balancer: a request it sends on a connection the process is just closing is lost, and a person sees 502.
 */

/** The load balancer gives up a connection after this; browsers ping every 1.5 s (amplify/sizing.ts takes it from here). */
export const LOAD_BALANCER_IDLE_S = 300;
/** So longer than that, and than what a clock or a network may add. */
const BEHIND_PROXY_KEEP_ALIVE_MS = (LOAD_BALANCER_IDLE_S + 30) * 1000;

/**
 * Milliseconds a server keeps a connection on which nothing is asked. Behind a proxy all connections are its own, as many as it needs
 * at once; without one they are anybody's, who could hold all a server takes, so `own` counts.
 */
export function keepAliveMs(trustedProxies: number, own: number): number {
  return trustedProxies > 0 ? Math.max(own, BEHIND_PROXY_KEEP_ALIVE_MS) : own;
}
