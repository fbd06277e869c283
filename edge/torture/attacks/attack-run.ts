import type { Target } from '../target/target.ts';
import { onGround } from './ground.ts';
import { type Attack, attacks } from './strangers.ts';
import { tollFraud } from './toll-fraud.ts';

export interface AttackOutcome {
  name: string;
  succeeded: boolean;
  bytesToStranger: number;
}

/** Each attack, one after the other, from sockets of its own. @param floodOf INVITEs of the flood, at 1,000 a second */
export async function measureAttacks(target: Target, floodOf = 5000): Promise<AttackOutcome[]> {
  const outcomes: AttackOutcome[] = [];
  for (const attack of [...attacks(floodOf), tollFraud]) outcomes.push(await outcomeOf(target, attack));
  return outcomes;
}

function outcomeOf(target: Target, attack: Attack): Promise<AttackOutcome> {
  return onGround(target, async (ground) => ({
    name: attack.name,
    succeeded: await attack.succeeds(ground),
    bytesToStranger: ground.attacker.bytes + ground.snare.bytes,
  }));
}
