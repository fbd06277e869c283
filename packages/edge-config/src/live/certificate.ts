import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Config } from '@vestibule/config';

type Tls = NonNullable<Config['edge']['public']['tls']>;

/** The certificate that carriers see. */
export interface Certificate {
  validUntil: Date;
  /** Serial number, as the authority wrote it. */
  serial: string;
}

/** Reads certificate and key. Every fault is a line: place, what, remedy. */
export async function readCertificate(
  { certificate, key }: Tls,
  now: number,
): Promise<{ certificate?: Certificate; faults: string[] }> {
  const [chain, secret] = await Promise.all([read(certificate), read(key)]);
  const faults = [
    ...(chain === undefined ? [`${certificate}: cannot be read. Put the PEM of the certificate there`] : []),
    ...(secret === undefined ? [`${key}: cannot be read. Put the PEM of the certificate’s key there`] : []),
  ];
  if (chain === undefined || secret === undefined) return { faults };
  const parsed = attempt(() => new X509Certificate(chain));
  const privateKey = attempt(() => createPrivateKey(secret));
  if (parsed === undefined) faults.push(`${certificate}: is no certificate in PEM`);
  if (privateKey === undefined) faults.push(`${key}: is no private key in PEM without a passphrase`);
  if (parsed === undefined || privateKey === undefined) return { faults };
  if (!parsed.checkPrivateKey(privateKey)) faults.push(`${key}: is not the key of ${certificate}`);
  const validUntil = new Date(parsed.validTo);
  if (validUntil.getTime() <= now)
    faults.push(`${certificate}: expired on ${validUntil.toISOString()}. Renew it`);
  if (Date.parse(parsed.validFrom) > now)
    faults.push(`${certificate}: is valid from ${new Date(parsed.validFrom).toISOString()} only`);
  return { certificate: { validUntil, serial: parsed.serialNumber }, faults };
}

const read = (file: string) => readFile(file, 'utf8').catch(() => undefined);

function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
