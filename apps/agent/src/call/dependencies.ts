import type { VAD } from '@livekit/agents';
import type { Config } from '@vestibule/config';
import type { Clock, Logger } from '@vestibule/core';
import type { Definition } from '@vestibule/questionnaire';
import type { Archive, CallKeys, CallLog, Journal, LogStore, Signer } from '@vestibule/record';
import type { RoomServiceClient, SipClient } from 'livekit-server-sdk';
import type { CallBacks } from '../call-back/call-backs.ts';
import type { Meaning } from '../meaning/meaning.ts';
import type { KeptSpeech } from '../speech/kept-speech.ts';
import type { Models } from '../speech/models.ts';
import type { Standing } from '../thinking/standing.ts';
import type { Prepared } from '../speech/prepared.ts';
import type { Connect } from '../tools/tool-line.ts';
import type { CallFacts } from './caller.ts';
import type { LastCalls } from './last-calls.ts';
import type { LiveCalls } from './live-calls.ts';

/** What a worker gives each of its calls. */
export interface CallDependencies {
  config: Config;
  livekit: { url: string; key: string; secret: string };
  rooms: RoomServiceClient;
  /** How staff are called, where the configuration has any. `key` signs what the edge wants of such a call. */
  staff: { sip: SipClient; key: string } | undefined;
  /** From now on caller and staff are among themselves in the room. */
  leaveToStaff: (room: string) => Promise<void>;
  store: LogStore;
  keys: CallKeys;
  signer: Signer;
  journal: Journal;
  live: LiveCalls;
  /** undefined when callers who were cut off begin anew. */
  lastCalls: LastCalls | undefined;
  /** undefined when nobody is called back. */
  callBacks: CallBacks | undefined;
  archive: Archive;
  vad: VAD;
  models: () => Promise<Models>;
  /** undefined where no encoder is installed. */
  meaning: Meaning | undefined;
  /** Which language models are worth asking. */
  standing: Standing;
  /** Words that are needed when nothing can be waited for; undefined where they could not be made into speech. */
  prepared: Record<'apology' | 'holding' | 'outage', Prepared | undefined>;
  /** What all calls say alike, as the voice says it. */
  kept: KeptSpeech;
  definitionFor: (dialled: string) => Promise<Definition>;
  connectTools: (facts: CallFacts, log: CallLog) => Connect;
  clock: Clock;
  logger: Logger;
}

/** The organisation's day at that time, YYYY-MM-DD: what "today" means to a caller. */
export function dayAt(ms: number, { organisation }: Config): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: organisation.timezone }).format(ms);
}
