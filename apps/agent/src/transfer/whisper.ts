import type { tts } from '@livekit/agents';
import {
  AudioSource,
  LocalAudioTrack,
  type LocalTrackPublication,
  type Room,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';

/** How much speech may be on its way, ms. */
const queueMs = 1000;

/** A second track of ours, for the ears that `permit` names. */
export class WhisperTrack {
  readonly #source: AudioSource;
  readonly #tts: tts.TTS;
  readonly sid: string;
  /** Resolves when the first of those ears has it. */
  readonly heard: Promise<void>;
  #utterance = 0;

  private constructor(source: AudioSource, tts: tts.TTS, publication: LocalTrackPublication) {
    this.#source = source;
    this.#tts = tts;
    this.sid = publication.sid ?? '';
    this.heard = publication.waitForSubscription();
  }

  /** Published in silence. Who may hear it must be settled before. */
  static async publish(room: Room, tts: tts.TTS): Promise<WhisperTrack> {
    const source = new AudioSource(tts.sampleRate, tts.numChannels, queueMs);
    const track = LocalAudioTrack.createAudioTrack('whisper', source);
    const options = new TrackPublishOptions({
      source: TrackSource.SOURCE_MICROPHONE,
      dtx: false,
      red: false,
    });
    return new WhisperTrack(source, tts, await room.localParticipant!.publishTrack(track, options));
  }

  /** In place of what is being said. @returns whether it was said to its end. @throws when there is no speech. */
  async say(words: string): Promise<boolean> {
    const own = this.hush();
    for await (const { frame } of this.#tts.synthesize(words)) {
      if (own !== this.#utterance) return false;
      await this.#source.captureFrame(frame);
    }
    if (own === this.#utterance) await this.#source.waitForPlayout();
    return own === this.#utterance;
  }

  /** Ends what is being said. @returns the number of the next utterance. */
  hush(): number {
    this.#source.clearQueue();
    return ++this.#utterance;
  }

  async close(room: Room): Promise<void> {
    this.hush();
    await room.localParticipant?.unpublishTrack(this.sid);
    await this.#source.close();
  }
}
