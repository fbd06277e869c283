import { type Clock, describeError, isCodedError, type Logger } from '@vestibule/core';
import {
  type CallKeys,
  type CallLog,
  finishAudio,
  forgetAudio,
  isFinished,
  type LogStore,
  openAudioLog,
  payloadOf,
} from '@vestibule/record';
import { toMuLaw } from '../audio/g711.ts';
import { type Chunk, type Format, packChunk, recordingFile } from '../audio/recording-file.ts';
import { latenessMs, samplesPerMs, Timeline } from '../audio/timeline.ts';
import type { EdgeCall, EdgeControl, Leg } from '../edge/control-client.ts';
import { Fork } from '../edge/fork.ts';
import type { RecorderMetrics } from '../metrics.ts';
import type { RtpPacket } from '../rtp/packet.ts';
import { StreamQuality } from '../rtp/quality.ts';
import { type RtpListen, RtpReceiver } from '../rtp/receiver.ts';
import { AudioLease } from './audio-lease.ts';

export interface RecordingDependencies {
  recorder: string;
  store: LogStore;
  keys: Pick<CallKeys, 'unwrap'>;
  control: EdgeControl;
  listen: RtpListen;
  format: Format;
  metrics: Pick<RecorderMetrics, 'ended'>;
  clock: Clock;
  logger: Logger;
}

export interface CallToRecord {
  callId: string;
  edge: EdgeCall;
  /** Wall clock of the log's first entry, ms. */
  beganAt: number;
}

/**
 * Why a recording ends. `over`: the caller is gone, the file is made. `revoked`: all of it is destroyed. `left`: to another recorder.
 * `lost`: another one has it already.
 */
export type Ending = 'over' | 'revoked' | 'left' | 'lost';

/** So much audio is written at a time, ms: with what may still come late, the most that a recorder's death can cost. */
const chunkMs = 2000;
const tickMs = 100;

/** One call's audio, from the consent to the end of the call. */
export class CallRecording {
  readonly #d: RecordingDependencies;
  readonly #call: CallToRecord;
  readonly #lease: AudioLease;
  readonly #logger: Logger;
  readonly #receiver: RtpReceiver;
  readonly #fork: Fork;
  readonly #timelines: Record<Leg, Timeline>;
  readonly #heard: Record<Leg, StreamQuality> = { caller: new StreamQuality(), agent: new StreamQuality() };
  readonly #end = new AbortController();
  /** Wall clock when the monotonic one was zero: a clock that is set must not tear the recording. */
  readonly #epoch: number;
  #log: CallLog;
  #written: number;
  #isHeard = false;
  #ending: Ending | undefined;

  private constructor(
    d: RecordingDependencies,
    call: CallToRecord,
    lease: AudioLease,
    log: CallLog,
    receiver: RtpReceiver,
  ) {
    this.#d = d;
    this.#call = call;
    this.#lease = lease;
    this.#log = log;
    this.#receiver = receiver;
    receiver.onPacket = (leg, packet) => this.#take(leg, packet);
    this.#epoch = d.clock.now() - d.clock.monotonic();
    this.#logger = d.logger.with({ callId: call.callId });
    const from = this.#now();
    this.#written = from;
    this.#timelines = { caller: new Timeline(from), agent: new Timeline(from) };
    this.#fork = new Fork({
      control: d.control,
      call: call.edge,
      places: receiver.places,
      onForked: ({ caller, agent }) => receiver.expect({ caller: caller.from, agent: agent.from }),
      clock: d.clock,
      logger: this.#logger,
    });
  }

  /** @returns `held` when another recorder has the call, `finished` when its file is made. @throws RecordError; CodedError `no-port` */
  static async begin(
    d: RecordingDependencies,
    call: CallToRecord,
  ): Promise<CallRecording | 'held' | 'finished'> {
    const { store, recorder, keys, clock } = d;
    const { callId } = call;
    const lease = await AudioLease.claim(store, callId, recorder, clock);
    if (!lease) return 'held';
    try {
      const log = await openAudioLog(store, lease.lease, { callId, keys, clock });
      if (isFinished(log.entries)) {
        await lease.release();
        return 'finished';
      }
      return new CallRecording(d, call, lease, log, await RtpReceiver.open(d.listen));
    } catch (error) {
      await lease.release().catch(() => {});
      throw error;
    }
  }

  end(ending: Ending): void {
    this.#ending ??= ending;
    this.#end.abort();
  }

  /** Never rejects. */
  async run(): Promise<Ending> {
    const { clock } = this.#d;
    const left = this.#chunks().at(-1)?.subscription;
    if (left !== undefined) void this.#fork.stop(left);
    while (!this.#end.signal.aborted) {
      void this.#fork.keep();
      await this.#renew();
      this.#write(this.#now() - latenessMs * samplesPerMs, chunkMs * samplesPerMs);
      await clock.sleep(tickMs, this.#end.signal);
    }
    let ending = this.#ending ?? 'lost';
    await this.#fork.stop();
    this.#receiver.close();
    try {
      await this.#conclude(ending);
    } catch (error) {
      this.#logger.error('recording not concluded', { ending, ...describeError(error) });
      // Whoever has it next, this recorder too, does it from what is in the store.
      ending = 'lost';
    }
    this.#report(ending);
    return ending;
  }

  #report(ending: Ending): void {
    const { caller, agent } = this.#timelines;
    const legs = { caller: this.#heard.caller.quality, agent: this.#heard.agent.quality };
    this.#d.metrics.ended(ending, { zone: this.#d.control.zone, legs });
    this.#logger.info('recording ended', {
      ending,
      decision: this.#call.edge.decision,
      late: caller.late + agent.late,
      ...legs,
    });
  }

  async #conclude(ending: Ending): Promise<void> {
    const { store } = this.#d;
    if (ending === 'lost') return;
    if (ending === 'revoked') await forgetAudio(store, this.#call.callId);
    else this.#write(this.#now(), 1);
    if (ending === 'over') await this.#handOver();
    await this.#lease.release();
  }

  /** The lease is kept meanwhile: a long call takes some seconds. */
  async #handOver(): Promise<void> {
    const { clock } = this.#d;
    const isDone = new AbortController();
    const keeping = (async () => {
      while (!isDone.signal.aborted && (await this.#renew())) await clock.sleep(tickMs, isDone.signal);
    })();
    try {
      await finishAudio(this.#log, await this.#file());
    } finally {
      isDone.abort();
      await keeping;
    }
  }

  async #file() {
    const { format } = this.#d;
    try {
      return await recordingFile(this.#chunks(), format);
    } catch (error) {
      if (!isCodedError(error, 'not-encoded')) throw error;
      // Larger, and kept all the same.
      this.#logger.error('recording not encoded', describeError(error));
      return recordingFile(this.#chunks(), 'wav');
    }
  }

  #chunks(): Chunk[] {
    return this.#log.entries.flatMap((entry) => payloadOf(entry, 'audio') ?? []);
  }

  #take(leg: Leg, packet: RtpPacket): void {
    const { payloadType, ssrc, timestamp, payload } = packet;
    this.#fork.heard();
    this.#heard[leg].add(packet, this.#d.clock.monotonic());
    const muLaw = toMuLaw(payloadType, payload);
    if (!muLaw || this.#end.signal.aborted) return;
    this.#isHeard = true;
    this.#timelines[leg].add({ atMs: this.#nowMs(), ssrc, timestamp, muLaw });
  }

  /** Appends what lies before `until`, when it is `least` samples. A time in which nothing came is left out, and is silence in the file. */
  #write(until: number, least: number): void {
    const samples = until - this.#written;
    if (samples < least) return;
    const [caller, agent] = [this.#timelines.caller.take(until), this.#timelines.agent.take(until)];
    if (this.#isHeard) {
      const chunk = packChunk(this.#written, caller, agent, this.#fork.id ?? '');
      // Whoever renews the lease learns what became of it.
      this.#log.append('audio', chunk).catch(() => {});
    }
    this.#isHeard = false;
    this.#written = until;
  }

  /** @returns false when the call is another recorder's. */
  async #renew(): Promise<boolean> {
    const log = await this.#lease.renew(this.#log);
    if (log) this.#log = log;
    else this.end('lost');
    return log !== undefined;
  }

  #nowMs(): number {
    return this.#epoch + this.#d.clock.monotonic() - this.#call.beganAt;
  }

  #now(): number {
    return Math.max(0, Math.floor(this.#nowMs() * samplesPerMs));
  }
}
