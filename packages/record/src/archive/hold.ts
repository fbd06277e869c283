import {
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  PutObjectLegalHoldCommand,
} from '@aws-sdk/client-s3';
import type { Archive } from './archive.ts';

/**
 * Puts every version of a call's objects under a legal hold, or lifts it: as long as it is on nobody can delete them, whatever their
 * retention. @returns how many versions. It needs `s3:PutObjectLegalHold`.
 */
export async function setLegalHold(
  { client, bucket }: Pick<Archive, 'client' | 'bucket'>,
  prefix: string,
  isOn: boolean,
): Promise<number> {
  let count = 0;
  let [KeyMarker, VersionIdMarker]: (string | undefined)[] = [];
  do {
    const page: ListObjectVersionsCommandOutput = await client.send(
      new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix, KeyMarker, VersionIdMarker }),
    );
    for (const { Key, VersionId } of page.Versions ?? []) {
      const LegalHold = { Status: isOn ? ('ON' as const) : ('OFF' as const) };
      await client.send(new PutObjectLegalHoldCommand({ Bucket: bucket, Key, VersionId, LegalHold }));
      count += 1;
    }
    [KeyMarker, VersionIdMarker] = page.IsTruncated ? [page.NextKeyMarker, page.NextVersionIdMarker] : [];
  } while (KeyMarker !== undefined);
  return count;
}
