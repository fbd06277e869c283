import { PutObjectLegalHoldCommand } from '@aws-sdk/client-s3';
import type { Archive } from './archive.ts';
import { versionsUnder } from './versions.ts';

/**
 * Puts every version of a call's objects under a legal hold, or lifts it: as long as it is on nobody can delete them, whatever their
 * retention. @returns how many versions. It needs `s3:PutObjectLegalHold`.
 */
export async function setLegalHold(
  archive: Pick<Archive, 'client' | 'bucket'>,
  prefix: string,
  isOn: boolean,
): Promise<number> {
  const versions = (await versionsUnder(archive, prefix)).filter(({ isMarker }) => !isMarker);
  for (const { key: Key, versionId: VersionId } of versions) {
    const LegalHold = { Status: isOn ? ('ON' as const) : ('OFF' as const) };
    await archive.client.send(
      new PutObjectLegalHoldCommand({ Bucket: archive.bucket, Key, VersionId, LegalHold }),
    );
  }
  return versions.length;
}
