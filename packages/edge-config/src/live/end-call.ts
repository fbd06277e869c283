import { isCodedError } from '@vestibule/core';
import type { EdgePaths } from '../kamailio/settings.ts';
import { rpc } from './rpc.ts';

/** A call as both its sides name it. */
export interface Dialog {
  callId: string;
  /** Tags of the two sides, either first. */
  tags: readonly [string, string];
}

/**
 * BYE to both sides. Kamailio must have admitted the call since it was started.
 * @throws CodedError `kamailio-silent`, or `rpc-refused` for a call that it does not know
 */
export async function endCall(paths: EdgePaths, { callId, tags: [one, other] }: Dialog): Promise<void> {
  // s: a text, also when it looks like a number.
  const end = (from: string, to: string) =>
    rpc(paths, 'dlg.terminate_dlg', `s:${callId}`, `s:${from}`, `s:${to}`);
  await end(one, other).catch((error: unknown) => {
    // It was the other side that called.
    if (isCodedError(error, 'rpc-refused')) return end(other, one);
    throw error;
  });
}
