import { createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Config } from '@vestibule/config';
import { type Clock, CodedError, type Logger } from '@vestibule/core';
import { type EdgePaths, endCall } from '@vestibule/edge-config';
import { EdgeHost } from './edge-host.ts';
import { Forks } from './forks/forks.ts';
import { controlServer, type Credentials, listen } from './http/server.ts';
import { LegWatch } from './legs/leg-watch.ts';
import { exposition } from './metrics/edge-metrics.ts';
import { NgClient } from './ng/ng-client.ts';

export interface RunningControl {
  url: string;
  /** Reads certificate and authorities again; connections that are up keep theirs. */
  reload(): Promise<void>;
  /** Answers what is under way, then ends. */
  stop(): Promise<void>;
}

export interface ControlDependencies {
  config: Config;
  paths: EdgePaths;
  clock: Clock;
  logger: Logger;
}

type Control = NonNullable<Config['edge']['control']>;

/** @throws CodedError `not-configured` when vestibule.yaml has no edge.control. */
export async function startControl(dependencies: ControlDependencies): Promise<RunningControl> {
  const { config, paths, clock, logger } = dependencies;
  const { zone, private: inner, control } = config.edge;
  if (control === undefined) throw new CodedError('not-configured', 'edge.control: is missing');
  const publicKey = createPublicKey(await readFile(control.grants));
  const credentials = await readCredentials(control);
  const { address, control: port } = inner;
  const ng = await NgClient.open({ address, port, from: address });
  const { consumers } = control;
  const watch = new LegWatch({
    ng,
    privateAddress: address,
    endCall: (dialog) => endCall(paths, dialog),
    clock,
    logger,
  });
  const host = new EdgeHost(config, paths, ng);
  const server = controlServer({
    parts: {
      forks: new Forks({ ng, privateAddress: address, consumers }),
      host,
      metrics: async () => exposition(await host.snapshot(clock.now()), zone, watch.ended),
    },
    authority: { zone, publicKey },
    credentials,
    clock,
    logger,
  });
  const bound = await listen(server, address, control.port);
  const watching = watch.run();
  return {
    url: `https://${address}:${bound}`,
    reload: async () => server.setSecureContext(await readCredentials(control)),
    stop: async () => {
      watch.stop();
      await watching;
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeIdleConnections();
      });
      ng.close();
    },
  };
}

async function readCredentials({ certificate, key, authorities }: Control): Promise<Credentials> {
  const [cert, keyPem, ca] = await Promise.all([certificate, key, authorities].map((file) => readFile(file)));
  return { cert: cert!, key: keyPem!, ca: ca! };
}
