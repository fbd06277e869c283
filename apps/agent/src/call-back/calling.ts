import { type Config, mayCallBack, zonesOf } from '@vestibule/config';

interface Facts {
  piiCaller?: string | undefined;
  edge: { attestation: string; verified: boolean };
  callBack?: unknown;
}

/** How calling back comes into a call: the caller may be asked about it, or it is such a call itself. */
export type Calling =
  | { kind: 'may-be-asked' }
  /** So many identifiers of the earlier call are asked for before it is gone on with. */
  | { kind: 'call-back'; identifiers: number };

/** Undefined where nobody speaks of it: not configured, or to a number that is not vouched for, or may not be called. */
export function callingOf({ callBacks }: Config, call: Facts | undefined): Calling | undefined {
  if (!callBacks || !call) return undefined;
  if (call.callBack) return { kind: 'call-back', identifiers: callBacks.identifiers };
  return isGoodNumber(callBacks, call) ? { kind: 'may-be-asked' } : undefined;
}

/** Anybody can pretend to call from anywhere: only a number that the carrier vouches for is rung. */
function isGoodNumber(settings: NonNullable<Config['callBacks']>, { piiCaller = '', edge }: Facts): boolean {
  const { attestation, verified } = edge;
  const isVouchedFor = settings.callers === 'verified' ? verified : verified || attestation === 'A';
  return isVouchedFor && mayCallBack(settings, piiCaller) && zonesOf(settings, piiCaller).length > 0;
}
