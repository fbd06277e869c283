import type { Clock } from '@vestibule/core';
import {
  chooseFormat,
  decodeG711,
  frameMs,
  frameSamples,
  Pacer,
  parseSdp,
  type PortRange,
  type RtpPacket,
  RtpSession,
} from '@vestibule/local-telephony';
import { summarise, TurnMeter } from './meter.ts';
import { Recorder } from './recorder.ts';
import { SpeechDetector, type SpeechEdge } from './speech-detector.ts';

export interface LineHooks {
  /** Every 20 ms: what to say now; undefined is silence. */
  nextFrame(): Int16Array | undefined;
  /** Every 20 ms: what is heard now, and whether it is speech. */
  onFrame(samples: Int16Array, agentSpeaking: boolean): void;
  onDigit(digit: string): void;
  /** Speech edges and turn latencies, ms on the RTP clock. */
  onCallerSpeech(kind: SpeechEdge['kind'], rtpMs: number): void;
  onAgentSpeech(kind: SpeechEdge['kind'], rtpMs: number, latencyMs: number | undefined): void;
}

const silence = new Int16Array(frameSamples);

/**
 * The caller's audio: RTP both ways, the recording, and the times. Two ears listen to the agent: one at the jitter
 * buffer's end, for the person; one on the packets as they arrive, for the meter (a buffer's delay is ours, not the
 * agent's). Times count from the first packet sent.
 */
export class Line {
  readonly recorder = new Recorder();
  readonly #session: RtpSession;
  readonly #clock: Clock;
  readonly #hooks: LineHooks;
  readonly #meter = new TurnMeter();
  readonly #caller = new SpeechDetector();
  readonly #agentHeard = new SpeechDetector();
  readonly #agentArriving = new SpeechDetector();
  readonly #arrivals: number[] = [];
  readonly #departures: number[] = [];
  #firstSentAt: number | undefined;
  #firstAgentSpeechAt: number | undefined;
  #frames = 0;
  /** The other side does not want to hear us. */
  #held = false;

  private constructor(session: RtpSession, clock: Clock, hooks: LineHooks) {
    this.#session = session;
    this.#clock = clock;
    this.#hooks = hooks;
  }

  /** @throws CodedError `no-free-port`. */
  static async open(
    options: { address: string; ports: PortRange; clock: Clock; random: () => number },
    hooks: LineHooks,
  ): Promise<Line> {
    const made: { line?: Line } = {};
    const session: RtpSession = await RtpSession.open({
      ...options,
      pacer: new Pacer(options.clock),
      nextFrame: () => made.line?.sendFrame(),
      onFrame: (samples) => made.line?.hearFrame(samples),
      onDigit: (digit) => hooks.onDigit(digit),
      tap: (direction, packet, at) => made.line?.seePacket(direction, packet, at),
    });
    made.line = new Line(session, options.clock, hooks);
    return made.line;
  }

  get port(): number {
    return this.#session.port;
  }

  /** Position on the RTP clock, ms; undefined before the first frame. */
  get rtpMs(): number | undefined {
    return this.#firstSentAt === undefined ? undefined : this.#frames * frameMs;
  }

  /** Monotonic ms at which the agent was first heard to speak. */
  get firstAgentSpeechAt(): number | undefined {
    return this.#firstAgentSpeechAt;
  }

  get latencies() {
    return summarise(this.#meter.turns);
  }

  get packets() {
    const { packetsSent: sent, packetsReceived: received, jitter } = this.#session;
    return { sent, received, late: jitter.late };
  }

  /** @throws CodedError `malformed-sdp`, `no-common-codec`. */
  start(sdp: string): { codec: string; keys: boolean; direction: string } {
    const answer = parseSdp(sdp);
    const format = chooseFormat(answer, ['PCMU', 'PCMA']);
    this.#held = answer.direction === 'sendonly' || answer.direction === 'inactive';
    // To port 0 a session sends nothing.
    this.#session.start(this.#held ? { ...answer.audio, port: 0 } : answer.audio, format);
    return { codec: format.codec, keys: format.eventPayloadType !== undefined, direction: answer.direction };
  }

  pressKeys(digits: string): void {
    this.#meter.keysPressed();
    this.#session.sendDigits(digits);
  }

  get pressing(): boolean {
    return this.#session.sendingDigits;
  }

  close(): void {
    this.#session.close();
  }

  sendFrame(): Int16Array {
    const frame = this.#hooks.nextFrame() ?? silence;
    this.recorder.sent(frame);
    // A frame that never passes the socket keeps its place among the departures.
    if (this.#held) this.#departures.push(this.#clock.monotonic());
    const edge = this.#caller.push(frame);
    if (edge) this.#onCaller(edge);
    return frame;
  }

  hearFrame(samples: Int16Array): void {
    this.#frames += 1;
    this.recorder.heard(samples);
    this.#agentHeard.push(samples);
    this.#hooks.onFrame(samples, this.#agentHeard.speaking);
  }

  seePacket(direction: 'in' | 'out', packet: RtpPacket, at: number): void {
    if (packet.payloadType !== 0 && packet.payloadType !== 8) return;
    if (direction === 'out') {
      this.#firstSentAt ??= at;
      this.#departures.push(at);
      return;
    }
    this.#arrivals.push(at);
    const edge = this.#agentArriving.push(
      decodeG711(packet.payloadType === 0 ? 'PCMU' : 'PCMA', packet.payload),
    );
    if (edge) this.#onAgent(edge);
  }

  /** Both sides are timed by when packets pass the socket: on a machine too busy to keep the pace, frames are not. */
  #onCaller({ kind, frame }: SpeechEdge): void {
    const at = this.#sinceFirst(this.#departures[frame]) + (kind === 'end' ? frameMs : 0);
    if (kind === 'start') this.#meter.callerStarted();
    else this.#meter.callerEnded(at);
    this.#hooks.onCallerSpeech(kind, at);
  }

  #onAgent({ kind, frame }: SpeechEdge): void {
    const arrival = this.#arrivals[frame];
    const at = this.#sinceFirst(arrival) + (kind === 'end' ? frameMs : 0);
    if (kind === 'end') {
      this.#meter.agentEnded();
      return this.#hooks.onAgentSpeech(kind, at, undefined);
    }
    this.#firstAgentSpeechAt ??= arrival;
    this.#hooks.onAgentSpeech(kind, at, this.#meter.agentStarted(at));
  }

  #sinceFirst(at: number | undefined): number {
    const first = this.#firstSentAt ?? at ?? 0;
    return Math.round((at ?? first) - first);
  }
}
