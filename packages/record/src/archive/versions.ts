import {
  GetObjectLegalHoldCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { Archive } from './archive.ts';

type Place = Pick<Archive, 'client' | 'bucket'>;

/** One version of an object, or the marker that it was deleted. */
export interface Version {
  key: string;
  versionId: string;
  isMarker: boolean;
}

/** Every version under `prefix`, deletion markers among them. */
export async function versionsUnder({ client, bucket }: Place, prefix: string): Promise<Version[]> {
  const found: Version[] = [];
  let [KeyMarker, VersionIdMarker]: (string | undefined)[] = [];
  do {
    const page: ListObjectVersionsCommandOutput = await client.send(
      new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix, KeyMarker, VersionIdMarker }),
    );
    found.push(...versionsOf(page.Versions ?? [], false), ...versionsOf(page.DeleteMarkers ?? [], true));
    [KeyMarker, VersionIdMarker] = page.IsTruncated ? [page.NextKeyMarker, page.NextVersionIdMarker] : [];
  } while (KeyMarker !== undefined);
  return found;
}

/** Whether this version is under a legal hold. */
export async function isHeld(
  { client, bucket }: Place,
  { key, versionId, isMarker }: Version,
): Promise<boolean> {
  if (isMarker) return false;
  try {
    const answer = await client.send(
      new GetObjectLegalHoldCommand({ Bucket: bucket, Key: key, VersionId: versionId }),
    );
    return answer.LegalHold?.Status === 'ON';
  } catch (error) {
    const isUnlocked =
      error instanceof S3ServiceException && /NoSuchObjectLockConfiguration|InvalidRequest/.test(error.name);
    if (isUnlocked) return false;
    throw error;
  }
}

function versionsOf(
  listed: readonly { Key?: string | undefined; VersionId?: string | undefined }[],
  isMarker: boolean,
): Version[] {
  return listed.flatMap(({ Key: key, VersionId: versionId }) =>
    key === undefined || versionId === undefined ? [] : [{ key, versionId, isMarker }],
  );
}
