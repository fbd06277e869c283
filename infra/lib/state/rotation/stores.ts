import type { AwsCall } from './aws-call.ts';
import type { Target } from './target.ts';

/** How a store is told its passwords. */
interface StoreApi {
  /** `next` is taken from now on, and `current` still is. */
  set(call: AwsCall, id: string, next: string, current: string): Promise<void>;
  /** Whether what was set is in force on all nodes. */
  isSettled(call: AwsCall, id: string): Promise<boolean>;
}

/** By kind. A user has two passwords at most, and so has a replication group by the strategy ROTATE. */
export const stores: Record<Target['kind'], StoreApi> = {
  'elasticache-group': {
    set: async (call, id, next) => {
      const token = { AuthToken: next, AuthTokenUpdateStrategy: 'ROTATE', ApplyImmediately: 'true' };
      await elastiCache(call, 'ModifyReplicationGroup', { ReplicationGroupId: id, ...token });
    },
    isSettled: async (call, id) => {
      const found = await elastiCache(call, 'DescribeReplicationGroups', { ReplicationGroupId: id });
      return statusIn(found, 'ReplicationGroup') === 'available';
    },
  },
  'elasticache-user': {
    set: async (call, id, next, current) => {
      const passwords = { 'Passwords.member.1': next, 'Passwords.member.2': current };
      await elastiCache(call, 'ModifyUser', { UserId: id, ...passwords });
    },
    isSettled: async (call, id) =>
      statusIn(await elastiCache(call, 'DescribeUsers', { UserId: id }), 'member') === 'active',
  },
  'memorydb-user': {
    set: async (call, id, next, current) => {
      const mode = { Type: 'password', Passwords: [next, current] };
      await memoryDb(call, 'UpdateUser', { UserName: id, AuthenticationMode: mode });
    },
    isSettled: async (call, id) => {
      const found = JSON.parse(await memoryDb(call, 'DescribeUsers', { UserName: id })) as {
        Users?: { Status?: string }[];
      };
      return found.Users?.[0]?.Status === 'active';
    },
  },
};

/** ElastiCache has the query protocol: forms in, XML out. */
function elastiCache(call: AwsCall, action: string, parameters: Record<string, string>): Promise<string> {
  const form = new URLSearchParams({ Action: action, Version: '2015-02-02', ...parameters });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return call({ endpoint: 'elasticache', headers, body: form.toString() });
}

function memoryDb(call: AwsCall, action: string, body: object): Promise<string> {
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `AmazonMemoryDB.${action}`,
  };
  return call({ endpoint: 'memory-db', service: 'memorydb', headers, body: JSON.stringify(body) });
}

/** `Status` that is a child of `element` itself, not of what is in it. */
function statusIn(xml: string, element: string): string | undefined {
  const [, inside = ''] = new RegExp(`<${element}>(.*)</${element}>`, 's').exec(xml) ?? [];
  let depth = 0;
  for (const [, closing, name, rest = '', text] of inside.matchAll(/<(\/?)(\w+)([^>]*)>([^<]*)/g)) {
    if (rest.endsWith('/')) continue;
    if (closing) depth -= 1;
    else if (name === 'Status' && depth === 0) return text;
    else depth += 1;
  }
  return undefined;
}
