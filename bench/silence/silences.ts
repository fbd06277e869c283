import type { Wav } from '@vestibule/local-carrier';

const windowMs = 20;
/** Mean of 16-bit samples: between comfort noise and the quietest voice here. */
const audible = 60;

/**
 * How long nothing was heard each time before the agent spoke, ms, once it had spoken. `wav`: the caller on the first channel, the agent on the second.
 * What the caller leaves unsaid before they speak is not counted.
 */
export function silencesBefore({ rate, channels }: Pick<Wav, 'rate' | 'channels'>): number[] {
  const [caller, agent] = channels.map((samples) => loudness(samples, (rate * windowMs) / 1000));
  const silences: number[] = [];
  let quiet = 0;
  let hasSpoken = false;
  for (const [index, level] of agent!.entries()) {
    const speaks = level > audible;
    if (speaks && hasSpoken && quiet > 0) silences.push(quiet * windowMs);
    hasSpoken ||= speaks;
    quiet = speaks || caller![index]! > audible ? 0 : quiet + 1;
  }
  return silences;
}

function loudness(samples: Int16Array, size: number): number[] {
  const levels: number[] = [];
  for (let at = 0; at + size <= samples.length; at += size)
    levels.push(samples.subarray(at, at + size).reduce((sum, sample) => sum + Math.abs(sample), 0) / size);
  return levels;
}
