import { describeError, isCodedError } from '@vestibule/core';
import { forgetAudio, type OpenCalls } from '@vestibule/record';
import { CallFollower } from './follower.ts';
import type { EdgeControl } from '../edge/control-client.ts';
import { CallRecording, type Ending, type RecordingDependencies } from './call-recording.ts';

export interface RecorderOptions extends Omit<RecordingDependencies, 'control'> {
  /** One for each zone that has edge/control. */
  controls: readonly EdgeControl[];
  open: Pick<OpenCalls, 'list'>;
  /** Recordings at one time. */
  capacity: number;
}

/** How often the logs of open calls are looked at, ms. */
const pollMs = 500;

interface Followed {
  follower: CallFollower;
  recording?: CallRecording;
  running?: Promise<unknown>;
  isBeginning?: boolean;
  /** It will not be recorded: over, of a zone without edge/control, or without what the edge knows it by. */
  isSettled?: boolean;
  /** What went wrong last. */
  fault?: string;
}

/** Follows every open call's log and records those whose caller consented, as far as no other recorder does. */
export class Recorder {
  readonly #options: RecorderOptions;
  readonly #calls = new Map<string, Followed>();
  readonly #stop = new AbortController();
  #isFailing = false;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  get recordings(): number {
    return [...this.#calls.values()].filter(({ recording, isBeginning }) => recording ?? isBeginning).length;
  }

  async run(): Promise<void> {
    const { clock, logger } = this.#options;
    while (!this.#stop.signal.aborted) {
      try {
        await this.#look();
        if (this.#isFailing) logger.info('log store is back');
        this.#isFailing = false;
      } catch (error) {
        if (!this.#isFailing) logger.warn('log store out of reach', describeError(error));
        this.#isFailing = true;
      }
      await clock.sleep(pollMs, this.#stop.signal);
    }
  }

  /** Leaves its calls to other recorders. Those that are over are handed over first. */
  async drain(): Promise<void> {
    this.#stop.abort();
    const all = [...this.#calls.values()];
    for (const { recording } of all) recording?.end('left');
    await Promise.all(all.map(async ({ running }) => running));
  }

  async #look(): Promise<void> {
    const open = new Set(await this.#options.open.list());
    const { store, keys } = this.#options;
    for (const callId of open)
      if (!this.#calls.has(callId))
        this.#calls.set(callId, { follower: new CallFollower(callId, store, keys) });
    await Promise.all(
      [...this.#calls.values()].map((call) =>
        (open.has(call.follower.callId) ? this.#step(call) : this.#gone(call)).catch((error: unknown) =>
          this.#failed(call, error),
        ),
      ),
    );
  }

  async #step(call: Followed): Promise<void> {
    const { follower, recording } = call;
    if (call.isSettled && !recording) return;
    await follower.follow();
    if (recording) {
      if (!follower.hasConsent) recording.end('revoked');
      else if (follower.isOver) recording.end('over');
      return;
    }
    if (!follower.hasConsent || call.isBeginning || this.#stop.signal.aborted) return;
    if (this.recordings >= this.#options.capacity) return;
    // Also when it is over: its recorder may have died before it could hand over.
    call.isBeginning = true;
    await this.#begin(call).finally(() => (call.isBeginning = false));
  }

  async #begin(call: Followed): Promise<void> {
    const { logger, controls } = this.#options;
    const { follower } = call;
    const { callId, beganAt } = follower;
    const edge = (await follower.facts())?.edge;
    const control = controls.find(({ zone }) => zone === edge?.zone);
    if (!control || edge?.sipCallId === undefined || edge.decision === undefined) {
      call.isSettled = true;
      logger.warn('call cannot be recorded', { callId, zone: edge?.zone ?? 'none' });
      return;
    }
    const { sipCallId, decision } = edge;
    const keys = { unwrap: () => follower.key() };
    const facts = { callId, beganAt, edge: { sipCallId, decision } };
    const recording = await CallRecording.begin({ ...this.#options, control, keys }, facts);
    delete call.fault;
    call.isSettled = recording === 'finished';
    if (typeof recording === 'string') return;
    logger.info('recording begun', { callId });
    call.recording = recording;
    call.running = recording.run().then((ending) => this.#ended(call, ending));
  }

  /** One call's fault is not the others'. Once for each kind in a row. */
  #failed(call: Followed, error: unknown): void {
    if (isCodedError(error, 'unreachable')) throw error;
    const { code = '' } = describeError(error);
    if (code !== call.fault)
      this.#options.logger.warn('call not recorded', {
        callId: call.follower.callId,
        ...describeError(error),
      });
    call.fault = code;
  }

  #ended(call: Followed, ending: Ending): void {
    delete call.recording;
    call.isSettled = ending === 'over';
  }

  /** Sealed, and what was left of its audio with it. */
  async #gone(call: Followed): Promise<void> {
    const { callId } = call.follower;
    this.#calls.delete(callId);
    if (!call.running) return;
    call.recording?.end('lost');
    await call.running;
    await forgetAudio(this.#options.store, callId);
  }
}
