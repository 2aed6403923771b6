import type { NextConfig } from 'next';

/**
 * Older clients leave the `/api` out. A browser that opens such an address wants a page, and asks for it with
 * Accept: text/html or, moving between pages, with the rsc header; everything else is a call.
 */
const asksForPage = [
  { type: 'header' as const, key: 'accept', value: '.*text/html.*' },
  { type: 'header' as const, key: 'rsc' },
];
const olderAddresses = ['sessions', 'files', 'execute'].flatMap((noun) => [
  { source: `/${noun}`, destination: `/api/${noun}`, missing: asksForPage },
  { source: `/${noun}/:path*`, destination: `/api/${noun}/:path*`, missing: asksForPage },
]);

/** Pages belong to nobody's frame, load nothing foreign of the kinds named, and only they may use the microphone. */
const pageHeaders = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'microphone=(self), camera=(), geolocation=()' },
  { key: 'Content-Security-Policy', value: "frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'" },
];

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // No picture here needs another size, so nobody can have the server calculate one.
  images: { unoptimized: true },
  // `./spool test` checks the types of the whole tree; starting the app should not wait for that.
  typescript: { ignoreBuildErrors: true },
  // Server-only packages with native or dynamic parts stay outside the bundle; so do AWS's clients, a third of the time it takes to build.
  serverExternalPackages: ['pg', 'pg-boss', 'pino', 'aws-jwt-verify', 'docx', ...['s3', 'ssm', 'secrets-manager', 'ecs', 'lambda'].map((name) => `@aws-sdk/client-${name}`), '@aws-sdk/s3-request-presigner'],
  // What a deployment left beside the sources is read at run time, so the traced server takes it along where there is one.
  outputFileTracingIncludes: { '/*': ['./amplify_outputs.json'] },
  headers: async () => [
    { source: '/((?!api/|api$).*)', headers: pageHeaders },
    // The address is the key: it goes nowhere, and no shared cache keeps the page.
    ...['/join/:path*', '/shared/:path*'].map((source) => ({ source, headers: [{ key: 'Referrer-Policy', value: 'no-referrer' }, { key: 'Cache-Control', value: 'private, no-store' }, { key: 'X-Robots-Tag', value: 'noindex, nofollow' }] })),
  ],
  rewrites: async () => ({ beforeFiles: olderAddresses, afterFiles: [], fallback: [] }),
};

export default config;
