import { execFile } from 'node:child_process';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const openssl = (...args: string[]) => promisify(execFile)('/usr/bin/openssl', args);

export interface Certificate {
  /** PEM files. */
  certificate: string;
  key: string;
}

/** An authority of the test's own, which signs what the edge and the carrier show. */
export class Authority {
  /** PEM file of its own certificate. */
  readonly certificate: string;
  readonly #key: string;
  readonly #folder: string;

  private constructor(folder: string, name: string) {
    this.#folder = folder;
    this.certificate = join(folder, `${name}.pem`);
    this.#key = join(folder, `${name}.key`);
  }

  /** @param name of its files in `folder`. */
  static async make(folder: string, name = 'authority'): Promise<Authority> {
    const authority = new Authority(folder, name);
    await openssl(
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
      ...['-subj', `/CN=${name}`, '-keyout', authority.#key, '-out', authority.certificate],
    );
    return authority;
  }

  /** A server's certificate. One that stands there is replaced as a renewal does it: written aside, then renamed. */
  async issue(name: string, address: string): Promise<Certificate> {
    const [key, request, extensions, certificate] = ['key', 'csr', 'ext', 'pem'].map((ending) =>
      join(this.#folder, `${name}.${ending}`),
    ) as [string, string, string, string];
    await writeFile(extensions, `subjectAltName=DNS:${name},IP:${address}\n`);
    await openssl(
      ...['req', '-newkey', 'rsa:2048', '-nodes', '-subj', `/CN=${name}`],
      ...['-keyout', `${key}.new`, '-out', request],
    );
    await openssl(
      ...['x509', '-req', '-in', request, '-CA', this.certificate, '-CAkey', this.#key, '-CAcreateserial'],
      ...['-days', '2', '-extfile', extensions, '-out', `${certificate}.new`],
    );
    await rename(`${key}.new`, key);
    await rename(`${certificate}.new`, certificate);
    return { certificate, key };
  }
}
