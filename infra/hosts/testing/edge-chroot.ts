import { type ChildProcess, execFile, spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { reached } from './two-namespaces.ts';

const run = promisify(execFile);
const here = import.meta.dirname;

/** Whose programs: this machine's and this clone, or those of a root file system that `image/install.sh` has been run in. */
const image = process.env['VESTIBULE_TEST_IMAGE'] ?? '/';
const project = image === '/' ? join(here, '../../..') : join(image, 'opt/vestibule');

const folders = [
  ...['dev', 'opt/vestibule', 'proc', 'run', 'sys', 'tmp', 'usr', 'var/lib', 'var/spool/rtpengine'],
  ...['etc/vestibule', 'etc/systemd/system', 'etc/systemd/network', 'usr-local-sbin', 'stand-in/objects'],
];

/**
 * An edge host: a chroot with /etc, /var and /run of its own and the project in /opt/vestibule, in a network
 * namespace. AWS, systemd and the journal are stand-ins (`shims/`), Kamailio and RTPEngine are not.
 */
export class EdgeChroot {
  readonly root = mkdtempSync(join(tmpdir(), 'vestibule-edge-'));
  readonly #namespace: string;
  readonly #launched: ChildProcess[] = [];

  constructor(namespace: string) {
    this.#namespace = namespace;
  }

  async start(): Promise<this> {
    for (const folder of folders) mkdirSync(join(this.root, folder), { recursive: true });
    symlinkSync('../run', join(this.root, 'var/run'));
    for (const name of ['bin', 'lib', 'lib64', 'sbin'])
      await run('cp', ['-a', join(image, name), join(this.root, name)]);
    for (const name of ['passwd', 'nsswitch.conf', 'ssl', 'alternatives', 'ld.so.cache'])
      await run('cp', ['-a', join(image, 'etc', name), join(this.root, 'etc', name)]);
    const groups = readFileSync(join(image, 'etc/group'), 'utf8').replace(/^vestibule:.*\n/m, '');
    this.write('etc/group', `${groups}vestibule:x:64999:\n`);
    this.write('stand-in/calls', '');
    for (const name of ['aws', 'systemctl', 'journalctl', 'kamcmd'])
      copyFileSync(join(here, 'shims', name), join(this.root, 'stand-in', name));
    copyFileSync(join(image, 'usr/sbin/kamcmd'), join(this.root, 'stand-in/kamcmd-itself'));
    return this;
  }

  /** Runs a program in it. Rejects, with its words in `stderr`, when it fails. */
  run(program: string, ...args: string[]): Promise<{ stdout: string; stderr: string }> {
    const [command, ...rest] = this.#command(program, args);
    return run(command!, rest, { env: this.#env, timeout: 120_000 });
  }

  /** Starts a program in it that `stop` ends. */
  launch(program: string, ...args: string[]): ChildProcess {
    const [command, ...rest] = this.#command(program, args);
    const child = spawn(command!, rest, { env: this.#env, stdio: 'ignore' });
    this.#launched.push(child);
    return child;
  }
  write(path: string, content: string | Uint8Array, mode = 0o644): void {
    mkdirSync(join(this.root, path, '..'), { recursive: true });
    writeFileSync(join(this.root, path), content);
    chmodSync(join(this.root, path), mode);
  }

  read = (path: string): string => readFileSync(join(this.root, path), 'utf8');
  has = (path: string): boolean => existsSync(join(this.root, path));
  /** What the AWS CLI was asked, a line each. */
  asked = (): string[] => this.read('stand-in/calls').split('\n').slice(0, -1);

  /** Ends whatever runs in its namespace. */
  async stop(): Promise<void> {
    for (const child of this.#launched) child.kill();
    // Whatever still runs there: daemons, and what scripts have started.
    const { stdout } = await run('ip', ['netns', 'pids', this.#namespace]);
    for (const pid of stdout.split('\n').filter((line) => line !== '')) process.kill(Number(pid), 'SIGKILL');
    rmSync(this.root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  readonly #env = {
    PATH: '/stand-in:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: '/',
    VESTIBULE_POLL_SECONDS: '0.2',
    VESTIBULE_HEARTBEAT_SECONDS: '1',
    VESTIBULE_EC2_URL: `http://${reached.endpoint}/`,
  };

  /** `ip netns exec` gives it mounts of its own, which are gone with it. */
  #command(program: string, args: readonly string[]): string[] {
    const mounts = [
      `mount --rbind ${join(image, 'usr')} ${this.root}/usr`,
      `mount --rbind /dev ${this.root}/dev`,
      `mount --bind ${this.root}/stand-in/kamcmd ${this.root}/usr/sbin/kamcmd`,
      `mount --bind ${this.root}/usr-local-sbin ${this.root}/usr/local/sbin`,
      `mount -t proc proc ${this.root}/proc`,
      `mount --bind ${project} ${this.root}/opt/vestibule`,
      `exec chroot ${this.root} "$@"`,
    ].join(' && ');
    return ['ip', 'netns', 'exec', this.#namespace, 'bash', '-c', mounts, '-', program, ...args];
  }
}
