import type { Config } from '@vestibule/config';
import { checkErasable, type CopyErasure, eraseCall } from '@vestibule/record';
import type { SystemEnvironment } from '../../environment.ts';
import { CliError } from '../../errors.ts';
import type { Output } from '../../terminal.ts';
import { findRecord, type RecordDesk } from './archive.ts';
import { purgeAll } from './copies/copy.ts';
import { copyPlaces } from './copies/places.ts';

type EraseDesk = Pick<RecordDesk, 'archive' | 'tenant' | 'access' | 'who'> & {
  config: Pick<Config, 'enrich'>;
};

/**
 * Destroys a call's key and the caller's data: in the archive, then wherever else copies are. What is done and what is left is told, and
 * stands in `erasure.json`. @throws CliError `copies-left` when some copy is still there
 */
export async function erase(
  desk: EraseDesk,
  environment: SystemEnvironment,
  { callId, reason }: { callId: string; reason: string },
  output: Output,
): Promise<void> {
  const { archive, access, who, config } = desk;
  const { prefix } = await findRecord(desk, callId);
  const asked = { who, action: 'erase', callId, detail: reason } as const;
  try {
    await checkErasable(archive, prefix);
  } catch (error) {
    await access.append({ ...asked, granted: false });
    throw error;
  }
  await access.append({ ...asked, granted: true });
  const known = { callId, fhir: config.enrich.fhir, access: await access.read() };
  const facts = { callId, at: new Date().toISOString(), who, reason };
  const { objects, copies } = await eraseCall(archive, prefix, facts, () =>
    purgeAll(copyPlaces(environment, known)),
  );
  output.write(
    [
      `${callId} is erased from the archive: ${objects.join(', ')}. What remains still verifies.`,
      ...copies.map(line),
      '',
    ].join('\n'),
  );
  const left = copies.filter(({ state }) => state === 'left').length;
  if (left > 0)
    throw new CliError(
      'copies-left',
      `${left} ${left === 1 ? 'copy is' : 'copies are'} left. See to what is said above, then erase the call again`,
    );
}

const words = {
  purged: 'purged',
  absent: 'nothing there',
  left: 'NOT PURGED',
  elsewhere: 'OUT OF REACH',
} as const satisfies Record<CopyErasure['state'], string>;

function line({ place, what, state, detail }: CopyErasure): string {
  return `  ${place.padEnd(10)}${words[state]}: ${what}${detail === undefined ? '' : ` (${detail})`}`;
}
