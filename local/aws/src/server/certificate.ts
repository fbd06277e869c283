import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CodedError } from '@vestibule/core';
import type { Certificate } from './listener.ts';

const run = promisify(execFile);
const subject = '/CN=localhost/O=Vestibule local AWS stand-in';
const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1';

/**
 * The self-signed certificate in `folder`, made there when it is missing; `SSL_CERT_FILE=<folder>/cert.pem` makes a
 * client trust it.
 * @throws CodedError `no-certificate` when openssl is missing or fails.
 */
export async function certificateIn(folder: string): Promise<Certificate> {
  const key = join(folder, 'key.pem');
  const cert = join(folder, 'cert.pem');
  const read = async () => ({ key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') });
  try {
    return await read();
  } catch {
    // Not made yet.
  }
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
    const output = ['-keyout', key, '-out', cert];
    await run('openssl', [
      'req',
      '-x509',
      ...curve,
      '-nodes',
      '-days',
      '825',
      '-subj',
      subject,
      '-addext',
      names,
      ...output,
    ]);
    return await read();
  } catch (cause) {
    throw new CodedError('no-certificate', 'openssl made no certificate', { cause });
  }
}
