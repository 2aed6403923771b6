/** What Amplify's own settings of the user pool do not reach. */
import { fileURLToPath } from 'node:url';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { LambdaVersion, UserPoolOperation } from 'aws-cdk-lib/aws-cognito';
import type { CfnIdentityPool, CfnUserPool, CfnUserPoolClient, UserPool } from 'aws-cdk-lib/aws-cognito';
import { Architecture, Code, Function, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { OUR_PASSWORD_RULES } from '../../domain/identity/password-rules.ts';

export interface UserPoolSettings {
  userPool: UserPool;
  cfnUserPool: CfnUserPool;
  cfnUserPoolClient: CfnUserPoolClient;
  cfnIdentityPool: CfnIdentityPool;
  /** The pool cannot be deleted, and stays when its stack goes. */
  protect: boolean;
}

export function finishUserPool({ userPool, cfnUserPool, cfnUserPoolClient, cfnIdentityPool, protect }: UserPoolSettings): void {
  // Claims in access tokens take version 2 of the event, which takes this tier.
  cfnUserPool.userPoolTier = 'ESSENTIALS';
  userPool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, tokenClaims(Stack.of(userPool)), LambdaVersion.V2_0);
  // Cognito knows no list of leaked passwords in this tier.
  const { minLength, lower, upper, number, symbol } = OUR_PASSWORD_RULES;
  cfnUserPool.policies = {
    passwordPolicy: { minimumLength: minLength, requireLowercase: lower, requireUppercase: upper, requireNumbers: number, requireSymbols: symbol, temporaryPasswordValidityDays: 3 },
  };
  cfnUserPool.deletionProtection = protect ? 'ACTIVE' : 'INACTIVE';
  userPool.applyRemovalPolicy(protect ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
  // An hour of access, a month until somebody signs in anew; signing out takes the month away at once.
  cfnUserPoolClient.tokenValidityUnits = { accessToken: 'minutes', idToken: 'minutes', refreshToken: 'days' };
  cfnUserPoolClient.accessTokenValidity = 60;
  cfnUserPoolClient.idTokenValidity = 60;
  cfnUserPoolClient.refreshTokenValidity = 30;
  cfnUserPoolClient.enableTokenRevocation = true;
  // Nobody is sent through a page of Cognito's, and who has not signed in gets no credentials of AWS.
  cfnUserPoolClient.allowedOAuthFlowsUserPoolClient = false;
  cfnUserPoolClient.allowedOAuthFlows = undefined;
  cfnUserPoolClient.allowedOAuthScopes = undefined;
  cfnUserPoolClient.callbackUrLs = undefined;
  cfnIdentityPool.allowUnauthenticatedIdentities = false;
}

/** In the stack of the pool, which calls it at every sign-in and refresh: elsewhere the two stacks would need each other. */
function tokenClaims(stack: Stack): Function {
  return new Function(stack, 'TokenClaims', {
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: 'index.handler',
    code: Code.fromAsset(fileURLToPath(new URL('token-claims', import.meta.url)), { exclude: ['*.d.mts'] }),
    // Cognito waits 5 s.
    timeout: Duration.seconds(4),
    memorySize: 128,
    loggingFormat: LoggingFormat.JSON,
    logGroup: new LogGroup(stack, 'TokenClaimsLogs', { retention: RetentionDays.THREE_MONTHS, removalPolicy: RemovalPolicy.DESTROY }),
  });
}
