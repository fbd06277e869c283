import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestLiveKit } from './livekit-server.ts';

/** The bridge as it is deployed: `node src/main.ts`, on a free port. */
export interface BridgeProcess {
  pid: number;
  local: { address: string; port: number };
  kill: (signal: NodeJS.Signals) => void;
  /** The exit code, once it has ended. */
  exit: Promise<number | null>;
}

export async function startBridge(livekit: TestLiveKit): Promise<BridgeProcess> {
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, '..', 'src', 'main.ts')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      LIVEKIT_URL: livekit.url,
      LIVEKIT_API_KEY: livekit.apiKey,
      LIVEKIT_API_SECRET: livekit.apiSecret,
      SIP_BRIDGE_REDIS: livekit.redis,
      SIP_BRIDGE_LISTEN: '127.0.0.1:0',
      SIP_BRIDGE_RTP_PORTS: '0-0',
    },
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const ready = new Promise<string>((resolve, reject) => {
    const lines = createInterface({ input: child.stderr! });
    lines.on('line', (line) => {
      const listen = line.match(/"message":"ready".*"listen":"([^"]+)"/)?.[1];
      if (listen !== undefined) resolve(listen);
      if (process.env['TEST_LOG']) process.stderr.write(`${line}\n`);
    });
    void exit.then((code) => reject(new Error(`the bridge ended with ${code}`)));
  });
  const [address = '', port] = (await ready).split(':');
  return {
    pid: child.pid!,
    local: { address, port: Number(port) },
    kill: (signal) => child.kill(signal),
    exit,
  };
}
