import type { Latencies } from './meter.ts';
import type { Reaction } from './brain.ts';

/** Who ended a call; `limit` is the time that it may take at most. */
export type HangUp = 'caller' | 'agent' | 'limit';

/** What happens in a call, for a display. One JSON object a line on standard output. */
export type CarrierEvent =
  | { event: 'invite'; target: string; from: string; to: string; callSid: string; attempt: number }
  | { event: 'ring'; status: number }
  | { event: 'answer'; codec: string; keys: boolean }
  | { event: 'refused'; status: number; reason: string }
  | { event: 'unanswered' }
  | { event: 'agent-speech-start'; latencyMs?: number }
  | { event: 'agent-speech-end' }
  | { event: 'caller-speech-start' }
  | { event: 'caller-speech-end' }
  /** What the person's recogniser made of the agent's speech. */
  | { event: 'heard'; text: string; final: boolean }
  /** What the person decided, before saying it. */
  | { event: 'reacts'; why: Reaction['why'] | 'interrupts'; item?: string }
  | { event: 'says'; text: string }
  | { event: 'plays'; file: string }
  | { event: 'dtmf'; direction: 'sent' | 'received'; digits: string }
  | { event: 'hold'; direction: string }
  /** `limitMs`: the limit that ended it. */
  | { event: 'hangup'; by: HangUp; limitMs?: number }
  | ({
      event: 'summary';
      /** `failed`: our own recogniser or voice did, in the middle of it. */
      outcome: 'completed' | 'refused' | 'unanswered' | 'cancelled' | 'failed';
      /** Of a call that was answered or given up. */
      endedBy?: HangUp;
      durationMs: number;
      wav?: string;
      packets: { sent: number; received: number; late: number };
    } & Latencies);

export type TimedEvent = CarrierEvent & {
  /** Ms since the first INVITE. */
  atMs: number;
  /** Ms on the caller's RTP clock, which is the position in the recording; once audio flows. */
  rtpMs?: number;
};

export type EmitEvent = (event: CarrierEvent, rtpMs?: number) => void;
