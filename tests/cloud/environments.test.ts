/** The whole back-end of three environments as it would be deployed, read for what we mean it to be. Nothing here ran on AWS. */
import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { QUEUES } from '#domain/jobs/queue-settings.ts';
import { summary } from '#tests/support/cloud-summary.ts';
import { makeCloudWorkspace } from '#tests/support/cloud-workspace.ts';
import { DEPLOY_INPUTS, DOMAIN_INPUTS, ofType, synthesize } from '#tests/support/synthesized.ts';
import type { Resource, Synthesized, Template } from '#tests/support/synthesized.ts';

const missing = inject('cloudMissing');

describe.skipIf(missing)(`The back-end${missing ? ` (${missing})` : ''}`, () => {
  let workspace: string;
  let sandbox: Synthesized;
  let staging: Synthesized;
  let main: Synthesized;

  beforeAll(async () => {
    workspace = makeCloudWorkspace();
    // Without a domain, and with one: two ways in. A sandbox is told nothing at all.
    [main, staging, sandbox] = await Promise.all([
      synthesize(workspace, 'branch', 'main', { ...DEPLOY_INPUTS, ...DOMAIN_INPUTS }),
      synthesize(workspace, 'branch', 'staging', DEPLOY_INPUTS),
      synthesize(workspace, 'sandbox', 'ada'),
    ]);
  });
  afterAll(() => fs.rmSync(workspace, { recursive: true, force: true }));

  const resources = (template: Template, ...types: string[]) => types.flatMap((type) => ofType(template, type).map(([, resource]) => resource));

  describe('of a sandbox', () => {
    it('is sign-in and data, and nothing that costs by the hour', () => {
      expect([...sandbox.stacks.keys()].filter((name) => !name.includes('/')).sort()).toEqual(['', 'auth', 'data']);
      const families = new Set([...sandbox.types].map((type) => type.split('::').slice(0, 2).join('::')));
      for (const family of ['AWS::EC2', 'AWS::ECS', 'AWS::ElasticLoadBalancingV2', 'AWS::WAFv2', 'AWS::CloudFront', 'AWS::EFS', 'AWS::KMS', 'AWS::SQS', 'AWS::StepFunctions', 'AWS::CloudWatch', 'AWS::Budgets']) {
        expect(families).not.toContain(family);
      }
    });

    it('lets its users go with it, and main keeps them', () => {
      const pool = (environment: Synthesized) => resources(environment.stacks.get('auth')!, 'AWS::Cognito::UserPool')[0]!;
      expect(pool(sandbox)).toMatchObject({ DeletionPolicy: 'Delete', Properties: { DeletionProtection: 'INACTIVE' } });
      expect(pool(main)).toMatchObject({ DeletionPolicy: 'Retain', Properties: { DeletionProtection: 'ACTIVE' } });
    });
  });

  describe('signs in', () => {
    it('by e-mail, with a second factor for those who want it, and says in every token who somebody is', () => {
      const auth = staging.stacks.get('auth')!;
      expect(resources(auth, 'AWS::Cognito::UserPool')[0]!.Properties).toMatchObject({
        UsernameAttributes: ['email'],
        MfaConfiguration: 'OPTIONAL',
        EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
        Policies: { PasswordPolicy: { MinimumLength: 12 } },
        AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
        UserPoolTier: 'ESSENTIALS',
        LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion: 'V2_0' } },
      });
      expect(resources(auth, 'AWS::Cognito::UserPoolGroup').map(({ Properties }) => Properties.GroupName).sort()).toEqual(['admin', 'interviewer', 'learner']);
    });

    it('nobody by a page of Cognito’s, and gives no credentials to who has not signed in', () => {
      const auth = staging.stacks.get('auth')!;
      const client = resources(auth, 'AWS::Cognito::UserPoolClient')[0]!.Properties;
      expect(client).toMatchObject({ AllowedOAuthFlowsUserPoolClient: false, PreventUserExistenceErrors: 'ENABLED', EnableTokenRevocation: true });
      expect(client).not.toHaveProperty('CallbackURLs');
      expect(resources(auth, 'AWS::Cognito::IdentityPool')[0]!.Properties.AllowUnauthenticatedIdentities).toBe(false);
    });
  });

  describe('shows data to other clients', () => {
    it('that they can read, and in no way write or subscribe to', () => {
      const schema = sandbox.asset('schema.graphql');
      expect(schema).toMatch(/^type Query/m);
      expect(schema).not.toMatch(/^type (?:Mutation|Subscription)/m);
      const queries = /^type Query \{([^}]*)\}/m.exec(schema)![1]!;
      expect([...queries.matchAll(/^ +(\w+)\(/gm)].map((match) => match[1]).sort()).toEqual([
        'getInterest', 'getMeetingNotes', 'getOperations', 'getProfile', 'getScorecard', 'getSession',
        'listInterests', 'listMeetingNotes', 'listOperations', 'listProfiles', 'listScorecards', 'listSessions',
      ]);
    });

    /** What AppSync is told to ask before it answers; whether it does was not run on AWS. */
    const rules = (query: string) => {
      // Equal texts are one asset, whichever model it was first written for.
      const text = sandbox.assets().files.find(({ displayName }) => displayName.includes(`Query${query}auth0Function/`));
      return text ? fs.readFileSync(text.source.path, 'utf8') : null;
    };
    it.each([
      ['getProfile', 'id'],
      ['getSession', 'owner_id'],
    ])('to its owner alone: %s', (query, field) => {
      const text = rules(query)!;
      expect(text).toContain(`"ownerFieldName": "${field}"`);
      expect(text).toContain('"identityClaim": "sub"');
      expect(text).not.toContain('allowedGroups');
      expect(text).toContain('$util.unauthorized()');
    });
    it('and counts of sessions to admins alone', () => {
      const text = rules('getOperations')!;
      expect(text).toMatch(/"allowedGroups": +\["admin"\]/);
      expect(text).not.toContain('ownerFieldName');
    });
    it('by the rules of one model for all that have an owner in a column of their own', () => {
      for (const model of ['Interest', 'MeetingNotes', 'Scorecard']) {
        const ours = functionCode(`Query.get${model}`);
        expect(ours, model).toEqual(functionCode('Query.getSession'));
      }
    });
    /** The object each step of a query's check is read from: the same key is the same text. */
    const functionCode = (query: string) => {
      const [, model] = /get(\w+)/.exec(query)!;
      const [, step] = ofType(sandbox.stacks.get(`data/spool/${model}`)!, 'AWS::AppSync::FunctionConfiguration').find(([name]) => name.startsWith(`Queryget${model}auth0`))!;
      return step.Properties.RequestMappingTemplateS3Location;
    };

    it('with a login and a certificate that Amplify keeps, and no word of them in a template', () => {
      const sql = sandbox.stacks.get([...sandbox.stacks.keys()].find((name) => name.includes('SQLApiStack'))!)!;
      const variables = JSON.stringify(resources(sql, 'AWS::Lambda::Function').map(({ Properties }) => Properties.Environment));
      for (const name of ['SQL_CONNECTION_STRING', 'SQL_CA']) expect(variables).toMatch(new RegExp(`/amplify/d0spool/ada-sandbox-[0-9a-f]+/${name}\\b`));
      expect(variables).not.toContain('postgres://');
    });
  });

  describe.each(['staging', 'main'] as const)('of %s', (name) => {
    let environment: Synthesized;
    let services: Template;
    beforeAll(() => {
      environment = name === 'main' ? main : staging;
      services = environment.services;
    });
    const ours = (...types: string[]) => resources(services, ...types);
    const isMain = name === 'main';

    it('is small enough for CloudFormation, and needs no container engine to be deployed', () => {
      for (const [stack, template] of environment.stacks) {
        expect(Object.keys(template.Resources).length, stack).toBeLessThan(400);
        expect(JSON.stringify(template).length, stack).toBeLessThan(800_000);
      }
      expect(environment.assets().dockerImages).toEqual([]);
    });

    it(`has ${isMain ? 'a gateway in each zone' : 'one gateway'}, and ${isMain ? 'never sleeps' : 'sleeps at night'}`, () => {
      expect(ours('AWS::EC2::NatGateway')).toHaveLength(isMain ? 2 : 1);
      expect(ours('AWS::Scheduler::Schedule').length > 0).toBe(!isMain);
    });

    it('gives no task a public address, and rolls back a deploy that does not start', () => {
      const tasks = ours('AWS::ECS::Service');
      expect(tasks.length).toBe(5);
      for (const { Properties } of tasks) {
        expect(Properties.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp ?? 'DISABLED').toBe('DISABLED');
        expect(Properties.DeploymentConfiguration.DeploymentCircuitBreaker).toEqual({ Enable: true, Rollback: true });
      }
      for (const { Properties } of ours('AWS::EC2::Subnet')) expect(Properties.MapPublicIpOnLaunch ?? false).toBe(false);
    });

    it('keeps every bucket private, encrypted, and closed to plain HTTP', () => {
      const buckets = ofType(services, 'AWS::S3::Bucket');
      expect(buckets.length).toBeGreaterThanOrEqual(2);
      const policies = JSON.stringify(ours('AWS::S3::BucketPolicy').filter(({ Properties }) => JSON.stringify(Properties).includes('aws:SecureTransport')).map(({ Properties }) => Properties.Bucket));
      for (const [id, { Properties }] of buckets) {
        expect(Properties.PublicAccessBlockConfiguration, id).toEqual({ BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true });
        expect(Properties.BucketEncryption, id).toBeDefined();
        expect(policies).toContain(id);
      }
    });

    it('has a dead-letter queue behind every queue, and a queue for every job', () => {
      const queues = ofType(services, 'AWS::SQS::Queue');
      const dead = new Set(queues.map(([, { Properties }]) => Properties.RedrivePolicy?.deadLetterTargetArn?.['Fn::GetAtt']?.[0]).filter(Boolean));
      const lastStop = new Set(ours('AWS::Scheduler::Schedule').map(({ Properties }) => Properties.Target.DeadLetterConfig.Arn['Fn::GetAtt'][0]));
      for (const [id, { Properties }] of queues) expect(Boolean(Properties.RedrivePolicy) || dead.has(id) || lastStop.has(id), id).toBe(true);
      const names = queues.map(([, { Properties }]) => Properties.QueueName);
      for (const { name: job } of QUEUES) expect(names).toContain(`spool-${name}-${job}`);
    });

    it('runs candidates’ programs with nothing around them: no route, no way out, no right', () => {
      const [code] = ours('AWS::Lambda::Function').filter(({ Properties }) => Properties.PackageType === 'Image');
      expect(code!.Properties.TenancyConfig).toEqual({ TenantIsolationMode: 'PER_TENANT' });
      const subnets = code!.Properties.VpcConfig.SubnetIds.map((subnet: any) => subnet.Ref);
      const tables = ours('AWS::EC2::SubnetRouteTableAssociation').filter(({ Properties }) => subnets.includes(Properties.SubnetId.Ref)).map(({ Properties }) => Properties.RouteTableId.Ref);
      expect(tables).toHaveLength(subnets.length);
      for (const { Properties } of ours('AWS::EC2::Route')) expect(tables).not.toContain(Properties.RouteTableId.Ref);
      for (const { Properties } of ours('AWS::EC2::VPCEndpoint')) expect(JSON.stringify(Properties)).not.toMatch(new RegExp([...subnets, ...tables].join('|')));
      const group = services.Resources[code!.Properties.VpcConfig.SecurityGroupIds[0]['Fn::GetAtt'][0]]!;
      expect(group.Properties.SecurityGroupEgress.map(({ CidrIp }: any) => CidrIp)).toEqual(['255.255.255.255/32']);
      const role = services.Resources[code!.Properties.Role['Fn::GetAtt'][0]]!;
      expect(role.Properties).not.toHaveProperty('ManagedPolicyArns');
      expect(role.Properties.Policies[0].PolicyDocument.Statement).toContainEqual(expect.objectContaining({ Effect: 'Deny', Action: '*', Resource: '*' }));
    });

    it('closes no connection before several pings were missed, and only speaks TLS to people', () => {
      const [balancer] = ours('AWS::ElasticLoadBalancingV2::LoadBalancer').filter(({ Properties }) => Properties.Type === 'application');
      const attributes = Object.fromEntries(balancer!.Properties.LoadBalancerAttributes.map(({ Key, Value }: any) => [Key, Value]));
      expect(Number(attributes['idle_timeout.timeout_seconds'])).toBeGreaterThanOrEqual(300);
      expect(attributes['routing.http.drop_invalid_header_fields.enabled']).toBe('true');
      if (isMain) {
        const listeners = ours('AWS::ElasticLoadBalancingV2::Listener').map(({ Properties }) => [Properties.Port, Properties.Protocol, Properties.DefaultActions[0].Type]);
        expect(listeners).toContainEqual([443, 'HTTPS', 'fixed-response']);
        expect(listeners).toContainEqual([80, 'HTTP', 'redirect']);
      } else {
        expect(balancer!.Properties.Scheme).toBe('internal');
        const [edge] = ours('AWS::CloudFront::Distribution');
        expect(['redirect-to-https', 'https-only']).toContain(edge!.Properties.DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy);
      }
      expect(ours('AWS::WAFv2::WebACLAssociation')).toHaveLength(1);
    });

    it('lets the world in at its doors alone', () => {
      const rules = ofType(services, 'AWS::EC2::SecurityGroup').flatMap(([id, { Properties }]) => (Properties.SecurityGroupIngress ?? []).map((rule: any) => [id, rule]));
      const open = rules.filter(([, { CidrIp, CidrIpv6 }]) => CidrIp === '0.0.0.0/0' || CidrIpv6 === '::/0').map(([id, { FromPort }]) => `${id.replace(/[0-9A-F]{8}$/, '')} ${FromPort}`);
      expect(open.sort()).toEqual(isMain ? ['SpoolFrontDoorGroup 443', 'SpoolFrontDoorGroup 80', 'SpoolIngestGroup 443'] : ['SpoolIngestGroup 1935']);
      expect(ours('AWS::EC2::SecurityGroupIngress').filter(({ Properties }) => Properties.CidrIp === '0.0.0.0/0')).toEqual([]);
    });

    it('ends every log, and tells somebody of every alarm', () => {
      for (const [id, { Properties }] of ofType(services, 'AWS::Logs::LogGroup')) expect(Properties.RetentionInDays, id).toBeGreaterThan(0);
      for (const [id, { Properties }] of ofType(services, 'AWS::CloudWatch::Alarm')) {
        // The alarms of autoscaling turn its own knobs.
        if (Properties.AlarmDescription) expect(Properties.AlarmActions, id).toHaveLength(1);
      }
    });

    it('has no secret in a template: tasks name parameters, which ECS reads for them', () => {
      const containers = ours('AWS::ECS::TaskDefinition').flatMap(({ Properties }) => Properties.ContainerDefinitions);
      const open = containers.flatMap(({ Environment = [] }: any) => Environment.map(({ Name }: any) => Name));
      for (const secret of ['DATABASE_URL', 'OPENAI_API_KEY', 'LANGFLOW_API_KEY', 'SUPABASE_KEY', 'LANGFLOW_SECRET_KEY']) expect(open).not.toContain(secret);
      const named = containers.flatMap(({ Secrets = [] }: any) => Secrets.map(({ ValueFrom }: any) => JSON.stringify(ValueFrom)));
      expect(named.length).toBeGreaterThanOrEqual(5);
      for (const from of named) expect(from).toMatch(/\/amplify\/d0spool\/(?:main|staging)-branch-/);
    });

    it('gives a task two roles, and the one its process has no right on everything', () => {
      for (const { Properties } of ours('AWS::ECS::TaskDefinition')) expect(Properties.TaskRoleArn).not.toEqual(Properties.ExecutionRoleArn);
      const wide = [...statements(services)].filter(({ Effect, on }) => Effect === 'Allow' && on.includes('*')).map(({ who, Action }) => `${who.replace(/[0-9A-F]{8}$/, '')}: ${[Action].flat().sort().join(', ')}`);
      // For each of these AWS offers no narrower resource; the reason stands beside the construct.
      const reasons: [RegExp, string][] = [
        [/ExecutionRole\w*: ecr:GetAuthorizationToken$/, 'a token of the whole registry'],
        [/ClosingRole: (?:logs|xray):/, 'delivery of logs and traces'],
        [/CodeRole: ec2:\w+(?:, ec2:\w+)*$/, 'interfaces before they have names'],
        [/TranscriptionCapacity\w+: ecs:DiscoverPollEndpoint$/, 'an instance that has not registered yet'],
        [/ServiceRole: ec2:DescribeManagedPrefixLists$/, 'the addresses of CloudFront, looked up at deploy'],
        ...(isMain ? [] : [[/TaskRole: ssmmessages:/, 'a shell in a task, never on main'] as [RegExp, string]]),
      ];
      expect(wide.filter((line) => !reasons.some(([pattern]) => pattern.test(line)))).toEqual([]);
    });

    it('tells the app where everything is', () => {
      const output = JSON.stringify(environment.stacks.get('')!.Outputs!.customOutputs!.Value);
      for (const key of ['realtimeUrl', 'bucket', 'queuePrefix', 'coordinator', 'webAppRole', 'appEnvironment', 'SPOOL_REALTIME_PUBLIC_URL', 'SPOOL_SECRETS_FROM']) expect(output).toContain(key);
    });

    it('is what was reviewed (else look at what changed, and: npx vitest run --project cloud -u)', async () => {
      await expect(summary(services)).toMatchFileSnapshot(`snapshots/${name}.txt`);
    });
  });

  function* statements(template: Template): Generator<{ who: string; Effect: string; Action: string | string[]; on: unknown[] }> {
    const documents = (id: string, { Type, Properties }: Resource): [string, any][] =>
      Type !== 'AWS::IAM::Role' ? [[Properties.Roles[0].Ref as string, Properties.PolicyDocument]] : (Properties.Policies ?? []).map(({ PolicyDocument }: any) => [id, PolicyDocument]);
    for (const type of ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::Role']) {
      for (const [id, resource] of ofType(template, type)) {
        for (const [who, { Statement }] of documents(id, resource)) for (const { Effect, Action, Resource: on } of Statement) yield { who, Effect, Action, on: [on].flat() };
      }
    }
  }
});
