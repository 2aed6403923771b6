/** What is promised of the repositories of our images. */
import { expect, it } from 'vitest';
import type { Stack } from 'aws-cdk-lib';
import { IMAGE_NAMES } from './image-tags.ts';
import { ImageRepositories, REPOSITORIES } from './images.ts';
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

it('has nothing that AWS has a rule against', () => {
  expect(nagFindings(build)).toEqual([]);
});
