/** The back-end of one environment: sign-in and data everywhere, and what `sizing.ts` says the environment has besides. */
import { defineBackend } from '@aws-amplify/backend';
import type { UserPool } from 'aws-cdk-lib/aws-cognito';
import { auth } from './auth/resource.ts';
import { finishUserPool } from './auth/user-pool.ts';
import { Deployment } from './custom/deployment.ts';
import { data } from './data/resource.ts';
import { parseInputs } from './inputs.ts';
import { sizing } from './sizing.ts';
import { WORKLOAD } from './workload.ts';

export const backend = defineBackend({ auth, data });

const context = (key: string): string => String(backend.stack.node.tryGetContext(key) ?? '');
const { environment, protectUsers, deployed } = sizing({ type: context('amplify-backend-type'), name: context('amplify-backend-name') });

finishUserPool({ userPool: backend.auth.resources.userPool as UserPool, ...backend.auth.resources.cfnResources, protect: protectUsers });

if (deployed) {
  const stack = backend.createStack('services');
  const app = context('amplify-backend-namespace');
  const deployment = new Deployment(stack, 'Spool', {
    name: environment,
    size: deployed,
    inputs: parseInputs(process.env),
    userPool: { id: backend.auth.resources.userPool.userPoolId, clientId: backend.auth.resources.userPoolClient.userPoolClientId },
    // Where `secret()` looks as well: Amplify calls the folder as it calls the stack.
    secretsPath: `/amplify/${app}/${backend.stack.stackName.replace(`amplify-${app}-`, '')}`,
    workload: WORKLOAD,
  });
  backend.addOutput({ custom: { ...deployment.outputs, appEnvironment: { ...deployment.appEnvironment } } });
}
