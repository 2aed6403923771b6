import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { DeployRoleStack } from './deploy-role-stack.ts';

const template = Template.fromStack(new DeployRoleStack(new App({ analyticsReporting: false }), 'Deploy'));
const statements = Object.values(template.findResources('AWS::IAM::Policy')).flatMap(({ Properties }) => Properties.PolicyDocument.Statement as { Sid: string; Action: string | string[]; Resource: unknown }[]);

it('GitHub’s role is taken on by one environment of one repository, named by numbers', () => {
  const [role] = Object.values(template.findResources('AWS::IAM::Role'));
  expect(role!.Properties.AssumeRolePolicyDocument.Statement).toEqual([
    expect.objectContaining({ Action: 'sts:AssumeRoleWithWebIdentity', Condition: { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com', 'token.actions.githubusercontent.com:sub': { Ref: 'Subject' } } } }),
  ]);
  const allowed = new RegExp(`^(?:${template.toJSON().Parameters.Subject.AllowedPattern})$`);
  expect('repo:owner@12/name@34:environment:main').toMatch(allowed);
  for (const wrong of ['repo:owner/name:environment:main', 'repo:owner@12/name@34:ref:refs/heads/*', 'repo:owner@12/name@34:environment:anything']) expect(wrong).not.toMatch(allowed);
});

it('GitHub’s role reaches what a deploy needs and nothing with a star but the registry’s sign-in', () => {
  expect(statements.map(({ Sid }) => Sid)).toEqual(['SignInToTheRegistry', 'PushImages', 'WhichImagesRun', 'AddressOfTheDatabase', 'StartAmplify']);
  expect(statements.filter(({ Resource }) => Resource === '*').map(({ Action }) => Action)).toEqual(['ecr:GetAuthorizationToken']);
  expect(JSON.stringify(statements)).not.toMatch(/"(?:iam|cloudformation|sts|s3|ecs|lambda):/);
});
