import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allowed, only, type Properties, statementsOf, templatesOf } from './testing.ts';

/** What the archive promises is in its template. */

const { archive, keys } = templatesOf();
const bucket = only(archive, 'AWS::S3::Bucket', { BucketName: 'lakeside-archive' });
const json = (value: unknown) => JSON.stringify(value);

test('the archive has versions, Object Lock without a default, KMS, and no way to the public', () => {
  assert.equal(bucket['ObjectLockEnabled'], true);
  // A default would lock the key of a call, whose destruction is the erasure.
  assert.equal(bucket['ObjectLockConfiguration'], undefined);
  assert.deepEqual(bucket['VersioningConfiguration'], { Status: 'Enabled' });
  assert.match(json(bucket['BucketEncryption']), /"BucketKeyEnabled":true.*"SSEAlgorithm":"aws:kms"/);
  for (const { Properties: properties } of Object.values(archive.findResources('AWS::S3::Bucket')))
    assert.deepEqual((properties as Properties)['PublicAccessBlockConfiguration'], {
      ...{
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
  assert.match(json(bucket['LoggingConfiguration']), /AccessLogs/);
});

test('every bucket refuses requests without TLS 1.2', () => {
  const policies = Object.values(archive.findResources('AWS::S3::BucketPolicy')).map(json);
  assert.equal(policies.length, Object.keys(archive.findResources('AWS::S3::Bucket')).length);
  for (const policy of policies) {
    assert.match(policy, /"Effect":"Deny"/);
    assert.match(policy, /"aws:SecureTransport":"false"/);
    assert.match(policy, /"s3:TlsVersion":1\.2/);
  }
});

interface Rule {
  Prefix?: string;
  ExpirationInDays?: number;
}

test('nothing of a tenant’s expires; what enrichment notes does', () => {
  const { Rules: rules } = bucket['LifecycleConfiguration'] as { Rules: Rule[] };
  const expiring = rules.filter(({ ExpirationInDays: days }) => days !== undefined);
  assert.deepEqual(
    expiring.map(({ Prefix: prefix }) => prefix),
    ['_enrich/once/'],
  );
});

test('logs are kept as long as records', () => {
  for (const retention of ['6y', '30d']) {
    const { archive: kept } = templatesOf({
      archive: `{ bucket: lakeside-archive, retention: ${retention} }`,
    });
    const days = Object.values(kept.findResources('AWS::S3::Bucket'))
      .filter(({ Properties: { BucketName: name } = {} as Properties }) => name === undefined)
      .flatMap(
        ({ Properties: { LifecycleConfiguration: rules } = {} as Properties }) =>
          (rules as { Rules: Rule[] }).Rules,
      )
      .flatMap(({ ExpirationInDays: expiry }) => expiry ?? []);
    assert.deepEqual(days, retention === '6y' ? [2196, 2196] : [366, 366]);
  }
});

test('manifests, and nothing else, come to enrichment by a queue that only this bucket may write to', () => {
  const told = json(bucket['NotificationConfiguration']);
  assert.match(told, /"Value":"\/manifest\.json"/);
  const policies = json(archive.findResources('AWS::SQS::QueuePolicy'));
  assert.match(
    policies,
    /"aws:SourceArn":"arn:aws:s3:::lakeside-archive".*"sqs:SendMessage"|"sqs:SendMessage".*"aws:SourceArn":"arn:aws:s3:::lakeside-archive"/,
  );
  const sealed = only(archive, 'AWS::SQS::Queue', { QueueName: 'vestibule-enrich' });
  assert.match(json(sealed['RedrivePolicy']), /"maxReceiveCount":5/);
  assert.equal(sealed['VisibilityTimeout'], 1800);
  assert.match(json(keys.findResources('AWS::KMS::Key')), /EventsOfTheArchive/);
});

test('enrichment stands in the app subnets, behind its group, with a limit and a place for the dead', () => {
  const enrich = only(archive, 'AWS::Lambda::Function');
  assert.equal(enrich['Runtime'], 'nodejs24.x');
  assert.deepEqual(enrich['Architectures'], ['arm64']);
  assert.match(json(enrich['VpcConfig']), /Groupenrich.*Subnetapp0.*Subnetapp1/);
  assert.equal(enrich['ReservedConcurrentExecutions'], 20);
  assert.equal(enrich['Timeout'], 300);
  assert.match(json(enrich['DeadLetterConfig']), /DeadLetters/);
  const { Variables: variables } = enrich['Environment'] as { Variables: Properties };
  assert.equal(variables['VESTIBULE_ARCHIVE_BUCKET'], 'lakeside-archive');
  assert.equal(variables['VESTIBULE_BACKEND_URL'], 'https://florizel.lakeside.internal');
  assert.equal(variables['VESTIBULE_BACKEND_TOKEN'], undefined);
  const source = only(archive, 'AWS::Lambda::EventSourceMapping');
  assert.deepEqual(source['FunctionResponseTypes'], ['ReportBatchItemFailures']);
});

test('its role reads records, writes its own objects, and can neither delete nor lift a hold on a record', () => {
  const grants = allowed(archive, /^EnrichRole/);
  const of = (service: string) => grants.filter((grant) => grant.startsWith(`${service}:`)).sort();
  assert.deepEqual(of('s3'), [
    's3:GetObject "arn:aws:s3:::lakeside-archive/_enrich/*"',
    's3:GetObject "arn:aws:s3:::lakeside-archive/lakeside/*"',
    's3:GetObjectLegalHold "arn:aws:s3:::lakeside-archive/lakeside/*"',
    's3:ListBucket "arn:aws:s3:::lakeside-archive"',
    's3:PutObject "arn:aws:s3:::lakeside-archive/_enrich/*"',
    's3:PutObject "arn:aws:s3:::lakeside-archive/lakeside/*/enrichment.json"',
    's3:PutObjectLegalHold "arn:aws:s3:::lakeside-archive/lakeside/*/enrichment.json"',
  ]);
  assert.deepEqual(
    grants.filter((grant) => / "\*"$/.test(grant) && !grant.startsWith('ec2:')),
    [],
  );
  assert.deepEqual(of('events'), []);
});

test('KMS opens keys of this tenant’s calls alone', () => {
  const kms = statementsOf(archive, /^EnrichRole/).filter(({ Action }) => /kms:/.test(json(Action)));
  const calls = kms.filter(({ Resource }) => /AttCalls/.test(json(Resource)));
  assert.deepEqual(
    calls.map(({ Action, Condition }) => [Action, Condition]),
    [['kms:Decrypt', { StringEquals: { 'kms:EncryptionContext:tenant': 'lakeside' } }]],
  );
  // The data key serves what a service has encrypted with it, through that service.
  for (const { Condition } of kms.filter((statement) => !calls.includes(statement)))
    assert.match(json(Condition), /"kms:ViaService":"(s3|sqs|secretsmanager)\.us-east-1\.amazonaws\.com"/);
});

test('a bus that vestibule.yaml names is made, with an archive, and enrichment may put events on it', () => {
  const { archive: named } = templatesOf({ top: ['enrich: { eventBus: lakeside-intakes }'] });
  assert.equal(only(named, 'AWS::Events::EventBus')['Name'], 'lakeside-intakes');
  assert.equal(only(named, 'AWS::Events::Archive')['RetentionDays'], 90);
  assert.equal(
    allowed(named, /^EnrichRole/).filter((grant) => grant.startsWith('events:PutEvents')).length,
    1,
  );
});

const key = 'arn:aws:kms:us-west-2:111122223333:key/12345678-1234-1234-1234-123456789012';

test('aws.replicate copies new objects with their locks to the other region, and no deletion', () => {
  const there = `replicate: { region: us-west-2, bucket: lakeside-west, key: '${key}' }`;
  const { archive: copied } = templatesOf({ aws: [there] });
  const { ReplicationConfiguration: rules } = only(copied, 'AWS::S3::Bucket', {
    BucketName: 'lakeside-archive',
  });
  assert.match(json(rules), /"DeleteMarkerReplication":\{"Status":"Disabled"\}/);
  assert.match(json(rules), /arn:aws:s3:::lakeside-west/);
  const grants = allowed(copied, /Replication/);
  assert.ok(grants.includes(`kms:Encrypt "${key}"`));
  assert.ok(grants.every((grant) => !grant.includes('Delete')));
});

test('prod has CloudTrail of the archive’s data and GuardDuty; dev has neither unless it asks', () => {
  const trail = only(archive, 'AWS::CloudTrail::Trail');
  assert.equal(trail['EnableLogFileValidation'], true);
  assert.match(json(trail['AdvancedEventSelectors']), /AWS::S3::Object.*arn:aws:s3:::lakeside-archive\//);
  assert.match(json(only(archive, 'AWS::GuardDuty::Detector')), /S3_DATA_EVENTS/);
  const { archive: dev } = templatesOf({ aws: ['size: dev'] });
  const { archive: asked } = templatesOf({ aws: ['size: dev', 'dataTrail: true', 'guardDuty: true'] });
  for (const type of ['AWS::CloudTrail::Trail', 'AWS::GuardDuty::Detector']) {
    assert.equal(Object.keys(dev.findResources(type)).length, 0);
    assert.equal(Object.keys(asked.findResources(type)).length, 1);
  }
});
