import type { DisconnectReason } from '@livekit/protocol';
import type { Logger } from '@vestibule/core';
import type { Dispatch } from './dispatch.ts';
import type { RoomLeg, RoomLegEvents } from './room-leg.ts';
import type { SharedServices } from './services.ts';

/** A call's place in its room: joined once, left once, whatever of the two comes first. */
export class CallRoom {
  readonly #joinRoom: SharedServices['joinRoom'];
  readonly #logger: Logger;
  readonly #stop = new AbortController();
  #joining: Promise<void> = Promise.resolve();
  #leg: RoomLeg | undefined;

  constructor({ joinRoom }: SharedServices, logger: Logger) {
    this.#joinRoom = joinRoom;
    this.#logger = logger;
  }

  /** Undefined before it is joined. */
  get leg(): RoomLeg | undefined {
    return this.#leg;
  }

  /** Rejects when the room cannot be joined. */
  join(dispatch: Dispatch, events: RoomLegEvents): Promise<void> {
    const call = { logger: this.#logger, signal: this.#stop.signal };
    this.#joining = this.#joinRoom(dispatch, events, call).then((leg) => {
      this.#leg = leg;
    });
    return this.#joining;
  }

  /** Resolves when it is joined, or will not be. Never rejects. */
  joined(): Promise<void> {
    return this.#joining.catch(() => undefined);
  }

  /** Sets `sip.callStatus`, once joined. Never rejects. */
  setStatus(status: string): Promise<void> {
    return this.setAttributes({ 'sip.callStatus': status });
  }

  async setAttributes(attributes: Readonly<Record<string, string>>): Promise<void> {
    await this.joined();
    await this.#leg?.setAttributes(attributes);
  }

  /** As the server has them now. */
  attributes(): Readonly<Record<string, string>> {
    return this.#leg?.attributes() ?? {};
  }

  async ids(): Promise<{ participantId: string; roomId: string }> {
    return (await this.#leg?.ids()) ?? { participantId: '', roomId: '' };
  }

  /** Leaves, also a room that is still being joined; `status` is set before, if any. */
  async leave(status: string | undefined, reason?: DisconnectReason): Promise<void> {
    this.#stop.abort();
    if (status !== undefined) await this.setStatus(status);
    else await this.joined();
    await this.#leg?.leave(reason);
  }
}
