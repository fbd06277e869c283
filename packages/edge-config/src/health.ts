import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { Config } from '@vestibule/config';
import { kamcmd } from './commands.ts';
import type { EdgePaths } from './kamailio/settings.ts';

/** Whether Kamailio answers on its control socket. */
export async function isKamailioUp(paths: EdgePaths): Promise<boolean> {
  return (await run(kamcmd(paths, 'core.uptime'))) !== undefined;
}

/**
 * Whether RTPEngine answers `ping` on its NG port: a cookie, a space and a bencoded dictionary, and the same cookie
 * back. False after `timeout` ms. `from`: an address of this machine's.
 */
export async function isRtpengineUp(
  { edge }: Config,
  // On an edge host the packet filter lets nothing but the private address reach NG.
  { timeout = 500, from = edge.private.address } = {},
): Promise<boolean> {
  const socket = createSocket('udp4');
  const cookie = `health_${process.pid}`;
  try {
    socket.bind(0, from);
    await once(socket, 'listening');
    socket.send(`${cookie} d7:command4:pinge`, edge.private.control, edge.private.address);
    const [answer] = (await once(socket, 'message', { signal: AbortSignal.timeout(timeout) })) as [Buffer];
    return answer.toString('latin1').startsWith(`${cookie} d6:result4:pong`);
  } catch {
    return false;
  } finally {
    socket.close();
  }
}

/** Standard output, or undefined when the command fails. */
function run([program, ...args]: readonly [string, ...string[]]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: 2000 }, (error, stdout) => resolve(error ? undefined : stdout));
  });
}
