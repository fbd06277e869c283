import { execFile } from 'node:child_process';
import { CodedError } from '@vestibule/core';
import { kamcmd } from '../commands.ts';
import type { EdgePaths } from '../kamailio/settings.ts';

export type RpcErrorCode = 'kamailio-silent' | 'rpc-refused';

/**
 * Asks a running Kamailio by kamcmd, and returns its words.
 * @throws CodedError `kamailio-silent` when nobody answers on the control socket, `rpc-refused` with Kamailio's reason
 */
export async function rpc(paths: EdgePaths, ...command: string[]): Promise<string> {
  const [program, ...args] = kamcmd(paths, ...command);
  const { failed, stdout, stderr } = await new Promise<{ failed: boolean; stdout: string; stderr: string }>(
    (resolve) =>
      execFile(program, args, { timeout: 10_000 }, (error, out, err) =>
        resolve({ failed: error !== null, stdout: out, stderr: err }),
      ),
  );
  // kamcmd's exit status is 0 for whatever Kamailio answers.
  const refusal = /^error: \d+ - (.*)$/m.exec(stdout + stderr)?.[1];
  if (refusal !== undefined)
    throw new CodedError<RpcErrorCode>('rpc-refused', `Kamailio refuses ${command.join(' ')}: ${refusal}`);
  if (failed)
    throw new CodedError<RpcErrorCode>(
      'kamailio-silent',
      `Kamailio does not answer on ${paths.run}: is it running? systemctl status vestibule-kamailio`,
    );
  return stdout;
}
