/** What is promised of the repositories of our images. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Stack } from 'aws-cdk-lib';
import { writeImagesTemplate } from '../images-stack.ts';
import { IMAGE_NAMES, REPOSITORIES } from './image-tags.ts';
import { ImageRepositories } from './images.ts';
import { nagFindings, resourcesOf, templateOf } from './testing.ts';

const build = (stack: Stack) => new ImageRepositories(stack, 'Images', { keep: 30 });
const repositories = resourcesOf(templateOf(build), 'AWS::ECR::Repository');

it('every image has a repository of its own, with a name that does not depend on a deploy', () => {
  expect([...repositories.values()].map(({ RepositoryName }) => RepositoryName).sort()).toEqual(IMAGE_NAMES.map((name) => REPOSITORIES[name]).sort());
});

it('what a tag names never changes, is looked through for known holes, and is there for the last thirty', () => {
  for (const { ImageTagMutability, ImageScanningConfiguration, LifecyclePolicy } of repositories.values()) {
    expect([ImageTagMutability, ImageScanningConfiguration]).toEqual(['IMMUTABLE', { ScanOnPush: true }]);
    const { rules } = JSON.parse(LifecyclePolicy.LifecyclePolicyText);
    expect(rules).toMatchObject([{ selection: { countType: 'imageCountMoreThan', countNumber: 30, tagStatus: 'any' }, action: { type: 'expire' } }]);
  }
});

it('lets Lambda pull the image of the function, for functions of this account, and nobody else anything', () => {
  const policies = [...repositories.values()].flatMap(({ RepositoryName, RepositoryPolicyText }) => (RepositoryPolicyText ? [[RepositoryName, RepositoryPolicyText.Statement]] : []));
  expect(policies).toEqual([[REPOSITORIES.codeFunction, [expect.objectContaining({ Principal: { Service: 'lambda.amazonaws.com' }, Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], Condition: { ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', expect.arrayContaining([':function:*'])] } } } })]]]);
});

it('has nothing that AWS has a rule against', () => {
  expect(nagFindings(build)).toEqual([]);
});

it('has a template that CloudFormation takes as it is: before anything was deployed, nothing can be asked of the account', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-images-'));
  try {
    const template = JSON.parse(fs.readFileSync(writeImagesTemplate(folder), 'utf8'));
    expect(Object.keys(template.Resources)).toHaveLength(IMAGE_NAMES.length);
    expect([template.Parameters, template.Rules]).toEqual([undefined, undefined]);
    // A stack that is deleted leaves the images that services run from.
    for (const { DeletionPolicy } of Object.values(template.Resources) as { DeletionPolicy: string }[]) expect(DeletionPolicy).toBe('Retain');
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});
