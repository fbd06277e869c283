import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Source } from './environment.ts';
import { BundleError } from './errors.ts';
import { readTar } from './tar.ts';

/** Of the file, and of what is in it. A configuration is some hundred kilobytes; more is a mistake. */
const limit = { packed: 16 << 20, unpacked: 64 << 20 };

/** @throws BundleError `bundle-unreachable` */
export async function download(client: S3Client, { bucket, key, versionId }: Source): Promise<Buffer> {
  try {
    const object = await client.send(
      new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }),
    );
    if ((object.ContentLength ?? Infinity) > limit.packed)
      throw new Error(`it has ${object.ContentLength} bytes; ${limit.packed} are the most`);
    return Buffer.from(await object.Body!.transformToByteArray());
  } catch (cause) {
    const { name, message } = cause as Error;
    throw new BundleError('bundle-unreachable', `s3://${bucket}/${key}: ${name}: ${message}`, { cause });
  }
}

/** @throws BundleError `bundle-altered` */
export function assertDigest(bytes: Buffer, sha256: string): void {
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256)
    throw new BundleError(
      'bundle-altered',
      `the bundle's digest is ${found}, not ${sha256}. Deploy the one that was signed`,
    );
}

/**
 * Writes the files of a bundle (gzip, tar) into a folder, readable by all. Nothing is written before all of it has been read.
 * @returns how many. @throws BundleError `bundle-unusable`
 */
export async function unpack(bytes: Buffer, folder: string): Promise<number> {
  const files = readTar(gunzip(bytes));
  if (!files.some(({ path }) => path === 'vestibule.yaml'))
    throw new BundleError('bundle-unusable', 'there is no vestibule.yaml in it');
  for (const file of files) {
    const path = join(folder, file.path);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, file.bytes, { flag: 'wx', mode: 0o444 });
  }
  return files.length;
}

function gunzip(bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: limit.unpacked });
  } catch (cause) {
    throw new BundleError('bundle-unusable', `it is no gzip file: ${(cause as Error).message}`, { cause });
  }
}
