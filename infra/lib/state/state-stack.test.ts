import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allowed, only, type Properties, templatesOf } from '../archive/testing.ts';

/** What the stores promise is in their templates. */

const { state, keys } = templatesOf();
const group = (id: string) => only(state, 'AWS::ElastiCache::ReplicationGroup', { ReplicationGroupId: id });
const groups = ['vestibule-bus', 'vestibule-call-log', 'vestibule-edge-store'];

/** `key` of the properties as JSON, for what holds CloudFormation's functions. */
const json = (properties: Properties, key: string) => JSON.stringify(properties[key]);

test('the call log answers when a write is durable in several zones, and throws nothing out', () => {
  const log = group('vestibule-call-log');
  assert.equal(log['Durability'], 'sync');
  assert.equal(log['ClusterMode'], 'enabled');
  assert.equal(log['EngineVersion'], '9.0');
  assert.equal(log['MultiAZEnabled'], true);
  assert.equal(log['TransitEncryptionMode'], 'required');
  const parameters = only(state, 'AWS::ElastiCache::ParameterGroup', {
    CacheParameterGroupFamily: 'valkey9',
  });
  assert.deepEqual(parameters['Properties'], { 'maxmemory-policy': 'noeviction', 'cluster-enabled': 'yes' });
});

test('the bus has no cluster mode, and wants TLS and a token', () => {
  const bus = group('vestibule-bus');
  assert.equal(bus['ClusterMode'], 'disabled');
  assert.equal(bus['TransitEncryptionMode'], 'required');
  assert.match(json(bus, 'AuthToken'), /\{\{resolve:secretsmanager:.*:SecretString:password::\}\}/);
});

test('every store is encrypted with the data key, in the data subnets, behind the group of its place', () => {
  for (const id of groups) {
    const properties = group(id);
    assert.equal(properties['AtRestEncryptionEnabled'], true);
    assert.match(json(properties, 'KmsKeyId'), /Keys:ExportsOutputFnGetAttData/);
    assert.match(
      json(properties, 'SecurityGroupIds'),
      new RegExp(`Network:ExportsOutputFnGetAttGroup${id.replace('vestibule-', '').replaceAll('-', '')}`),
    );
  }
  for (const { Properties: properties } of Object.values(
    state.findResources('AWS::ElastiCache::SubnetGroup'),
  ))
    assert.match(JSON.stringify(properties), /Subnetdata0.*Subnetdata1/);
});

test('users of the call log have passwords of their own, and there is no other user', () => {
  const users = Object.values(state.findResources('AWS::ElastiCache::User')).map(
    ({ Properties: properties }) => properties as Properties,
  );
  assert.deepEqual(users.map(({ UserName: name }) => name).sort(), ['agent', 'recorder']);
  const passwords = users.map((user) => json(user, 'AuthenticationMode'));
  assert.equal(new Set(passwords).size, 2);
  for (const password of passwords) assert.match(password, /resolve:secretsmanager/);
});

test('each password rotates, by a function that may touch these secrets, users and groups alone', () => {
  assert.equal(Object.keys(state.findResources('AWS::SecretsManager::Secret')).length, 4);
  assert.equal(Object.keys(state.findResources('AWS::SecretsManager::RotationSchedule')).length, 4);
  const grants = allowed(state, /^RotationRole/);
  assert.ok(grants.length > 0);
  assert.deepEqual(
    grants.filter((grant) => / "\*"$/.test(grant)),
    [],
  );
  assert.equal(grants.filter((grant) => grant.startsWith('elasticache:ModifyUser')).length, 2);
  assert.equal(grants.filter((grant) => grant.startsWith('elasticache:ModifyReplicationGroup')).length, 2);
});

test('no secret value stands in a template', () => {
  for (const template of [state, keys])
    assert.doesNotMatch(JSON.stringify(template.toJSON()), /"(AuthToken|Passwords)":\s*\[?"(?!\{\{resolve)/);
});

test('OpenSearch is in the VPC, encrypted, in two zones, and asked by two roles alone', () => {
  const domain = only(state, 'AWS::OpenSearchService::Domain');
  assert.match(json(domain, 'VPCOptions'), /Subnetdata0.*Subnetdata1/);
  assert.deepEqual(domain['NodeToNodeEncryptionOptions'], { Enabled: true });
  assert.match(json(domain, 'EncryptionAtRestOptions'), /"Enabled":true/);
  assert.match(json(domain, 'DomainEndpointOptions'), /"EnforceHTTPS":true.*TLS-1-2/);
  assert.match(json(domain, 'ClusterConfig'), /"DedicatedMasterEnabled":true.*"AvailabilityZoneCount":2/);
  const { Statement: statements } = domain['AccessPolicies'] as { Statement: Record<string, unknown>[] };
  assert.deepEqual(
    statements.map(({ Condition: condition }) => /role\/([\w-]+)/.exec(JSON.stringify(condition))?.[1]),
    ['vestibule-us-east-1-mcp', 'vestibule-us-east-1-enrich'],
  );
  assert.doesNotMatch(json(domain, 'AccessPolicies'), /Delete|ESHttp\*|es:\*/);
});

test('every store takes TLS alone, with a token or a password', () => {
  const made = Object.values(state.findResources('AWS::ElastiCache::ReplicationGroup'));
  assert.equal(made.length, 3);
  for (const { Properties } of made) {
    const store = Properties as Record<string, unknown>;
    assert.equal(store['TransitEncryptionEnabled'], true);
    assert.equal(store['TransitEncryptionMode'], 'required');
    assert.ok(store['AuthToken'] ?? store['UserGroupIds']);
  }
});

test('aws.callLog: memorydb puts the logs into MemoryDB instead, with the same users', () => {
  const { state: other } = templatesOf({ aws: ['callLog: memorydb'] });
  const cluster = only(other, 'AWS::MemoryDB::Cluster');
  assert.equal(cluster['TLSEnabled'], true);
  assert.match(json(cluster, 'KmsKeyId'), /Keys:ExportsOutputFnGetAttData/);
  assert.equal(Object.keys(other.findResources('AWS::MemoryDB::User')).length, 2);
  assert.equal(Object.keys(other.findResources('AWS::ElastiCache::User')).length, 0);
  const grants = allowed(other, /^RotationRole/);
  assert.equal(grants.filter((grant) => grant.startsWith('memorydb:UpdateUser')).length, 2);
});

test('dev has one node of each, and a call log that is as durable', () => {
  const { state: dev } = templatesOf({ aws: ['size: dev'] });
  const log = only(dev, 'AWS::ElastiCache::ReplicationGroup', { ReplicationGroupId: 'vestibule-call-log' });
  assert.equal(log['Durability'], 'sync');
  assert.equal(log['ReplicasPerNodeGroup'], 1);
  const bus = only(dev, 'AWS::ElastiCache::ReplicationGroup', { ReplicationGroupId: 'vestibule-bus' });
  assert.equal(bus['NumCacheClusters'], 1);
  assert.equal(bus['TransitEncryptionMode'], 'required');
});
