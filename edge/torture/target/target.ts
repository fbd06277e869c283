import type { Addresses } from '../../test/edge-host.ts';
import type { Inward } from './inward.ts';

/** A Kamailio under attack, with a listener behind it where calls end up. */
export interface Target {
  name: string;
  addresses: Addresses;
  /** Whether it writes X-Vestibule-*. */
  writesDecision: boolean;
  /** Behind it. */
  inward: Inward;
  /** Its processes, as `pid@start time`. */
  processes(): Promise<string[]>;
  log(): Promise<string>;
  stop(): Promise<void>;
}

/** Users that reach the listener: the number of ordinary calls, and whatever else a test wants called. */
export interface TargetOptions {
  addresses: Addresses;
  users?: readonly string[];
  /** Domains that it holds for its own, where it has that notion. */
  domains?: readonly string[];
}
