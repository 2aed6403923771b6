import { defineFunction } from '@aws-amplify/backend';

/** Runs at every sign-in and refresh. In the stack of the user pool, which calls it: elsewhere the two would need each other. */
export const tokenClaims = defineFunction({
  name: 'token-claims',
  entry: './token-claims.ts',
  runtime: 24,
  architecture: 'arm64',
  memoryMB: 128,
  timeoutSeconds: 5,
  resourceGroupName: 'auth',
  logging: { retention: '3 months', format: 'json', level: 'warn' },
});
