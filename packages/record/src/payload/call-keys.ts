/** A call's own key: `wrapped` may be stored, and says nothing to who cannot ask the key service. */
export interface CallKey {
  /** AES-256, 32 bytes; in memory only. */
  key: Buffer;
  /** base64 */
  wrapped: string;
}

/** Makes and unwraps the keys of calls. In production KMS, which is asked once when a call begins and once by who takes it over. */
export interface CallKeys {
  /** @throws RecordError `key-unavailable` */
  create(callId: string): Promise<CallKey>;
  /** @throws RecordError `key-unavailable`, or `erased` when the service does not know the key any more. */
  unwrap(callId: string, wrapped: string): Promise<Buffer>;
}
