/** What Amplify's own settings of the user pool do not reach. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { LambdaVersion, UserPoolOperation } from 'aws-cdk-lib/aws-cognito';
import type { CfnIdentityPool, CfnUserPool, CfnUserPoolClient, UserPool } from 'aws-cdk-lib/aws-cognito';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';

export interface UserPoolSettings {
  userPool: UserPool;
  cfnUserPool: CfnUserPool;
  cfnUserPoolClient: CfnUserPoolClient;
  cfnIdentityPool: CfnIdentityPool;
  tokenClaims: IFunction;
  /** The pool cannot be deleted, and stays when its stack goes. */
  protect: boolean;
}

export function finishUserPool({ userPool, cfnUserPool, cfnUserPoolClient, cfnIdentityPool, tokenClaims, protect }: UserPoolSettings): void {
  // Claims in access tokens take version 2 of the event, which takes this tier.
  cfnUserPool.userPoolTier = 'ESSENTIALS';
  userPool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, tokenClaims, LambdaVersion.V2_0);
  // Length counts, kinds of characters do not: NIST SP 800-63B, 5.1.1. Cognito knows no list of leaked passwords in this tier.
  cfnUserPool.policies = {
    passwordPolicy: { minimumLength: 12, requireLowercase: false, requireUppercase: false, requireNumbers: false, requireSymbols: false, temporaryPasswordValidityDays: 3 },
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
