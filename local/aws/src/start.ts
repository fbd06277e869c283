import { jsonLogger, systemClock, type Clock, type Logger } from '@vestibule/core';
import { bedrockOperations } from './bedrock/operations.ts';
import type { Environment } from './environment.ts';
import { EventLog } from './events/event-log.ts';
import { eventControl, eventsOperations } from './events/operations.ts';
import { KeyStore } from './kms/key-store.ts';
import { kmsOperations } from './kms/operations.ts';
import { pollyOperations } from './polly/operations.ts';
import { Synthesiser } from './polly/synthesiser.ts';
import { openRecogniser, startRecogniserProcess } from './recogniser/index.ts';
import { createApp } from './server/app.ts';
import { certificateIn } from './server/certificate.ts';
import { faultControl } from './server/fault-control.ts';
import { FaultPlan } from './server/faults.ts';
import { Latency } from './server/latency.ts';
import { listen } from './server/listener.ts';
import { transcribeOperations, type TranscribeOptions } from './transcribe/operations.ts';
import { Vocabularies } from './transcribe/vocabularies.ts';

export interface LocalAws {
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

export interface Parts {
  readonly clock?: Clock;
  readonly log?: Logger;
  /** Stands for the recogniser's sidecar, which is then not started. */
  readonly recognise?: TranscribeOptions['recognise'];
}

/** Language models that the recogniser brings itself. */
const languageModels = ['intake', 'prompts'];

/**
 * Starts the recogniser's sidecar and the services on one port.
 * @throws CodedError `unusable-file` when keys or events cannot be kept where they should be, `did-not-start` when the
 * recogniser does not.
 */
export async function startLocalAws(environment: Environment, parts: Parts = {}): Promise<LocalAws> {
  const { clock = systemClock, log = jsonLogger('local-aws') } = parts;
  const store = await KeyStore.open(environment.kmsKeys, clock.now());
  const events = await EventLog.open(environment.eventsFile);
  const sidecar = parts.recognise ? undefined : await startRecogniserProcess();
  const recognise: TranscribeOptions['recognise'] =
    parts.recognise ?? ((options) => openRecogniser({ ...options, socket: sidecar?.socket ?? '' }));
  const latency = new Latency(environment.latency, environment.seed, clock);
  const vocabularies = new Vocabularies(environment.vocabularies);
  const faults = new FaultPlan();
  const app = createApp({
    operations: [
      ...transcribeOperations({ latency, vocabularies, recognise, languageModels }),
      ...bedrockOperations({ latency }),
      ...pollyOperations({ latency, synthesiser: new Synthesiser() }),
      ...kmsOperations({ store, clock }),
      ...eventsOperations({ log: events, clock }),
    ],
    controls: new Map([
      ['/_local/faults', faultControl(faults)],
      ['/_local/events', eventControl(events)],
    ]),
    credentials: environment.credentials,
    faults,
    clock,
    log,
  });
  const certificate =
    environment.certificates === undefined ? undefined : await certificateIn(environment.certificates);
  const listener = await listen(environment.listen, app, certificate);
  return {
    host: listener.host,
    port: listener.port,
    close: async () => {
      await listener.close();
      await sidecar?.stop();
    },
  };
}
