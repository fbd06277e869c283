import { silence, ticks } from './clocks.ts';
import {
  type Entry,
  headOf,
  type Reply,
  type Request,
  serve,
  type Store,
  type StoreRules,
} from './store-model.ts';

/**
 * Two workers, one store, one call. Between any two steps a worker may crash or freeze, and what is on its way may take as long as it likes, or
 * be lost. Over the length of a lease a worker's clock loses no more than `skewTicks`. Who has the right to speak is taken to speak. A
 * frozen worker is not heard; its clock goes on, and once it runs again it looks at the clock before all else.
 */
export interface Bounds {
  leaseTicks: number;
  /** The owner falls silent so long before the end of its lease, by its own clock. */
  marginTicks: number;
  skewTicks: number;
  /** How long a claim may be under way. */
  claimTicks: number;
  /** How many entries there are, and messages on their way at once. */
  entries: number;
  inFlight: number;
}

export interface Rules extends StoreRules {
  leasesEnd: boolean;
  /** A lease counts from when it was asked for, not from the answer. */
  validSinceAsked: boolean;
  effectAfterReceipt: boolean;
  looksAtClockWhenThawed: boolean;
}

export interface Message {
  from: 0 | 1;
  request: Request;
  /** Of a claim: ticks until it is late. */
  expires: number;
  /** The sender still waits for the reply. */
  awaited: boolean;
  reply?: Reply;
}

export interface Worker {
  status: 'running' | 'frozen' | 'crashed';
  /** What its clock lost. */
  behind: number;
  /** The lease that it holds, or did; 0 without any. */
  fence: number;
  /** Ticks until its lease ends, by its own clock. */
  left: number;
  silent: boolean;
  speaking: boolean;
  /** Ids of its log; undefined as long as it has none. The first `receipts` are durable. */
  log?: readonly number[];
  receipts: number;
  /** Its log is the store's, and goes on: see CallLog. */
  joined: boolean;
  /** By its own clock, how long ago it asked for the lease that it awaits. */
  asked: number;
}

export interface State {
  store: Store;
  workers: readonly [Worker, Worker];
  messages: readonly Message[];
  /** How many entries were ever made. */
  made: number;
}

export interface Step {
  name: string;
  /** A fault of a worker: not needed for anything to go on. */
  fault: boolean;
  /** What the store did, if it did something. */
  request?: Request;
  /** The entry whose effect was done, if one was. */
  effect?: number;
  state: State;
}

const idle: Worker = { ...silence, status: 'running', behind: 0, fence: 0, asked: 0 };

export const start: State = {
  store: { fence: 0, log: [] },
  workers: [idle, idle],
  messages: [],
  made: 0,
};

export const mayAct = ({ status, fence, silent }: Worker) => status === 'running' && fence > 0 && !silent;

/** All that can happen next. */
export function* steps(state: State, bounds: Bounds, rules: Rules): Generator<Step> {
  for (const at of [0, 1] as const) yield* workerSteps(state, at, bounds, rules);
  yield* deliveries(state, bounds, rules);
  yield* ticks(state, bounds, rules);
}

function* workerSteps(state: State, at: 0 | 1, bounds: Bounds, rules: Rules): Generator<Step> {
  const worker = state.workers[at];
  const step = (name: string, changes: Partial<Worker>, rest: Partial<State> = {}, fault = false): Step => ({
    name: `${name} ${at}`,
    fault,
    state: { ...state, ...rest, workers: replaced(state.workers, at, { ...worker, ...changes }) },
  });
  const send = (request: Request, awaited = true) => ({
    messages: [...state.messages, { from: at, request, awaited, expires: bounds.claimTicks }],
  });
  const forget = (...kinds: Request['kind'][]) => ({ messages: forgotten(state.messages, at, ...kinds) });
  if (worker.status === 'crashed') return;
  yield step('crash', { ...idle, status: 'crashed' }, forget(), true);
  if (worker.status === 'frozen') {
    const isOver = rules.looksAtClockWhenThawed && worker.left <= bounds.marginTicks;
    yield step('thaw', { status: 'running', ...(isOver ? silence : {}) });
    return;
  }
  const awaits = (...kinds: Request['kind'][]) =>
    state.messages.some(
      ({ from, awaited, request }) => from === at && awaited && kinds.includes(request.kind),
    );
  const { log, fence, receipts } = worker;
  const room = state.messages.length < bounds.inFlight;
  if (awaits('claim', 'renew')) yield step('give up asking', {}, forget('claim', 'renew'));
  else if (room) {
    if (worker.silent) yield step('claim', { asked: 0 }, send({ kind: 'claim', late: false }));
    if (fence > 0) yield step('renew', { asked: 0 }, send({ kind: 'renew', fence }));
  }
  if (awaits('append')) yield step('suspend', { joined: false }, forget('append'));
  if (!mayAct(worker)) return;
  // One that is silent and does nothing is as good as frozen.
  yield step('freeze', { status: 'frozen' }, {}, true);

  if (!worker.joined && !awaits('append')) yield* join(state, worker, step, room && send);
  if (room && !awaits('claim', 'renew', 'append'))
    yield step('release', idle, send({ kind: 'release', fence }, false));
  if (!worker.joined || !log) return;
  if (log.length === receipts && state.made < bounds.entries && room) {
    const entry = { id: state.made + 1, previous: log.at(-1) ?? 0 };
    const sent = send({ kind: 'append', fence, entry });
    yield step('append', { log: [...log, entry.id] }, { ...sent, made: entry.id });
  }
  const effect = log[(rules.effectAfterReceipt ? receipts : log.length) - 1];
  if (effect !== undefined && !worker.speaking) yield { ...step('effect', { speaking: true }), effect };
}

type Make = (name: string, changes: Partial<Worker>, rest?: Partial<State>) => Step;
type Send = false | ((request: Request) => Partial<State>);

/** Reads what the store holds and goes on from there: after a claim as CallLog.open does, with a log of its own as CallLog.rejoin. */
function* join(state: State, worker: Worker, step: Make, send: Send): Generator<Step> {
  const held = state.store.log.map(({ id }) => id);
  const log = worker.log ?? held;
  const isOurs = held.length <= log.length && held.every((id, i) => id === log[i]);
  if (!isOurs) yield step('find a fork', idle);
  else if (held.length === log.length) yield step('join', { log, receipts: log.length, joined: true });
  else if (send) {
    const entry: Entry = { id: log[held.length]!, previous: headOf(state.store.log) };
    const changes = { log, receipts: held.length, joined: true };
    yield step('join and append again', changes, send({ kind: 'append', fence: worker.fence, entry }));
  }
}

function* deliveries(state: State, bounds: Bounds, rules: Rules): Generator<Step> {
  for (const [i, message] of state.messages.entries()) {
    const { request, from, reply, awaited } = message;
    const others = state.messages.filter((_, j) => j !== i);
    const make = (name: string, rest: Partial<State>): Step => ({
      name: `${name} ${request.kind} of ${from}`,
      fault: false,
      state: { ...state, ...rest },
    });
    if (reply === undefined) {
      const [store, answer] = serve(state.store, request, bounds.leaseTicks, rules);
      const messages = awaited ? [...others, { ...message, reply: answer }] : others;
      yield { ...make('serve', { store, messages }), request };
      if (!awaited) yield make('lose', { messages: others });
    } else if (state.workers[from].status === 'running')
      yield make('answer', answered(state.workers, message, reply, others, bounds, rules));
  }
}

function answered(
  workers: State['workers'],
  { from, request }: Message,
  reply: Reply,
  messages: readonly Message[],
  { leaseTicks, marginTicks }: Bounds,
  rules: Rules,
): Partial<State> {
  const worker = workers[from];
  const set = (changes: Partial<Worker>, rest = messages) => ({
    messages: rest,
    workers: replaced(workers, from, { ...worker, ...changes }),
  });
  const left = leaseTicks - (rules.validSinceAsked ? worker.asked : 0);
  const lease = left > marginTicks ? { left, silent: false } : silence;
  switch (request.kind) {
    case 'claim':
      if (reply === 0) return set({ ...idle, log: undefined }, forgotten(messages, from));
      return set({ ...lease, joined: false, fence: reply as number });
    case 'renew':
      return set(reply === 'OK' ? { joined: worker.joined, ...lease } : silence);
    case 'append':
      return set(reply === 'OK' ? { receipts: worker.receipts + 1 } : { joined: false });
    case 'release':
      return set({});
  }
}

function replaced(workers: State['workers'], at: 0 | 1, worker: Worker): State['workers'] {
  return at === 0 ? [worker, workers[1]] : [workers[0], worker];
}

/** Nobody waits any more for what `from` asked: what was answered is gone, what was not is still under way. */
function forgotten(messages: readonly Message[], from: 0 | 1, ...kinds: Request['kind'][]): Message[] {
  const isMeant = (message: Message) =>
    message.from === from && (kinds.length === 0 || kinds.includes(message.request.kind));
  return messages
    .filter((message) => !(isMeant(message) && message.reply !== undefined))
    .map((message) => (isMeant(message) ? { ...message, awaited: false } : message));
}
