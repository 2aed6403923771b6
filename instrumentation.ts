/** Next calls this once per server, before the first request. */
export async function register(): Promise<void> {
  const { recordPeerAddresses } = await import('./app/_server/peer-address.ts');
  await recordPeerAddresses();
}
