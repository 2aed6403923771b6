/** Where a request comes from and which address it thinks we have. */
import { peerHeader } from './incoming-requests.ts';

export interface Caller {
  /** The client's IP address, IPv4 where it is one in disguise; null when the server did not say. */
  address: string | null;
  /** What to count requests by: the address, of IPv6 the /64 network that belongs to one customer. */
  rateKey: string;
  /** Host and port the client asked for, e.g. `localhost:3000`. */
  host: string;
  /** Host without port, e.g. `localhost` or `[::1]`. */
  hostName: string;
  https: boolean;
  /** Both ends are this machine: the socket, the Host asked for, and nothing tells of a proxy that asks for others. */
  loopback: boolean;
}

/**
 * @param trustedProxies number of proxies in front that append to X-Forwarded-For (and set X-Forwarded-Proto);
 * with 0 these headers prove nothing and only the socket counts
 * @param accounts people sign in with accounts, whose cookies are good for weeks: elsewhere than on this machine they came by
 * https, also where a proxy does not say so
 */
export function callerOf(request: Request, trustedProxies: number, accounts = false): Caller {
  const forwarded = listIn(request, 'x-forwarded-for');
  const peer = request.headers.get(peerHeader());
  const address = plainAddress(trustedProxies > 0 ? (forwarded.at(-trustedProxies) ?? peer) : peer);
  const host = request.headers.get('host') ?? new URL(request.url).host;
  const hostName = hostNameOf(host);
  return {
    address,
    rateKey: address === null ? 'unknown' : networkOf(address),
    host,
    hostName,
    https: (accounts && !isLoopbackHost(hostName)) || (trustedProxies > 0 ? request.headers.get('x-forwarded-proto') === 'https' : new URL(request.url).protocol === 'https:'),
    loopback: isLoopbackAddress(plainAddress(peer)) && isLoopbackHost(hostName) && !comesThroughProxy(request),
  };
}

/**
 * A proxy on this machine has a loopback socket and may ask for `localhost` (nginx does by default); what it says of
 * those it asks for gives it away, or the browser's own word for the page (`same-origin`) does.
 */
function comesThroughProxy(request: Request): boolean {
  const addresses = ['x-forwarded-for', 'x-real-ip', 'true-client-ip', 'cf-connecting-ip'].flatMap((name) => listIn(request, name));
  const page = request.headers.get('sec-fetch-site') === 'same-origin' ? URL.parse(request.headers.get('origin') ?? '') : null;
  const hosts = [...listIn(request, 'x-forwarded-host').map(hostNameOf), ...(page ? [page.hostname] : [])];
  return request.headers.has('forwarded') || request.headers.has('via') || !addresses.every((one) => isLoopbackAddress(plainAddress(one))) || !hosts.every(isLoopbackHost);
}

function listIn(request: Request, header: string): string[] {
  return (request.headers.get(header) ?? '').split(',').map((part) => part.trim()).filter(Boolean);
}

/** As the URL standard writes it, so that every spelling of an address is one; nothing but a name and a port counts. */
function hostNameOf(host: string): string {
  const url = /^(\[[\da-f:.]+\]|[\w.-]+)(:\d+)?$/i.test(host) ? URL.parse(`http://${host}`) : null;
  return url?.hostname ?? 'unknown.invalid';
}

function plainAddress(address: string | null): string | null {
  return address?.replace(/^::ffff:(?=\d+\.)/i, '') ?? null;
}

function isLoopbackAddress(address: string | null): boolean {
  return address === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(address ?? '');
}

function isLoopbackHost(hostName: string): boolean {
  return hostName === 'localhost' || hostName.endsWith('.localhost') || hostName === '[::1]' || isLoopbackAddress(hostName);
}

/** IPv4 as it is; of IPv6 the first four groups. */
function networkOf(address: string): string {
  if (!address.includes(':')) return address.slice(0, 64);
  const [head = '', tail = ''] = address.split('%')[0]!.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const groups = address.includes('::') ? [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right] : left;
  return groups.slice(0, 4).join(':').slice(0, 64);
}
