import { type Pacer, parseSdp } from '@vestibule/local-telephony';
import type { SipBridge } from '../src/bridge.ts';
import { TestAgent } from './agent.ts';
import { type Heard, RawCaller } from './caller.ts';
import { comparable, isRinging, type Names, transactionOf } from './compare.ts';
import { responseTo, rewritten } from './rewrite.ts';
import type { Recording, Step } from './recording.ts';
import type { Webhook, World } from './world.ts';

export interface ReplayOptions {
  pacer: Pacer;
  /** The recording's times, and the bridge's limits, times this. */
  scale: number;
  /** Longest wait before something that the caller or a participant does, ms: talking time is cut short. */
  patience: number;
  /** Turns the service's recorded messages into what is wanted where the bridge differs on purpose. */
  differs?: (sip: string) => string;
}

export interface Replayed {
  /** Each message of the service next to what came instead, both comparable. */
  pairs: { expected: unknown; actual: unknown }[];
  /** Messages that the recording does not have; repetitions of 180 and 200 do not count. */
  extra: string[];
  /** Mean ms between the repetitions of 180, when there were some and of one call. */
  ringEvery: number | undefined;
  /** Where the service acted by its own timer: what the recording says and what was measured, ms. */
  timers: { what: string; since: { recorded: number; measured: number }[] }[];
  room: string | undefined;
  webhooks: Webhook[];
  agents: Map<string, TestAgent>;
  caller: RawCaller;
  /** performance.now() of the first 200 to an INVITE. */
  answeredAt: number | undefined;
  ids: Map<string, string>;
  names: { recorded: Names; actual: Names };
}

type SipStep = Extract<Step, { sip: string }>;

/** A service's message that long after the step before it was sent by a timer of its own. ms */
const timerDriven = 400;
/** How long to wait for a message that should come at once. ms */
const prompt = 15_000;
/** By then the participant had joined and published in every recording. ms */
const settled = 500;

/** Plays the caller's half of a recording, and what happened in the room, against a bridge. */
export class Replay {
  readonly #recording: Recording;
  readonly #world: World;
  readonly #options: ReplayOptions;
  readonly #bridge: SipBridge;
  readonly #caller: RawCaller;
  readonly #names: Replayed['names'];
  /** What the recording called things, and what they are called now. */
  readonly #ids = new Map<string, string>();
  readonly #agents = new Map<string, TestAgent>();
  readonly #pairs: Replayed['pairs'] = [];
  readonly #timers: Replayed['timers'] = [];
  #nonce: string | undefined;
  #answeredAt: number | undefined;
  readonly #begun = performance.now();
  /** Whether talking time has been cut short, so that later times mean nothing. */
  #cut = false;
  #lastSip = { at: 0, really: this.#begun };
  #events: Promise<void> = Promise.resolve();

  private constructor(
    recording: Recording,
    world: World,
    options: ReplayOptions,
    [bridge, caller]: [SipBridge, RawCaller],
  ) {
    this.#recording = recording;
    this.#world = world;
    this.#options = options;
    this.#bridge = bridge;
    this.#caller = caller;
    const { address, port } = bridge.local;
    this.#names = {
      recorded: { service: '127.0.0.1:5180', caller: `127.0.0.1:${recording.ports.caller}` },
      actual: { service: `${address}:${port}`, caller: caller.address },
    };
  }

  static async run(recording: Recording, world: World, options: ReplayOptions): Promise<Replayed> {
    const parts: [SipBridge, RawCaller] = [await world.bridge(options.scale), await RawCaller.open()];
    const replay = new Replay(recording, world, options, parts);
    await replay.#provision();
    try {
      await replay.#play();
      return await replay.#result();
    } finally {
      await replay.#clean();
    }
  }

  async #provision(): Promise<void> {
    for (const [index, trunk] of this.#recording.trunks.entries()) {
      const answer = await this.#world.api('SIP/CreateSIPInboundTrunk', { trunk: this.#scaled(trunk) });
      this.#ids.set(`<trunk ${index}>`, String(answer.sip_trunk_id));
    }
    for (const rule of this.#recording.rules) await this.#createRule(rule);
  }

  async #createRule(rule: object): Promise<void> {
    const text = JSON.stringify(rule).replace(/<trunk \d>/g, (name) => this.#ids.get(name) ?? name);
    const answer = await this.#world.api('SIP/CreateSIPDispatchRule', {
      dispatch_rule: JSON.parse(text) as unknown,
    });
    this.#ids.set('<rule>', String(answer.sip_dispatch_rule_id));
  }

  #scaled(trunk: Record<string, unknown>): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(trunk).map(([name, value]) => {
        const seconds = typeof value === 'string' ? value.match(/^(\d+)s$/)?.[1] : undefined;
        return [name, seconds === undefined ? value : `${Number(seconds) * this.#options.scale}s`];
      }),
    );
  }

  async #play(): Promise<void> {
    let before = 0;
    for (const step of this.#recording.steps) {
      const gap = Math.max(0, step.at - before) * this.#options.scale;
      before = step.at;
      if ('sip' in step && step.from === 'service') {
        if (!this.#repeats(step)) await this.#expect(step, gap);
      } else {
        this.#cut ||= gap > this.#options.patience;
        await new Promise((resolve) => setTimeout(resolve, Math.min(gap, this.#options.patience)));
        await this.#act(step);
      }
    }
    await this.#events;
  }

  /** A 200 that the service sent again for want of an ACK: ours come at other times (RFC 3261 §13.3.1.4). */
  #repeats(step: SipStep): boolean {
    const before = this.#recording.steps.slice(0, this.#recording.steps.indexOf(step));
    return before.some((other) => 'sip' in other && other.from === 'service' && other.sip === step.sip);
  }

  async #act(step: Step): Promise<void> {
    if ('sip' in step) {
      if (step.sip.startsWith('BYE ')) await this.#conversation();
      // A CANCEL that came well after the INVITE found the participant in its room.
      if (step.sip.startsWith('CANCEL ') && step.at > settled) await this.#callerInRoom();
      this.#lastSip = { at: step.at, really: performance.now() };
      return this.#send(step);
    }
    if (step.do.endsWith('-room') || step.do.endsWith('-caller')) {
      await this.#callerInRoom();
      await this.#conversation();
    }
    const livekit = this.#world.livekit;
    switch (step.do) {
      case 'create-rule':
        return this.#createRule(step.rule);
      case 'join': {
        const { who: identity, publish, subscribe } = step;
        const agent = TestAgent.join(livekit, { room: await this.#room(), identity, publish, subscribe });
        this.#agents.set(identity, await agent);
        return;
      }
      case 'leave':
        return this.#agents.get(step.who)?.leave();
      case 'publish-dtmf':
        return this.#agents.get('agent-1')?.publishDtmf(step.code, step.digit);
      case 'delete-room':
        await this.#world.api('RoomService/DeleteRoom', { room: await this.#room() });
        return;
      default: {
        const method = step.do === 'remove-caller' ? 'RemoveParticipant' : 'UpdateParticipant';
        const attributes = step.do === 'update-caller' ? { attributes: step.attributes } : {};
        const identity = this.#recording.joined?.identity;
        await this.#world.api(`RoomService/${method}`, { room: await this.#room(), identity, ...attributes });
      }
    }
  }

  /** Before hanging up: the agent has been heard and the call's status seen, however slow the machine is. */
  async #conversation(): Promise<void> {
    const agent = this.#agents.get('agent-1');
    const listens = (this.#recording.rtp?.received.length ?? 0) > 0;
    const wanted = this.#recording.statuses?.includes('active') === true;
    const done = () =>
      (!wanted || agent?.statuses.includes('active') === true) &&
      (!listens || this.#caller.sound().length > 10);
    const deadline = performance.now() + prompt;
    while (agent && !done() && performance.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 20));
  }

  async #callerInRoom(): Promise<void> {
    if (!this.#recording.track) return;
    const published = ({ event, room, participant }: Webhook) =>
      event === 'track_published' &&
      this.#isOurs(room.name) &&
      participant?.identity.startsWith('sip_') === true;
    await this.#world.webhook(published, prompt);
  }

  #send({ sip }: SipStep): void {
    const last = this.#caller.messages.findLast(({ text }) => !text.startsWith('SIP/2.0'))?.text;
    const text = sip.startsWith('SIP/2.0') ? responseTo(last ?? '', sip) : this.#today(sip);
    this.#caller.send(text, this.#bridge.local);
  }

  #today(sip: string): string {
    const trunk = this.#recording.trunks[0];
    const rtpPorts = { recorded: this.#recording.ports.rtp ?? 0, actual: this.#caller.rtpPort };
    return rewritten(sip, { ...this.#names, ids: this.#ids, rtpPorts, nonce: this.#nonce, trunk });
  }

  async #expect(step: SipStep, gap: number): Promise<void> {
    const heard = await this.#next(transactionOf(step.sip), isRinging(step.sip), gap + prompt);
    this.#pairs.push({
      expected: comparable(this.#options.differs?.(step.sip) ?? step.sip, this.#names.recorded),
      actual: heard ? comparable(heard.text, this.#names.actual) : 'nothing',
    });
    if (!heard) return;
    heard.taken = true;
    if (gap >= timerDriven * this.#options.scale && gap >= 100 && !this.#cut) {
      // Some timers run from the INVITE, some from what was said last.
      const since = [{ at: 0, really: this.#begun }, this.#lastSip].map(({ at, really }) => ({
        recorded: (step.at - at) * this.#options.scale,
        measured: heard.at - really,
      }));
      this.#timers.push({ what: step.sip.split('\n')[0]!, since });
    }
    this.#lastSip = { at: step.at, really: heard.at };
    this.#learn(step.sip, heard);
  }

  #learn(recorded: string, { text, at }: Heard): void {
    const tags = [recorded, text].map((message) => message.match(/tag=(SCL_\w+)/)?.[1]);
    if (tags[0] !== undefined && tags[1] !== undefined) this.#ids.set(tags[0], tags[1]);
    this.#nonce = text.match(/nonce="([^"]*)"/)?.[1] ?? this.#nonce;
    if (!text.startsWith('SIP/2.0 200') || !text.includes('m=audio') || this.#answeredAt !== undefined)
      return;
    this.#answeredAt = at;
    this.#talk(text);
  }

  /** RTP as the recorded caller sent it: a tone from the answer on, and its key presses. */
  #talk(answer: string): void {
    const { rtp } = this.#recording;
    if (!rtp || rtp.sent.packets === 0) return;
    const { audio, formats } = parseSdp(answer.slice(answer.indexOf('\r\n\r\n') + 4));
    this.#caller.startTone(this.#options.pacer, audio, formats[0]!.payloadType);
    const { first = 0, last = 0 } = rtp.sent;
    const stopsEarly = (this.#recording.steps.at(-1)?.at ?? 0) - last > 5000;
    if (stopsEarly) setTimeout(() => this.#caller.stopTone(), (last - first) * this.#options.scale).unref();
    const eventType = formats.find(({ encoding }) => encoding === 'TELEPHONE-EVENT')?.payloadType;
    if (rtp.sentEvents && eventType !== undefined)
      this.#events = this.#pressKeys(rtp.sentEvents, first, audio, eventType);
  }

  async #pressKeys(
    events: [number, number, number, string][],
    first: number,
    to: { address: string; port: number },
    payloadType: number,
  ): Promise<void> {
    const start = performance.now();
    const base = this.#caller.timestamp - (events[0]?.[2] ?? 0);
    for (const [at, marker, timestamp, hex] of events) {
      const wait = start + (at - first) - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      const payload = Buffer.from(hex, 'hex');
      this.#caller.sendRtp(to, { payloadType, marker: marker === 1, timestamp: base + timestamp, payload });
    }
  }

  /** The next message of a transaction that is not there for a second time. */
  async #next(transaction: string, ringing: boolean, timeoutMs: number): Promise<Heard | undefined> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const messages = this.#caller.messages.filter(({ text }) => transactionOf(text) === transaction);
      const last = messages.findLast(({ taken }) => taken);
      for (const message of messages) if (last && isRepetition(message, last, ringing)) message.taken = true;
      const found = messages.find(({ taken }) => !taken);
      if (found || performance.now() > deadline) return found;
      await this.#caller.change(deadline - performance.now());
    }
  }

  async #room(): Promise<string> {
    const hook = await this.#world.webhook(
      ({ event, room }) => event === 'room_started' && this.#isOurs(room.name),
      prompt,
    );
    return hook?.room.name ?? 'no room';
  }

  #isOurs(name: string): boolean {
    const later = this.#recording.steps.flatMap((step) =>
      'do' in step && step.do === 'create-rule' ? [step.rule] : [],
    );
    return [...this.#recording.rules, ...later].some((rule) => {
      const targets =
        'rule' in rule ? (rule.rule as Record<string, { roomName?: string; roomPrefix?: string }>) : {};
      const { roomName, roomPrefix } = Object.values(targets)[0] ?? {};
      return roomName === undefined
        ? roomPrefix !== undefined && name.startsWith(`${roomPrefix}_`)
        : name === roomName;
    });
  }

  async #result(): Promise<Replayed> {
    const leaving = this.#recording.webhooks?.filter(([event]) => event === 'participant_left').length ?? 0;
    if (leaving > 0) {
      const left = ({ event, room, participant }: Webhook) =>
        event === 'participant_left' &&
        this.#isOurs(room.name) &&
        participant?.identity.startsWith('sip_') === true;
      await this.#world.webhook(left, prompt, leaving);
    }
    const hooks = this.#world.webhooks(({ room }) => this.#isOurs(room.name));
    const finals = this.#caller.messages.filter(({ taken }) => taken).map(({ text }) => text);
    const ringing = this.#caller.messages.filter(({ text }) => isRinging(text));
    return {
      pairs: this.#pairs,
      extra: this.#caller.messages
        .filter(({ taken, text }) => !taken && !isRinging(text) && !finals.includes(text))
        .map(({ text }) => text.split('\r\n')[0]!),
      ringEvery: ringing.every(({ text }) => text === ringing[0]?.text) ? meanGap(ringing) : undefined,
      timers: this.#timers,
      room: hooks[0]?.room.name,
      webhooks: hooks,
      agents: this.#agents,
      caller: this.#caller,
      answeredAt: this.#answeredAt,
      ids: this.#ids,
      names: this.#names,
    };
  }

  async #clean(): Promise<void> {
    this.#caller.close();
    await this.#bridge.close();
    await Promise.all([...this.#agents.values()].map((agent) => agent.leave()));
    const { sip } = this.#world;
    for (const [name, id] of this.#ids) {
      if (name.startsWith('<rule')) await sip.deleteSipDispatchRule(id);
      if (name.startsWith('<trunk')) await sip.deleteSipTrunk(id);
    }
  }
}

function meanGap(ringing: Heard[]): number | undefined {
  const [first, last] = [ringing[0], ringing.at(-1)];
  return first && last && first !== last ? (last.at - first.at) / (ringing.length - 1) : undefined;
}

/** 180 comes every second, and a 200 again until its ACK. */
function isRepetition(message: Heard, last: Heard, ringingExpected: boolean): boolean {
  if (message.taken || message.text !== last.text) return false;
  return message.text.startsWith('SIP/2.0 200') || (isRinging(message.text) && !ringingExpected);
}
