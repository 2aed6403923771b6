/**
 * Where our images lie, and which one a deploy takes. The repositories belong to a stack that comes before all others:
 * an image must be there before a service can start. The tag is an input of synthesis, so that CloudFormation alone
 * decides what runs, and a rollback is the same deploy with an older tag.
 */
import { ArnFormat, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { IMAGE_NAMES, type ImageName, type ImageTags, REPOSITORIES } from './image-tags.ts';

export interface ImageRepositoriesProps {
  /** Newest images kept in each; a rollback goes back no further. */
  keep: number;
}

/** The repositories themselves, once in an account and region. */
export class ImageRepositories extends Construct {
  readonly repositories: Readonly<Record<ImageName, ecr.Repository>>;

  constructor(scope: Construct, id: string, props: ImageRepositoriesProps) {
    super(scope, id);
    const made = IMAGE_NAMES.map((name) => [
      name,
      new ecr.Repository(this, name, {
        repositoryName: REPOSITORIES[name],
        // What a tag names never changes: the image that was tested is the one that runs.
        imageTagMutability: ecr.TagMutability.IMMUTABLE,
        imageScanOnPush: true,
        encryption: ecr.RepositoryEncryption.AES_256,
        lifecycleRules: [{ description: 'the newest ones', maxImageCount: props.keep }],
        removalPolicy: RemovalPolicy.RETAIN,
      }),
    ]);
    this.repositories = Object.fromEntries(made) as Record<ImageName, ecr.Repository>;
    // A function's image is pulled by Lambda itself, for functions of this account alone.
    this.repositories.codeFunction.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('lambda.amazonaws.com')],
        actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        conditions: { ArnLike: { 'aws:SourceArn': Stack.of(this).formatArn({ service: 'lambda', resource: 'function', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME }) } },
      }),
    );
  }
}

export interface ImagesProps {
  /** From `IMAGE_TAG`, in the environment or the context of synthesis (image-tags.ts). */
  tags: ImageTags;
}

/** The images of one deploy. They exist already: nothing is built while a stack is made. */
export class Images extends Construct {
  readonly tags: ImageTags;

  constructor(scope: Construct, id: string, props: ImagesProps) {
    super(scope, id);
    this.tags = props.tags;
  }

  /** An image for a task; its execution role may pull it. */
  task(name: ImageName): ecs.ContainerImage {
    return ecs.ContainerImage.fromEcrRepository(this.repository(name), this.tags[name]);
  }

  /** Where it lies, e.g. for a function made from an image. */
  repository(name: ImageName): ecr.IRepository {
    const id = `${name}Repository`;
    return (this.node.tryFindChild(id) as ecr.IRepository | undefined) ?? ecr.Repository.fromRepositoryName(this, id, REPOSITORIES[name]);
  }
}

/** Whoever starts a task from a registry may first ask it for a token, which names no repository. */
export function acknowledgePull(role: Construct): void {
  Validations.of(role).acknowledge({ id: 'AwsSolutions-IAM5[Resource::*]', reason: 'ecr:GetAuthorizationToken knows no resource (AWS: service authorization reference); what may be pulled is named exactly.' });
}
