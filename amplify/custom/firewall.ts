/** What stands before the load balancer: no address may ask without end, and what is known to be an attack goes no further. */
import { ArnFormat, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as waf from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import type { DeployedSize } from '../sizing.ts';

export interface FirewallProps {
  size: DeployedSize['waf'];
  /** The header in which CloudFront tells who asks; absent where people reach the load balancer themselves. */
  addressHeader?: string;
  /** Paths whose bodies are sound: rules about words in bodies would only find chance in them. */
  soundPath: string;
  logDays: number;
}

/**
 * A connection of the stream is one request, all its frames are none: a page that reconnects for five minutes at its
 * fastest, once in five seconds, asks 60 times. So ten people behind one address fit, and a flood does not.
 */
const STREAM_SHARE = 0.6;
const STREAM_PATH = '/v1/stream';

export class Firewall extends Construct {
  readonly acl: waf.CfnWebACL;
  readonly logGroup: logs.LogGroup;

  constructor(scope: Construct, id: string, props: FirewallProps) {
    super(scope, id);
    const { size, addressHeader } = props;
    const who = addressHeader === undefined
      ? { aggregateKeyType: 'IP' }
      : { aggregateKeyType: 'FORWARDED_IP', forwardedIpConfig: { headerName: addressHeader, fallbackBehavior: 'MATCH' } };
    const byPath = (path: string, positionalConstraint: string): waf.CfnWebACL.StatementProperty => ({
      byteMatchStatement: { fieldToMatch: { uriPath: {} }, positionalConstraint, searchString: path, textTransformations: [{ priority: 0, type: 'NORMALIZE_PATH' }] },
    });
    const rate = (name: string, priority: number, limit: number, scopeDownStatement?: waf.CfnWebACL.StatementProperty): waf.CfnWebACL.RuleProperty => ({
      name,
      priority,
      action: { block: { customResponse: { responseCode: 429, responseHeaders: [{ name: 'retry-after', value: '60' }] } } },
      statement: { rateBasedStatement: { limit, evaluationWindowSec: 300, ...who, ...(scopeDownStatement ? { scopeDownStatement } : {}) } },
      visibilityConfig: visible(name),
    });
    const managed = (name: string, priority: number, scopeDownStatement?: waf.CfnWebACL.StatementProperty): waf.CfnWebACL.RuleProperty => ({
      name,
      priority,
      overrideAction: { none: {} },
      statement: { managedRuleGroupStatement: { vendorName: 'AWS', name, ...(scopeDownStatement ? { scopeDownStatement } : {}) } },
      visibilityConfig: visible(name),
    });
    this.acl = new waf.CfnWebACL(this, 'Acl', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visible('Requests'),
      rules: [
        rate('RequestsOfOneAddress', 0, size.requestsPerFiveMinutes),
        rate('StreamsOfOneAddress', 1, Math.floor(size.requestsPerFiveMinutes * STREAM_SHARE), byPath(STREAM_PATH, 'ENDS_WITH')),
        managed('AWSManagedRulesKnownBadInputsRuleSet', 2, { notStatement: { statement: byPath(props.soundPath, 'STARTS_WITH') } }),
        // It looks at who is connected, which behind CloudFront is CloudFront.
        ...(addressHeader === undefined ? [managed('AWSManagedRulesAmazonIpReputationList', 3)] : []),
      ],
    });

    // Only what was refused, and nothing by which somebody could be taken for another.
    this.logGroup = new logs.LogGroup(this, 'Log', { logGroupName: `aws-waf-logs-${Names.uniqueResourceName(this, { maxLength: 60 })}`, retention: props.logDays as logs.RetentionDays, removalPolicy: RemovalPolicy.DESTROY });
    new waf.CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: this.acl.attrArn,
      // Its own attribute ends in `:*`, which WAF refuses.
      logDestinationConfigs: [Stack.of(this).formatArn({ service: 'logs', resource: 'log-group', arnFormat: ArnFormat.COLON_RESOURCE_NAME, resourceName: this.logGroup.logGroupName })],
      redactedFields: [{ singleHeader: { Name: 'authorization' } }, { singleHeader: { Name: 'cookie' } }, { queryString: {} }],
      loggingFilter: { DefaultBehavior: 'DROP', Filters: [{ Behavior: 'KEEP', Requirement: 'MEETS_ANY', Conditions: [{ ActionCondition: { Action: 'BLOCK' } }] }] },
    });
  }

  /** Puts it before a load balancer. */
  guard(loadBalancerArn: string): void {
    new waf.CfnWebACLAssociation(this, 'Association', { resourceArn: loadBalancerArn, webAclArn: this.acl.attrArn });
  }
}

const visible = (metricName: string): waf.CfnWebACL.VisibilityConfigProperty => ({ metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false });
