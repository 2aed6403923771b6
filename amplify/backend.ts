/** The back-end of one environment: sign-in and data everywhere, and what `sizing.ts` says the environment has besides. */
import { defineBackend } from '@aws-amplify/backend';
import type { UserPool } from 'aws-cdk-lib/aws-cognito';
import { auth } from './auth/resource.ts';
import { finishUserPool } from './auth/user-pool.ts';
import { data } from './data/resource.ts';
import { sizing } from './sizing.ts';

export const backend = defineBackend({ auth, data });

const context = (key: string): string => String(backend.stack.node.tryGetContext(key) ?? '');
const size = sizing({ type: context('amplify-backend-type'), name: context('amplify-backend-name') });

finishUserPool({
  userPool: backend.auth.resources.userPool as UserPool,
  ...backend.auth.resources.cfnResources,
  protect: size.protectUsers,
});
