/** What of how many. */
export interface Share {
  hits: number;
  of: number;
}

/** Wilson's 95 % interval of a share, 0 to 1; Wilson, J Am Stat Assoc 22 (1927) 209-212. Of nothing: all of it. */
export function wilson({ hits, of }: Share): [low: number, high: number] {
  if (of === 0) return [0, 1];
  const z = 1.959964;
  const p = hits / of;
  const middle = p + (z * z) / (2 * of);
  const half = z * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of));
  const whole = 1 + (z * z) / of;
  return [Math.max(0, (middle - half) / whole), Math.min(1, (middle + half) / whole)];
}

/** `45/50 0.900 (0.786–0.957)`: the share with its interval; "–" where there is nothing to count. */
export function shareWords(share: Share): string {
  const [low, high] = wilson(share);
  const rate = share.of === 0 ? '–' : (share.hits / share.of).toFixed(3);
  return `${share.hits}/${share.of} ${rate} (${low.toFixed(3)}–${high.toFixed(3)})`;
}
