import { gzipSync } from 'node:zlib';
import { BundleError } from './errors.ts';
import { type Manifest, manifestFile, manifestOf, manifestText, signatureFile } from './manifest.ts';
import { type BundledFile, isPlainPath, writeTar } from './tar.ts';

/** Signs a message: ECDSA over P-256 with SHA-256, DER. */
export type Sign = (message: Uint8Array) => Promise<Uint8Array>;

export interface BundleOptions {
  tenant: string;
  /** A positive integer of at most 15 digits. */
  version: number;
  files: readonly BundledFile[];
  /** Without it the bundle is unsigned, and no host takes it. */
  sign?: Sign;
}

/**
 * A gzipped tar archive. Tenant, version and files decide every byte but those of the signature, which is another each time.
 * @throws BundleError `not-bundled`
 */
export async function makeBundle({
  tenant,
  version,
  files,
  sign,
}: BundleOptions): Promise<{ bytes: Buffer; manifest: Manifest }> {
  if (!Number.isSafeInteger(version) || version < 1 || version > 999_999_999_999_999)
    throw new BundleError('not-bundled', `version ${version}: is not a whole number of 1 to 15 digits`);
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const wrong = sorted.filter(({ path }) => !isPlainPath(path) || path.startsWith(manifestFile));
  if (wrong.length > 0)
    throw new BundleError(
      'not-bundled',
      wrong
        .map(({ path }) => `${path}: its name cannot be in a bundle. Use letters, digits and . _ + @ -`)
        .join('\n'),
    );
  const manifest = manifestOf(tenant, version, sorted);
  const bytes = Buffer.from(manifestText(manifest));
  const signature = sign === undefined ? [] : [{ path: signatureFile, bytes: await sign(bytes) }];
  const archive = writeTar([{ path: manifestFile, bytes }, ...signature, ...sorted]);
  return { bytes: gzipSync(archive, { level: 9 }), manifest };
}
