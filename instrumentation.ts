/** Next calls this once per server, before the first request. */
import { prepareIncomingRequests } from './app/_server/incoming-requests.ts';

export function register(): void {
  prepareIncomingRequests();
}
