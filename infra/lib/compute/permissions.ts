import type { Config } from '@vestibule/config';
import { Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { KeysStack } from '../keys-stack.ts';
import { allow } from '../statements.ts';
import { searchStatement } from '../state/search-policy.ts';
import type { BundleSource } from './stores.ts';

type Statements = iam.PolicyStatement[];

/** What an agent may: hear, understand and speak by the configured models alone, sign and seal. */
export function agentStatements(scope: Construct, config: Config, keys: KeysStack): Statements {
  const bucket = `arn:aws:s3:::${config.archive.bucket}`;
  return [
    ...modelStatements(scope, config),
    ...callKeyStatements(config, keys, ['kms:GenerateDataKey', 'kms:Decrypt']),
    allow(['kms:Sign', 'kms:GetPublicKey'], [keys.signing.keyArn]),
    allow(
      [
        ...['s3:PutObject', 's3:PutObjectRetention', 's3:PutObjectLegalHold', 's3:GetObject'],
        's3:GetObjectVersion',
      ],
      [`${bucket}/*`],
    ),
    // A record is looked for before it is sealed again: without this S3 answers 403 where 404 is meant.
    allow(['s3:ListBucket'], [bucket]),
    ...throughS3(scope, keys, ['kms:GenerateDataKey', 'kms:Decrypt']),
  ];
}

/** Recordings go into the log store under the call's key. */
export const recorderStatements = (config: Config, keys: KeysStack): Statements =>
  callKeyStatements(config, keys, ['kms:Decrypt']);

/** Knowledge is read, by vectors too where a model for them is configured; nothing is written by tools. */
export const mcpStatements = (scope: Construct, { tools: { embeddings } }: Config): Statements => [
  searchStatement(scope, 'mcp'),
  ...(embeddings === undefined ? [] : [bedrockStatement(scope, embeddings, ['bedrock:InvokeModel'])]),
];

/** What every task does before its app starts. */
export const bundleStatements = (scope: Construct, bundle: BundleSource, keys: KeysStack): Statements => [
  allow(['s3:GetObject', 's3:GetObjectVersion'], [`${bundle.bucketArn}/*`]),
  ...throughS3(scope, keys, ['kms:Decrypt']),
];

/** Every configured language model, and what hears and speaks. A provider that is not AWS's needs no permission of AWS. */
function modelStatements(scope: Construct, { agent: { models } }: Config): Statements {
  const { stt, llm, tts, redFlags } = models;
  const bedrock = [...llm, ...(redFlags ? [redFlags] : [])].filter(({ provider }) => provider === 'bedrock');
  return [
    ...(stt.provider === 'transcribe'
      ? // Transcribe has no resources for streams, Polly none for voices (service authorization reference).
        [allow(['transcribe:StartStreamTranscription'], ['*'])]
      : []),
    ...[...new Set(bedrock.map(({ model }) => model))].map((model) => bedrockStatement(scope, model)),
    ...(tts.provider === 'polly' ? [allow(['polly:SynthesizeSpeech'], ['*'])] : []),
  ];
}

/** Of a model or an inference profile; a profile also needs the model it leads to, in any of its regions. */
function bedrockStatement(
  scope: Construct,
  model: string,
  actions = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'],
): iam.PolicyStatement {
  const { region, account } = Stack.of(scope);
  if (model.startsWith('arn:')) return allow(actions, [model]);
  const [, profileOf] = /^(?:us|eu|apac|us-gov|global)\.(.+)$/.exec(model) ?? [];
  if (profileOf === undefined)
    return allow(actions, [`arn:aws:bedrock:${region}::foundation-model/${model}`]);
  return allow(actions, [
    `arn:aws:bedrock:${region}:${account}:inference-profile/${model}`,
    `arn:aws:bedrock:*::foundation-model/${profileOf}`,
  ]);
}

/** Keys of this tenant's calls alone: the context that a key was wrapped with says whose it is. */
function callKeyStatements({ tenant }: Config, keys: KeysStack, actions: string[]): Statements {
  return [allow(actions, [keys.calls.keyArn], { StringEquals: { 'kms:EncryptionContext:tenant': tenant } })];
}

/** The archive's own encryption, which S3 asks for in the caller's name. */
function throughS3(scope: Construct, keys: KeysStack, actions: string[]): Statements {
  const via = { StringEquals: { 'kms:ViaService': `s3.${Stack.of(scope).region}.amazonaws.com` } };
  return [allow(actions, [keys.data.keyArn], via)];
}
