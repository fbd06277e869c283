/** What calls use up, and how much of it there is. */
export interface Resource {
  name: string;
  /** Used by each call that is up: places, or units a second. */
  perCall: number;
  /** Used by each new call, in its first second. */
  perArrival: number;
  limit: number;
  unit: string;
  /** True for what comes at random from moment to moment, and so may exceed its mean. */
  isRandom: boolean;
  /** What callers notice. */
  effect: string;
  remedy: string;
}

/** Held as long as a call is up; asked for again and again while it is; asked for once by a new call. */
export const held = { perArrival: 0, isRandom: false };
export const flow = { perArrival: 0, isRandom: true };
export const once = { perCall: 0, isRandom: true };
