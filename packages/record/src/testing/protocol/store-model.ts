/** The store's side of the protocol: what the Lua scripts do, without Redis. Time is in ticks, and a lease holds how many are left. */
export interface Entry {
  id: number;
  previous: number;
}

export interface Store {
  lease?: { fence: number; left: number };
  /** The highest fence that was granted. */
  fence: number;
  log: readonly Entry[];
}

export type Request =
  | { kind: 'claim'; late: boolean }
  | { kind: 'renew' | 'release'; fence: number }
  | { kind: 'append'; fence: number; entry: Entry };

/** `claim`: the fence, 0 when it is refused. */
export type Reply = number | 'OK' | 'FENCED' | 'FORK';

/** What a mutant of the protocol leaves out. */
export interface StoreRules {
  appendChecksLease: boolean;
  appendChecksHead: boolean;
  renewChecksLease: boolean;
  claimChecksLease: boolean;
}

export const headOf = (log: readonly Entry[]) => log.at(-1)?.id ?? 0;

/** One script, run at once. */
export function serve(store: Store, request: Request, leaseTicks: number, rules: StoreRules): [Store, Reply] {
  const isHeldBy = (fence: number) => store.lease?.fence === fence;
  switch (request.kind) {
    case 'claim': {
      if (request.late || (rules.claimChecksLease && store.lease)) return [store, 0];
      const fence = store.fence + 1;
      return [{ ...store, fence, lease: { fence, left: leaseTicks } }, fence];
    }
    case 'renew': {
      if (!store.lease || (rules.renewChecksLease && !isHeldBy(request.fence))) return [store, 'FENCED'];
      return [{ ...store, lease: { fence: store.lease.fence, left: leaseTicks } }, 'OK'];
    }
    case 'release': {
      const { lease, ...free } = store;
      return [lease && isHeldBy(request.fence) ? free : store, 'OK'];
    }
    case 'append': {
      const { fence, entry } = request;
      if (rules.appendChecksLease && !isHeldBy(fence)) return [store, 'FENCED'];
      if (rules.appendChecksHead && entry.previous !== headOf(store.log)) return [store, 'FORK'];
      return [{ ...store, log: [...store.log, entry] }, 'OK'];
    }
  }
}
