import { systemClock } from '@vestibule/core';
import { StaffPhones, synthesiser } from '@vestibule/local-carrier';
import { staffGateway } from './deployment.ts';

/**
 * The telephones that a deployment of `writeDeployment` calls; their `people` are filled in by whoever makes a call. `phrases`: made into sound
 * beforehand, so that who picks up says them in time.
 */
export async function openTelephones(
  speaker: Parameters<typeof synthesiser>[0],
  phrases: readonly string[] = [],
): Promise<StaffPhones> {
  const voice = synthesiser(speaker);
  await Promise.all(phrases.map((text) => voice.speak(text)));
  return StaffPhones.open({
    ...staffGateway,
    rtp: { from: 36_000, to: 36_999 },
    clock: systemClock,
    voice,
    people: {},
  });
}
