import { join } from 'node:path';
import { type Config, questionnaireFile } from '@vestibule/config';
import type { Persona } from '@vestibule/local-carrier';
import { addressOf } from '@vestibule/local-network';
import { StackError } from '../errors.ts';
import { isInZones } from '../ports.ts';
import type { Folders } from '../folders.ts';

/** Options of the carrier's command line that lead a call to the deployment that `config` describes. */
export interface CarrierOptions {
  readonly number: string;
  readonly to: string;
  readonly local: string;
  readonly out: string;
  readonly questionnaire?: string;
}

/**
 * @param persona who calls; one that does not say for which questionnaire it was written gets the dialled number's.
 * @throws StackError `usage` when no carrier of the deployment may call from this machine.
 */
export async function carrierOptions(
  config: Config,
  { folders, persona }: { folders: Folders; persona: Persona | undefined },
): Promise<CarrierOptions> {
  const [first] = config.numbers;
  if (!first) throw new StackError('usage', 'vestibule.yaml has no numbers to dial');
  const { address, advertise = address, sip } = config.edge.public;
  const fallback =
    persona && persona.questionnaire === undefined
      ? await questionnaireFile(config, first.questionnaire)
      : undefined;
  return {
    number: first.number,
    to: `sip:${advertise}:${sip}`,
    local: carrierAddress(config),
    out: join(folders.state, 'calls'),
    ...(fallback === undefined ? {} : { questionnaire: fallback }),
  };
}

/** As arguments, without those that `given` names already. */
export function asArguments(options: CarrierOptions, given: readonly string[] = []): string[] {
  return Object.entries(options as unknown as Record<string, string>).flatMap(([name, value]) =>
    given.some((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`)) ? [] : [`--${name}`, value],
  );
}

/** The first address that the edge takes for a carrier's and that this machine can send from. */
function carrierAddress({ carriers }: Config): string {
  const address = carriers
    .flatMap(({ signalling }) => signalling)
    .map((network) => network.split('/')[0] ?? '')
    .find((candidate) => candidate.startsWith('127.') || (isInZones && candidate === addressOf('carrier')));
  if (address === undefined) {
    throw new StackError(
      'usage',
      'No carrier in vestibule.yaml may call from this machine. Give one "signalling: [127.0.0.20/32]" and "media: [127.0.0.20/32]"',
    );
  }
  return address;
}
