import type { Bounds, Rules } from './protocol-model.ts';

/** The protocol as it is. */
export const protocol: Rules = {
  appendChecksLease: true,
  appendChecksHead: true,
  renewChecksLease: true,
  claimChecksLease: true,
  leasesEnd: true,
  validSinceAsked: true,
  effectAfterReceipt: true,
  looksAtClockWhenThawed: true,
};

/** A lease of two ticks, given up one before its end, by clocks that lose up to one. */
export const bounds: Bounds = {
  ...{ leaseTicks: 2, marginTicks: 1, skewTicks: 1, claimTicks: 1 },
  ...{ entries: 1, inFlight: 2 },
};
