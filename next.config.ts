import type { NextConfig } from 'next';

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // Server-only packages with native or dynamic parts stay outside the bundle.
  serverExternalPackages: ['pg', 'pg-boss', 'pino', 'aws-jwt-verify'],
};

export default config;
