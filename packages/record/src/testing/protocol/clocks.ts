import type { Bounds, Rules, State, Step, Worker } from './protocol-model.ts';

/** What becomes of a worker whose lease may be over. */
export const silence = { silent: true, speaking: false, joined: false, receipts: 0, left: 0 };

/** Time passes: for the store one tick, for each worker as its clock has it. */
export function* ticks(state: State, bounds: Bounds, { leasesEnd }: Rules): Generator<Step> {
  const { lease, ...free } = state.store;
  const left = Math.max((lease?.left ?? 0) - 1, leasesEnd ? 0 : 1);
  const store = lease && left > 0 ? { ...free, lease: { ...lease, left } } : free;
  const messages = state.messages.map((message) => {
    if (message.request.kind !== 'claim' || message.reply !== undefined) return message;
    const expires = Math.max(0, message.expires - 1);
    return { ...message, expires, request: { ...message.request, late: expires === 0 } };
  });
  const measures = (at: 0 | 1) =>
    !state.workers[at].silent || state.messages.some(({ from, awaited }) => from === at && awaited);
  const [first, second] = state.workers;
  for (const one of measures(0) ? paces(first, bounds) : [first])
    for (const other of measures(1) ? paces(second, bounds) : [second])
      yield { name: 'tick', fault: false, state: { ...state, store, messages, workers: [one, other] } };
}

/** A worker after a tick: its clock kept up, stood still, or made good what it had lost. */
function paces(worker: Worker, { skewTicks, marginTicks, leaseTicks }: Bounds): Worker[] {
  const paced: Worker[] = [];
  for (let behind = 0; behind <= Math.min(skewTicks, worker.behind + 1); behind++) {
    const passed = worker.behind + 1 - behind;
    const left = Math.max(0, worker.left - passed);
    const isOver = worker.status === 'running' && left <= marginTicks;
    const asked = Math.min(leaseTicks - marginTicks, worker.asked + passed);
    paced.push({ ...worker, behind, asked, left, ...(isOver ? silence : {}) });
  }
  return paced;
}
