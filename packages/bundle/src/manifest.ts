import { createHash } from 'node:crypto';
import { BundleError } from './errors.ts';
import type { BundledFile } from './tar.ts';

/** What a bundle holds. In it: `manifest`, whose lines on files `sha256sum --check` reads. */
export interface Manifest {
  tenant: string;
  /** Grows from bundle to bundle; a host refuses one that is lower than what it has. */
  version: number;
  /** Sorted by path. */
  files: readonly { path: string; sha256: string }[];
}

export const manifestFile = 'manifest';
/** ECDSA (P-256, SHA-256) over the manifest, DER. */
export const signatureFile = 'manifest.sig';

const firstLine = 'vestibule bundle 1';

export const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export function manifestOf(tenant: string, version: number, files: readonly BundledFile[]): Manifest {
  return { tenant, version, files: files.map(({ path, bytes }) => ({ path, sha256: digestOf(bytes) })) };
}

export function manifestText({ tenant, version, files }: Manifest): string {
  const lines = files.map(({ path, sha256 }) => `${sha256}  ${path}`);
  return [firstLine, `tenant ${tenant}`, `version ${version}`, ...lines, ''].join('\n');
}

/** @throws BundleError `malformed` */
export function parseManifest(text: string): Manifest {
  const [first, tenantLine = '', versionLine = '', ...rest] = text.split('\n');
  const [, tenant] = /^tenant (\S+)$/.exec(tenantLine) ?? [];
  const [, version] = /^version ([1-9]\d{0,14})$/.exec(versionLine) ?? [];
  const files = rest.slice(0, -1).map((line) => /^([0-9a-f]{64}) {2}(\S+)$/.exec(line));
  if (
    first !== firstLine ||
    tenant === undefined ||
    version === undefined ||
    rest.at(-1) !== '' ||
    files.includes(null)
  )
    throw new BundleError('malformed', 'its manifest is not of format 1. Was it made by a newer release?');
  return {
    tenant,
    version: Number(version),
    files: files.map((line) => ({ sha256: line![1]!, path: line![2]! })),
  };
}
