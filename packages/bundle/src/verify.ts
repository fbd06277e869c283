import { type KeyObject, verify } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { BundleError } from './errors.ts';
import { digestOf, type Manifest, manifestFile, parseManifest, signatureFile } from './manifest.ts';
import { type BundledFile, readTar } from './tar.ts';

/** Bytes that a bundle may unpack to; one of a hundred numbers and three zones has about half a megabyte. */
const limit = 64 << 20;

/**
 * The files of a bundle that is what was signed. Hosts do the same with `infra/hosts/edge/verify-bundle.sh`.
 * @throws BundleError `malformed`, `bad-signature` or `altered`, which names every file that is
 */
export function verifyBundle(
  bytes: Uint8Array,
  key: KeyObject,
): { manifest: Manifest; files: BundledFile[] } {
  const all = new Map(readTar(unzipped(bytes)).map(({ path, bytes: content }) => [path, content]));
  const [text, signature] = [all.get(manifestFile), all.get(signatureFile)];
  if (text === undefined) throw new BundleError('malformed', 'it has no manifest');
  if (signature === undefined) throw new BundleError('bad-signature', 'it is not signed');
  if (!verify('sha256', text, key, signature))
    throw new BundleError('bad-signature', 'its signature is not of this key');
  const manifest = parseManifest(Buffer.from(text).toString());
  all.delete(manifestFile);
  all.delete(signatureFile);
  const faults = differences(manifest, all);
  if (faults.length > 0) throw new BundleError('altered', faults.join('\n'));
  return { manifest, files: [...all].map(([path, content]) => ({ path, bytes: content })) };
}

function differences({ files }: Manifest, found: ReadonlyMap<string, Uint8Array>): string[] {
  const listed = new Set(files.map(({ path }) => path));
  return [
    ...files.flatMap(({ path, sha256 }) => {
      const content = found.get(path);
      if (content === undefined) return [`${path}: is missing`];
      return digestOf(content) === sha256 ? [] : [`${path}: is not what was signed`];
    }),
    ...[...found.keys()].filter((path) => !listed.has(path)).map((path) => `${path}: was not signed`),
  ];
}

function unzipped(bytes: Uint8Array): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: limit });
  } catch (cause) {
    throw new BundleError('malformed', 'it is no gzip file', { cause });
  }
}
