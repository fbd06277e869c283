import { BundleError } from './errors.ts';

/** A regular file. `path` is relative, its parts are divided by slashes. */
export interface BundledFile {
  path: string;
  bytes: Uint8Array;
}

const block = 512;

/** What may be in a bundle: no blanks, so that a manifest has no need to quote; no `.` or `-` to begin a part with. */
const plainPath = /^[A-Za-z0-9_+@][A-Za-z0-9._+@-]*(\/[A-Za-z0-9_+@][A-Za-z0-9._+@-]*)*$/;

/** A ustar header has room for so much without a prefix. */
const longestPath = 100;

export const isPlainPath = (path: string): boolean => plainPath.test(path) && path.length <= longestPath;

/** A ustar archive (POSIX.1-1988) in the order given. The same files give the same bytes: owner root, mode 0644, the first day of 1980. */
export function writeTar(files: readonly BundledFile[]): Buffer {
  const parts = files.flatMap(({ path, bytes }) => [
    header(path, bytes.length),
    bytes,
    Buffer.alloc(-bytes.length & (block - 1)),
  ]);
  return Buffer.concat([...parts, Buffer.alloc(2 * block)]);
}

function header(path: string, size: number): Buffer {
  const made = Buffer.alloc(block);
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, '0');
  made.write(path, 0);
  made.write(octal(0o644, 7), 100);
  made.write(octal(0, 7), 108);
  made.write(octal(0, 7), 116);
  made.write(octal(size, 11), 124);
  made.write(octal(Date.UTC(1980, 0, 1) / 1000, 11), 136);
  made.write('0', 156);
  made.write('ustar\0' + '00', 257);
  made.write('root', 265);
  made.write('root', 297);
  made.write(`${octal(checksum(made), 6)}\0 `, 148);
  return made;
}

/** Its own field counts as blanks. */
const checksum = (made: Buffer) =>
  made.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 0x20 : byte), 0);

/** What `writeTar` writes, and nothing else. @throws BundleError `malformed`, naming the entry */
export function readTar(archive: Buffer): BundledFile[] {
  const files = new Map<string, Buffer>();
  let at = 0;
  for (; at + block <= archive.length;) {
    const head = archive.subarray(at, at + block);
    if (head.every((byte) => byte === 0)) break;
    const path = textIn(head, 0, 100);
    const size = parseInt(textIn(head, 124, 12), 8);
    if (textIn(head, 257, 6) !== 'ustar' || parseInt(textIn(head, 148, 8), 8) !== checksum(head))
      throw new BundleError('malformed', `it is no tar archive at byte ${at}`);
    if (head[156] !== 0x30 || !isPlainPath(path) || files.has(path) || at + block + size > archive.length)
      throw new BundleError('malformed', `${JSON.stringify(path)} has no place in a bundle`);
    files.set(path, archive.subarray(at + block, at + block + size));
    at += block + Math.ceil(size / block) * block;
  }
  return [...files].map(([path, bytes]) => ({ path, bytes }));
}

function textIn(head: Buffer, from: number, length: number): string {
  const field = head.subarray(from, from + length);
  const end = field.indexOf(0);
  return field.subarray(0, end === -1 ? length : end).toString('latin1');
}
