import { BundleError } from './errors.ts';

/** A regular file of an archive. */
export interface TarFile {
  /** Relative, with slashes, without `.` and `..`. */
  path: string;
  bytes: Buffer;
}

const block = 512;

/**
 * The files of a ustar archive (POSIX.1-1988), directories left out. Anything else in it is refused: links, devices, extended headers.
 * @throws BundleError `bundle-unusable`, naming the entry.
 */
export function readTar(archive: Buffer): TarFile[] {
  const files = new Map<string, Buffer>();
  let offset = 0;
  while (offset + block <= archive.length) {
    const header = archive.subarray(offset, offset + block);
    if (header.every((byte) => byte === 0)) break;
    const { path, size, kind } = readHeader(header, offset);
    offset += block;
    if (offset + size > archive.length) throw unusable(path, 'is cut off');
    if (kind === 'file') {
      if (files.has(path)) throw unusable(path, 'is there twice');
      files.set(path, archive.subarray(offset, offset + size));
    }
    offset += Math.ceil(size / block) * block;
  }
  return [...files].map(([path, bytes]) => ({ path, bytes }));
}

function readHeader(header: Buffer, offset: number): { path: string; size: number; kind: 'file' | 'folder' } {
  if (text(header, 257, 5) !== 'ustar' || octal(header, 148, 8) !== checksum(header))
    throw new BundleError('bundle-unusable', `no tar header at byte ${offset}`);
  // GNU tar keeps other things where POSIX has the prefix.
  const prefix = header[262] === 0 ? text(header, 345, 155) : '';
  const name = `${prefix === '' ? '' : `${prefix}/`}${text(header, 0, 100)}`;
  const type = String.fromCharCode(header[156] ?? 0);
  if (type !== '0' && type !== '\0' && type !== '5')
    throw unusable(name, `is of type "${type}"; files and folders only`);
  const size = octal(header, 124, 12);
  if (!Number.isSafeInteger(size)) throw unusable(name, 'has no size');
  return { path: safePath(name), size: type === '5' ? 0 : size, kind: type === '5' ? 'folder' : 'file' };
}

function safePath(name: string): string {
  const segments = name
    .replace(/\/$/, '')
    .split('/')
    .filter((segment) => segment !== '.');
  const isSafe = !name.startsWith('/') && !/[\\\p{Cc}]/u.test(name);
  if (!isSafe || segments.some((segment) => segment === '' || segment === '..'))
    throw unusable(name, 'leads out of its folder');
  return segments.join('/');
}

function text(header: Buffer, from: number, length: number): string {
  const field = header.subarray(from, from + length);
  const end = field.indexOf(0);
  return field.subarray(0, end === -1 ? length : end).toString('utf8');
}

const octal = (header: Buffer, from: number, length: number) => {
  const digits = text(header, from, length).trim();
  return /^[0-7]+$/.test(digits) ? parseInt(digits, 8) : NaN;
};

/** Of a header whose own checksum counts as spaces. */
const checksum = (header: Buffer) =>
  header.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 0x20 : byte), 0);

const unusable = (name: string, what: string) =>
  new BundleError('bundle-unusable', `${JSON.stringify(name)} ${what}`);
