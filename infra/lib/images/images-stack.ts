import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import type { Construct } from 'constructs';
import type { Deployment } from '../deployment.ts';
import type { KeysStack } from '../keys-stack.ts';
import { type ImageName, imageNames, repositories } from './sources.ts';

/** A repository for each image. It is filled by mirror.sh before anything that runs them is deployed. */
export class ImagesStack extends Stack {
  readonly #repositories: ReadonlyMap<ImageName, ecr.Repository>;
  readonly #digests: Deployment['settings']['images'];

  constructor(
    scope: Construct,
    id: string,
    { settings }: Deployment,
    keys: Pick<KeysStack, 'data'>,
    props: StackProps,
  ) {
    super(scope, id, props);
    this.#digests = settings.images;
    this.#repositories = new Map(
      imageNames.map((name) => [
        name,
        new ecr.Repository(this, `Repository-${name}`, {
          repositoryName: repositories[name].repository,
          encryption: ecr.RepositoryEncryption.KMS,
          encryptionKey: keys.data,
          imageTagMutability: ecr.TagMutability.IMMUTABLE,
          imageScanOnPush: true,
          lifecycleRules,
          ...(settings.size === 'dev'
            ? { removalPolicy: RemovalPolicy.DESTROY, emptyOnDelete: true }
            : { removalPolicy: RemovalPolicy.RETAIN }),
        }),
      ]),
    );
  }

  /** The one image that vestibule.yaml names, whatever tags there are. */
  imageOf(name: ImageName): { uri: string; repositoryArn: string } {
    const repository = this.#repositories.get(name)!;
    return {
      uri: `${repository.repositoryUri}@${this.#digests[name]}`,
      repositoryArn: repository.repositoryArn,
    };
  }
}

/** mirror.sh tags each image that it copies. ECR keeps the parts of an index that is kept, although they have no tags. */
const lifecycleRules: ecr.LifecycleRule[] = [
  {
    rulePriority: 1,
    description: 'the last twenty, to roll back to',
    tagStatus: ecr.TagStatus.TAGGED,
    tagPatternList: ['sha256-*'],
    maxImageCount: 20,
  },
  {
    rulePriority: 2,
    description: 'parts of images that are gone',
    tagStatus: ecr.TagStatus.UNTAGGED,
    maxImageAge: Duration.days(14),
  },
];
