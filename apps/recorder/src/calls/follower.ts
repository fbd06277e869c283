import {
  type CallKeys,
  type LogStore,
  openEntry,
  type Payload,
  payloadOf,
  type SealedEntry,
} from '@vestibule/record';

/** What a recorder needs to know of a call, read from its log as it grows. */
export class CallFollower {
  readonly callId: string;
  readonly #store: Pick<LogStore, 'read' | 'wrappedKey'>;
  readonly #keys: Pick<CallKeys, 'unwrap'>;
  #next = 0;
  #first: SealedEntry | undefined;
  #key: Promise<Buffer> | undefined;
  #consent = false;
  #isOver = false;

  constructor(callId: string, store: Pick<LogStore, 'read' | 'wrappedKey'>, keys: Pick<CallKeys, 'unwrap'>) {
    this.callId = callId;
    this.#store = store;
    this.#keys = keys;
  }

  /** Whether the caller consented, and has not taken it back. */
  get hasConsent(): boolean {
    return this.#consent;
  }

  /** The caller is gone, or about to be. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Wall clock of the log's first entry, ms: the call's zero. */
  get beganAt(): number {
    return Date.parse(this.#first?.header.at ?? '');
  }

  /** Reads what is new. The key service is asked when there is a consent to be read, and not before. @throws RecordError */
  async follow(): Promise<void> {
    for (const entry of await this.#store.read(this.callId, this.#next)) {
      switch (entry.header.kind) {
        case 'call':
          this.#first = entry;
          break;
        case 'consent':
          this.#consent = payloadOf(openEntry(await this.key(), entry), 'consent')?.recording === true;
          break;
        case 'hang-up':
        case 'end':
          this.#isOver = true;
          break;
        default:
      }
      this.#next = entry.header.seq + 1;
    }
  }

  /** The log's first entry. @throws RecordError */
  async facts(): Promise<Payload<'call'> | undefined> {
    return this.#first && payloadOf(openEntry(await this.key(), this.#first), 'call');
  }

  /** The call's key, unwrapped once. @throws RecordError */
  key(): Promise<Buffer> {
    this.#key ??= this.#unwrap().catch((error: unknown) => {
      this.#key = undefined;
      throw error;
    });
    return this.#key;
  }

  async #unwrap(): Promise<Buffer> {
    return this.#keys.unwrap(this.callId, (await this.#store.wrappedKey(this.callId)) ?? '');
  }
}
