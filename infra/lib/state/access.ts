/** Who speaks to the store of the calls' logs, each as a user of its own. */
export type LogUser = 'agent' | 'recorder';

export const logUsers: readonly LogUser[] = ['agent', 'recorder'];

/** Its id among the account's users. */
export const userId = (user: LogUser) => `vestibule-${user}`;

/** What a cluster's client needs to find its way, and both apps for leases, logs and keys (`packages/record/src/store`). */
const shared = [
  ...['+ping', '+cluster|slots', '+asking', '+eval', '+evalsha', '+time', '+exists'],
  ...['+get', '+set', '+incr', '+del', '+pexpire', '+xadd', '+xrange', '+hgetall'],
];

/** The queue of waiting and held calls, which the agents' desks keep. */
const desk = ['+zadd', '+zrem', '+zcard', '+zrangebyscore', '+bzpopmin', '+hset', '+hdel'];

/**
 * Access strings: keys and commands, and no others. The recorder reads which calls are open and never touches the queue; it may write
 * a call's keys, as its own log of audio is one of them.
 */
export const accessStrings: Record<LogUser, string> = {
  agent: accessString(['call:*', '{desk}:*', '{last-call:*'], [...shared, ...desk]),
  recorder: accessString(['call:*', '{desk}:open'], shared),
};

function accessString(keys: readonly string[], commands: readonly string[]): string {
  return ['on', ...keys.map((key) => `~${key}`), 'resetchannels', '-@all', ...commands].join(' ');
}
