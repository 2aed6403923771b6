import type { NextConfig } from 'next';

/**
 * Older clients leave the `/api` out. A browser that opens such an address wants a page, and asks for it with
 * Accept: text/html or, moving between pages, with the rsc header; everything else is a call.
 */
const isCall = [
  { type: 'header' as const, key: 'accept', value: '.*text/html.*' },
  { type: 'header' as const, key: 'rsc' },
];
const olderAddresses = ['sessions', 'files', 'execute'].flatMap((noun) => [
  { source: `/${noun}`, destination: `/api/${noun}`, missing: isCall },
  { source: `/${noun}/:path*`, destination: `/api/${noun}/:path*`, missing: isCall },
]);

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // Server-only packages with native or dynamic parts stay outside the bundle.
  serverExternalPackages: ['pg', 'pg-boss', 'pino', 'aws-jwt-verify'],
  rewrites: async () => ({ beforeFiles: olderAddresses, afterFiles: [], fallback: [] }),
};

export default config;
