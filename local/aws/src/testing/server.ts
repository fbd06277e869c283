import { jsonLogger, type Clock } from '@vestibule/core';
import { startLocalAws, type LocalAws } from '../start.ts';
import type { TranscribeOptions } from '../transcribe/operations.ts';
import { credentials } from './clients.ts';
import { scriptedRecogniser } from './scripted-recogniser.ts';

export interface TestServer extends LocalAws {
  /** Lines that were logged at `warn` or above: none are expected. */
  readonly logged: readonly string[];
  /** Plans a fault, as `POST /_local/faults` does. */
  plan(fault: object): Promise<Response>;
}

export async function startTestServer(
  options: {
    clock?: Clock;
    recognise?: TranscribeOptions['recognise'];
    vocabularies?: string;
    certificates?: string;
    latency?: 'measured' | 'zero';
    kmsKeys?: string;
    eventsFile?: string;
  } = {},
): Promise<TestServer> {
  const logged: string[] = [];
  const {
    clock,
    recognise = scriptedRecogniser('hello there').recognise,
    vocabularies = 'none',
    certificates,
    latency = 'zero',
    kmsKeys,
    eventsFile,
  } = options;
  const server = await startLocalAws(
    {
      listen: { host: '127.0.0.1', port: 0 },
      latency,
      seed: 1,
      credentials,
      vocabularies,
      ...(certificates === undefined ? {} : { certificates }),
      ...(kmsKeys === undefined ? {} : { kmsKeys }),
      ...(eventsFile === undefined ? {} : { eventsFile }),
    },
    {
      recognise,
      log: jsonLogger('local-aws', { level: 'warn', write: (line) => logged.push(line) }),
      ...(clock === undefined ? {} : { clock }),
    },
  );
  const plan = (fault: object) =>
    fetch(`http://127.0.0.1:${server.port}/_local/faults`, { method: 'POST', body: JSON.stringify(fault) });
  return { ...server, logged, plan };
}

/** The name under which a client raised an error. */
export async function errorNameOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'no error',
    (error: unknown) => (error instanceof Error ? error.name : typeof error),
  );
}
