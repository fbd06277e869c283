import { type ChildProcess, execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { credentials } from './sigv4.ts';
import { startVpc } from './vpc-process.ts';
import type { Call, World } from './vpc-stand-in.ts';

const run = promisify(execFile);

export const addresses = { host: '10.20.1.77', outer: '10.20.0.10', inner: '10.20.1.10' } as const;
/** Who is reached by way of the router. */
export const reached = {
  ...{ carrier: '54.172.60.1', livekit: '10.20.4.11', endpoint: '10.20.3.5', resolver: '10.20.0.2' },
  metadata: '169.254.169.254',
} as const;
const macs = { host: '0a:00:00:00:00:01', outer: '0a:00:00:00:00:02', inner: '0a:00:00:00:00:03' } as const;

/** A host with its own interface and a router that holds the two pinned ones, each in a network namespace. */
export class TwoNamespaces {
  readonly host: string;
  readonly router: string;
  /** Stands for the host's `/`. */
  readonly root = mkdtempSync(join(tmpdir(), 'vestibule-host-'));
  readonly calls: Call[] = [];
  #standIn: ChildProcess | undefined;

  constructor(name: string) {
    this.host = `${name}-host`;
    this.router = `${name}-vpc`;
  }

  async start(plan: string): Promise<this> {
    mkdirSync(join(this.root, 'etc/vestibule'), { recursive: true });
    mkdirSync(join(this.root, 'etc/systemd/network'), { recursive: true });
    writeFileSync(join(this.root, 'etc/vestibule/interfaces'), plan);
    for (const name of [this.host, this.router]) {
      await run('ip', ['netns', 'add', name]);
      await run('ip', ['-n', name, 'link', 'set', 'lo', 'up']);
    }
    for (const [name, mac] of Object.entries(macs)) await this.#cable(name as keyof typeof macs, mac);
    for (const address of Object.values(reached))
      await run('ip', ['-n', this.router, 'address', 'add', address, 'dev', 'lo']);
    await run('ip', ['-n', this.router, 'link', 'set', 'h-host', 'netns', this.host]);
    await this.inHost('ip', 'link', 'set', 'h-host', 'up');
    await this.inHost('ip', 'address', 'add', `${addresses.host}/24`, 'dev', 'h-host');
    await this.inHost('ip', 'route', 'add', 'default', 'via', '10.20.1.1', 'metric', '1024');
    await this.#startStandIn();
    return this;
  }

  inHost = async (program: string, ...args: string[]): Promise<string> =>
    (await run('ip', ['netns', 'exec', this.host, program, ...args])).stdout;

  inRouter = async (program: string, ...args: string[]): Promise<string> =>
    (await run('ip', ['netns', 'exec', this.router, program, ...args])).stdout;

  /** Runs `interfaces.sh` on the host. Rejects, with its words in `stderr`, when it fails. */
  takeInterfaces(seconds = 20): Promise<{ stderr: string }> {
    const script = new URL('../interfaces.sh', import.meta.url).pathname;
    const env = {
      PATH: process.env['PATH'],
      VESTIBULE_ROOT: this.root,
      VESTIBULE_EC2_URL: `http://${reached.endpoint}/`,
      VESTIBULE_ATTACH_SECONDS: String(seconds),
      VESTIBULE_POLL_SECONDS: '0.1',
    };
    return run('ip', ['netns', 'exec', this.host, 'bash', script], { env });
  }

  change: (world: Partial<World>) => void = () => undefined;

  interfaces = (holder?: string): World['interfaces'] => ({
    'eni-outer': { device: 'h-outer', mac: macs.outer, ...(holder === undefined ? {} : { holder }) },
    'eni-inner': { device: 'h-inner', mac: macs.inner, ...(holder === undefined ? {} : { holder }) },
  });

  async stop(): Promise<void> {
    this.#standIn?.stdin?.end();
    for (const name of [this.host, this.router])
      await run('ip', ['netns', 'delete', name]).catch(() => undefined);
    rmSync(this.root, { recursive: true });
  }

  /** The router has the subnet's first address on each, and answers for everything behind it. */
  async #cable(name: keyof typeof macs, mac: string): Promise<void> {
    const { router } = this;
    await run('ip', [
      '-n',
      router,
      'link',
      'add',
      `r-${name}`,
      'type',
      'veth',
      'peer',
      'name',
      `h-${name}`,
      'address',
      mac,
    ]);
    await run('ip', ['-n', router, 'link', 'set', `r-${name}`, 'up']);
    const gateway = name === 'outer' ? '10.20.0.1' : '10.20.1.1';
    await run('ip', ['-n', router, 'address', 'add', `${gateway}/32`, 'dev', `r-${name}`]);
    await run('ip', ['-n', router, 'route', 'add', `${addresses[name]}/32`, 'dev', `r-${name}`]);
  }

  async #startStandIn(): Promise<void> {
    const { child, change } = await startVpc(this.router, this.host, (call) => this.calls.push(call));
    this.#standIn = child;
    this.change = change;
    const { key, secret, token } = credentials;
    const role = { AccessKeyId: key, SecretAccessKey: secret, Token: token };
    this.change({
      metadata: {
        'placement/region': 'us-east-1',
        'instance-id': 'i-new',
        mac: macs.host,
        'local-ipv4': addresses.host,
        [`network/interfaces/macs/${macs.host}/subnet-ipv4-cidr-block`]: '10.20.1.0/24',
        'iam/security-credentials/': 'edge',
        'iam/security-credentials/edge': JSON.stringify(role, null, 2),
      },
      instances: { 'i-new': 'running' },
      interfaces: this.interfaces(),
    });
  }
}
