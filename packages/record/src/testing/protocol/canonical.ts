import type { Message, Rules, State, Worker } from './protocol-model.ts';
import type { Store } from './store-model.ts';

/** The newest fence, and every one before it: which of those makes no difference, as none of them comes back. */
const newest = 2;
const old = 1;

/**
 * The same state, without what makes no difference: how high fences are, messages that nobody waits for and that the store refuses, the
 * clock of a worker that measures nothing.
 */
export function canonical(state: State, rules: Rules): State {
  const rename = (fence: number) => (fence === 0 ? 0 : fence === state.store.fence ? newest : old);
  const messages = state.messages
    .map((message) => ({ ...message, ...renamed(message, rename) }))
    .filter((message) => !isDead(message, state.store, rules));
  const { fence, lease, log } = state.store;
  return {
    ...state,
    store: {
      fence: rename(fence),
      log,
      ...(lease ? { lease: { ...lease, fence: rename(lease.fence) } } : {}),
    },
    messages,
    workers: [settled(state, 0, messages, rename), settled(state, 1, messages, rename)],
  };
}

function renamed({ request, reply }: Message, rename: (fence: number) => number): Partial<Message> {
  return {
    request: 'fence' in request ? { ...request, fence: rename(request.fence) } : request,
    ...(typeof reply === 'number' ? { reply: rename(reply) } : {}),
  };
}

function isDead({ awaited, request }: Message, { lease }: Store, rules: Rules): boolean {
  if (awaited) return false;
  if (request.kind === 'claim') return request.late;
  const isChecked = request.kind === 'append' ? rules.appendChecksLease : rules.renewChecksLease;
  return isChecked && !(lease && request.fence === newest);
}

function settled(
  { workers }: State,
  at: 0 | 1,
  messages: readonly Message[],
  rename: (fence: number) => number,
): Worker {
  const worker = workers[at];
  const asks = messages.some(
    ({ from, awaited, request }) =>
      from === at && awaited && (request.kind === 'claim' || request.kind === 'renew'),
  );
  const fence =
    worker.silent && !worker.log && !asks && rename(worker.fence) === old ? 0 : rename(worker.fence);
  return {
    ...worker,
    fence,
    asked: asks ? worker.asked : 0,
    behind: asks || !worker.silent ? worker.behind : 0,
    receipts: worker.joined ? worker.receipts : 0,
  };
}

/** One text for states that differ in nothing but which worker is which. */
export function keyOf({ store, workers, messages, made }: State): string {
  const sides = ([0, 1] as const).map((at) => {
    const { status, behind, fence, left, silent, speaking, log, receipts, joined, asked } = workers[at];
    const flags = `${status[0]}${silent ? 's' : left}${speaking ? 'v' : ''}${joined ? receipts : '-'}`;
    const own = messages.filter(({ from }) => from === at).map(messageKey);
    return `${flags}${behind}${fence}${asked}${log?.join('') ?? 'n'}[${own.sort().join()}]`;
  });
  const log = store.log.map(({ id, previous }) => `${previous}${id}`).join();
  return `${store.fence}${store.lease?.left ?? ''}|${log}|${made}|${sides.sort().join('|')}`;
}

function messageKey({ request, reply, awaited, expires }: Message): string {
  const state = `${awaited ? '!' : ''}${reply ?? ''}`;
  if (request.kind === 'claim') return `c${reply === undefined ? expires : ''}${state}`;
  const entry = request.kind === 'append' ? `${request.entry.previous}${request.entry.id}` : '';
  return `${request.kind[2]}${request.fence}${entry}${state}`;
}
