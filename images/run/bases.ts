import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { copyTree } from './copy.ts';
import { RunError } from './errors.ts';
import { commandOf } from './namespace.ts';

/** Where trees are kept between runs. */
export const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'vestibule/images');

/** npm as it comes with the Node of the image. */
const npm = 'npm@11.16.0';

/** Packages of distroless' cc image, by its own description of it. */
const distroless =
  'base-files ca-certificates gcc-12-base libc6 libgcc-s1 libgomp1 libssl3 libstdc++6 netbase tzdata';

/**
 * A tree that stands in for a base image where no registry of images can be reached: the same Debian release with the same packages, made by
 * debootstrap; not the image that the digest names. Kept in `cache`.
 * @param root of the repository, whose Node is taken. @throws RunError `not-possible`
 */
export function baseTree(image: string, root: string): string {
  const name = image.split('@')[0]!;
  if (/^node:[\d.]+-bookworm-slim$/.test(name)) return once(name, (at) => nodeTree(name, root, at));
  if (name === 'gcr.io/distroless/cc-debian12:nonroot') return once(name, distrolessTree);
  throw new RunError('not-possible', `nothing stands in for ${image}. See images/run/bases.ts`);
}

/** Half a tree is never taken for a whole one. */
function once(name: string, make: (at: string) => void): string {
  const tree = join(cache, name.replace(/\W+/g, '-'));
  if (existsSync(tree)) return tree;
  mkdirSync(cache, { recursive: true });
  const partial = `${tree}.${process.pid}`;
  rmSync(partial, { recursive: true, force: true });
  make(partial);
  renameSync(partial, tree);
  return tree;
}

const debian = () =>
  once('debian:bookworm-minbase', (at) => {
    run('debootstrap', debootstrap(), '--variant=minbase', 'bookworm', at);
    run('apt-get update', 'chroot', at, 'apt-get', 'update', '--quiet');
  });

/** Debian's own, or its script fetched beside the trees, so that the machine is left as it is. */
function debootstrap(): string {
  const found = ['/usr/sbin/debootstrap', join(cache, 'debootstrap/usr/sbin/debootstrap')];
  const there = found.find((path) => existsSync(path));
  if (there !== undefined) return there;
  const folder = join(cache, 'debootstrap');
  mkdirSync(folder, { recursive: true });
  run(
    'apt-get download debootstrap',
    'sh',
    '-c',
    `cd ${folder} && apt-get download debootstrap && dpkg-deb -x *.deb .`,
  );
  process.env['DEBOOTSTRAP_DIR'] = join(folder, 'usr/share/debootstrap');
  return found[1]!;
}

/** Node of the tag's version, from npm as everywhere here, with npm beside it. */
function nodeTree(name: string, root: string, at: string): void {
  const arch = process.arch === 'arm64' ? 'arm64' : 'x64';
  const node = join(root, `node_modules/node-linux-${arch}/bin/node`);
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  if (name !== `node:${version.slice(1)}-bookworm-slim`)
    throw new RunError(
      'not-possible',
      `the base is ${name}, but node_modules has Node ${version}. Make them the same`,
    );
  copyTree(debian(), at);
  cpSync(node, join(at, 'usr/local/bin/node'));
  const modules = join(at, 'usr/local/lib/node_modules');
  mkdirSync(join(modules, 'npm'), { recursive: true });
  run('npm pack', 'npm', 'pack', '--silent', '--pack-destination', modules, npm);
  const [file] = readdirSync(modules).filter((each) => each.endsWith('.tgz'));
  run('tar', 'tar', '-xzf', join(modules, file!), '-C', join(modules, 'npm'), '--strip-components=1');
  rmSync(join(modules, file!));
  symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(at, 'usr/local/bin/npm'));
}

/** What is in the packages, unpacked without running their scripts, and a user. */
function distrolessTree(at: string): void {
  const from = debian();
  const packages = '/var/cache/vestibule';
  mkdirSync(join(from, packages), { recursive: true });
  const [program, ...args] = commandOf({
    root: from,
    argv: ['sh', '-c', `cd ${packages} && apt-get download --quiet ${distroless}`],
    user: '0:0',
    workdir: '/',
    readOnly: false,
    mounts: [{ kind: 'bind', from: '/etc/resolv.conf', at: '/etc/resolv.conf', readOnly: true }],
  });
  run('apt-get download', program!, ...args);
  // Debian 12 has one /usr; so have the packages' paths here.
  for (const folder of ['bin', 'lib', 'sbin']) {
    mkdirSync(join(at, 'usr', folder), { recursive: true });
    symlinkSync(`usr/${folder}`, join(at, folder));
  }
  if (process.arch !== 'arm64') {
    mkdirSync(join(at, 'usr/lib64'));
    symlinkSync('usr/lib64', join(at, 'lib64'));
  }
  for (const file of readdirSync(join(from, packages)))
    run(
      file,
      'sh',
      '-c',
      'dpkg-deb --fsys-tarfile "$1" | tar --extract --keep-directory-symlink --directory "$2"',
      'sh',
      join(from, packages, file),
      at,
    );
  authorities(at);
  for (const folder of ['dev', 'etc', 'home/nonroot', 'proc', 'tmp'])
    mkdirSync(join(at, folder), { recursive: true });
  run('chmod', 'chmod', '1777', join(at, 'tmp'));
  writeFileSync(
    join(at, 'etc/passwd'),
    'root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n',
  );
  writeFileSync(join(at, 'etc/group'), 'root:x:0:\nnonroot:x:65532:\n');
}

/** What the script of ca-certificates makes. */
function authorities(at: string): void {
  const folder = join(at, 'usr/share/ca-certificates/mozilla');
  const all = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  mkdirSync(join(at, 'etc/ssl/certs'), { recursive: true });
  writeFileSync(join(at, 'etc/ssl/certs/ca-certificates.crt'), all.join(''));
}

function run(what: string, program: string, ...args: string[]): void {
  try {
    execFileSync(program, args, { stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 << 20 });
  } catch (cause) {
    const { stdout, stderr, message } = cause as { stdout?: Buffer; stderr?: Buffer; message: string };
    const said = `${stdout?.toString() ?? ''}${stderr?.toString() ?? message}`
      .trim()
      .split('\n')
      .slice(-5)
      .join('\n');
    throw new RunError(
      'not-possible',
      `${what} failed. Debian's and npm's registries must be there (apt-get update), and root:\n${said}`,
      { cause },
    );
  }
}
