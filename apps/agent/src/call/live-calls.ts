import type { CallLog, Sighting } from '@vestibule/record';

/** The logs of the calls that this worker holds, for its journal. */
export class LiveCalls {
  readonly #logs = new Map<CallLog, string | undefined>();

  /** `decision`: the edge's id for having admitted the call. */
  add(log: CallLog, decision: string | undefined): void {
    this.#logs.set(log, decision);
  }

  remove(log: CallLog): void {
    this.#logs.delete(log);
  }

  *sightings(): Generator<Omit<Sighting, 'final'>> {
    for (const [log, decision] of this.#logs)
      yield { callId: log.callId, ...(decision === undefined ? {} : { decision }), ...log.durable };
  }
}
