/**
 * Who may pass a path that is for the operators of Spool: people of a user pool of their own, made by an administrator, with a
 * second factor. Not the pool of Spool's own people: a load balancer asks only whether somebody is in it, not in which
 * group, so that any learner could pass.
 */
import { Aws, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import type * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as actions from 'aws-cdk-lib/aws-elasticloadbalancingv2-actions';
import { Construct } from 'constructs';
import type { DeployedSize } from '../sizing.ts';

export interface OperatorsProps {
  /** Where the load balancer is asked by browsers; it takes the sign-in back there. */
  hostName: string;
  /** Of the environment, e.g. `main`: part of the name of the sign-in page. Small letters, digits and hyphens. */
  environment: string;
  removal: DeployedSize['removal'];
}

const SESSION = Duration.hours(8);

export class Operators extends Construct {
  readonly userPool: cognito.UserPool;
  readonly #client: cognito.UserPoolClient;
  readonly #domain: cognito.UserPoolDomain;

  constructor(scope: Construct, id: string, props: OperatorsProps) {
    super(scope, id);
    const retain = props.removal === 'retain';
    this.userPool = new cognito.UserPool(this, 'Pool', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      accountRecovery: cognito.AccountRecovery.EMAIL_ONLY,
      mfa: cognito.Mfa.REQUIRED,
      mfaSecondFactor: { sms: false, otp: true },
      passwordPolicy: { minLength: 14, requireDigits: true, requireLowercase: true, requireUppercase: true, requireSymbols: true, tempPasswordValidity: Duration.days(3) },
      deletionProtection: retain,
      removalPolicy: retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    Validations.of(this.userPool).acknowledge({ id: 'AwsSolutions-COG8', reason: 'A handful of operators with a second factor; what the dearer plan adds is about strangers who try passwords, whom the firewall slows down.' });
    this.#client = this.userPool.addClient('LoadBalancer', {
      generateSecret: true,
      preventUserExistenceErrors: true,
      oAuth: { flows: { authorizationCodeGrant: true }, scopes: [cognito.OAuthScope.OPENID], callbackUrls: [`https://${props.hostName}/oauth2/idpresponse`] },
      supportedIdentityProviders: [cognito.UserPoolClientIdentityProvider.COGNITO],
    });
    // Such names are one world's; the account makes it nobody else's.
    this.#domain = this.userPool.addDomain('SignIn', { cognitoDomain: { domainPrefix: `spool-operators-${props.environment}-${Aws.ACCOUNT_ID}` } });
  }

  /** Asks for the sign-in of an operator first; only a listener that ends TLS can. */
  ask(next: elb.ListenerAction): elb.ListenerAction {
    return new actions.AuthenticateCognitoAction({ userPool: this.userPool, userPoolClient: this.#client, userPoolDomain: this.#domain, sessionTimeout: SESSION, next });
  }
}
