import {
  AudioFrame,
  AudioSource,
  AudioStream,
  LocalAudioTrack,
  Room,
  RoomEvent,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import { AccessToken } from 'livekit-server-sdk';
import { quietRoom, releaseRoom } from '../src/room-events.ts';
import type { TestLiveKit } from './livekit-server.ts';

/** A participant that publishes a tone, and notes what it sees of the SIP participant. */
export class TestAgent {
  readonly #room = new Room();
  /** Values of `sip.callStatus` as they changed. */
  readonly statuses: string[] = [];
  readonly digits: [number, string][] = [];
  /** Frames of the caller that were not silent. */
  heard = 0;
  #talking = false;
  #source: AudioSource | undefined;

  static async join(
    livekit: TestLiveKit,
    options: { room: string; identity: string; publish?: boolean; subscribe?: boolean },
  ): Promise<TestAgent> {
    const agent = new TestAgent();
    await agent.#join(livekit, options);
    return agent;
  }

  async publishDtmf(code: number, digit: string): Promise<void> {
    await this.#room.localParticipant?.publishDtmf(code, digit);
  }

  async leave(): Promise<void> {
    this.#talking = false;
    await this.#source?.close();
    // It may never come back from a room whose server was killed.
    await Promise.race([
      releaseRoom(this.#room),
      new Promise((resolve) => setTimeout(resolve, 5000).unref()),
    ]);
  }

  async #join(
    livekit: TestLiveKit,
    {
      room,
      identity,
      publish = true,
      subscribe = true,
    }: { room: string; identity: string; publish?: boolean; subscribe?: boolean },
  ): Promise<void> {
    const token = new AccessToken(livekit.apiKey, livekit.apiSecret, { identity });
    token.kind = 'agent';
    token.addGrant({ roomJoin: true, room, canPublish: true, canSubscribe: true, canPublishData: true });
    this.#room.on(RoomEvent.ParticipantAttributesChanged, (changed, participant) => {
      const status = changed['sip.callStatus'];
      if (status !== undefined && !participant.identity.startsWith('agent')) this.statuses.push(status);
    });
    this.#room.on(RoomEvent.ParticipantConnected, ({ identity, attributes }) => {
      // One that changes while it joins may be seen with its second status first.
      const status = attributes['sip.callStatus'] ?? '';
      if (!identity.startsWith('agent') && status !== 'dialing' && status !== '') this.statuses.push(status);
    });
    this.#room.on(RoomEvent.DtmfReceived, (code, digit) => this.digits.push([code, digit]));
    this.#room.on(RoomEvent.TrackSubscribed, (track) => {
      void this.#listen(new AudioStream(track, { sampleRate: 16_000, numChannels: 1 }));
    });
    await this.#room.connect(livekit.url, await token.toJwt(), { autoSubscribe: subscribe, dynacast: false });
    quietRoom(this.#room);
    if (publish) await this.#publish();
  }

  async #publish(): Promise<void> {
    this.#source = new AudioSource(16_000, 1);
    const track = LocalAudioTrack.createAudioTrack('agent', this.#source);
    const options = new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE });
    await this.#room.localParticipant!.publishTrack(track, options);
    this.#talking = true;
    void this.#talk(this.#source);
  }

  async #talk(source: AudioSource): Promise<void> {
    const tone = Int16Array.from({ length: 320 }, (_, i) => 9000 * Math.sin((2 * Math.PI * i) / 32));
    while (this.#talking) {
      try {
        await source.captureFrame(new AudioFrame(tone, 16_000, 1, tone.length));
      } catch {
        return;
      }
    }
  }

  async #listen(stream: AudioStream): Promise<void> {
    for await (const frame of stream) if (frame.data.some((sample) => Math.abs(sample) > 2000)) this.heard++;
  }
}
