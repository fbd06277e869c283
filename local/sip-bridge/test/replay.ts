import type { Pacer } from '@vestibule/local-telephony';
import type { SipBridge } from '../src/bridge.ts';
import { TestAgent } from './agent.ts';
import { ApiCalls } from './api-calls.ts';
import { type Heard, RawCaller } from './caller.ts';
import { comparable, isRinging, type Names, transactionOf } from './compare.ts';
import { isRepetition, meanGap, speak } from './peer.ts';
import { responseTo, rewritten, withDigestVerdict } from './rewrite.ts';
import type { Recording, State, Step } from './recording.ts';
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
  /** Answers of LiveKit Server's API, recorded and today's. */
  results: { expected: unknown; actual: unknown }[];
  states: State[];
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
  readonly #api: ApiCalls;
  readonly #results: Replayed['results'] = [];
  #nonce: string | undefined;
  /** Of an outbound call: our offer. */
  #offer = '';
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
    this.#api = new ApiCalls(world);
    const { address, port } = bridge.local;
    this.#names = {
      recorded: {
        service: `127.0.0.1:${recording.ports.service ?? 5180}`,
        caller: `127.0.0.1:${recording.ports.caller}`,
      },
      actual: { service: `${address}:${port}`, caller: caller.address },
    };
  }

  static async run(recording: Recording, world: World, options: ReplayOptions): Promise<Replayed> {
    const parts: [SipBridge, RawCaller] = [
      await world.bridge({ scale: options.scale }),
      await RawCaller.open(),
    ];
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
    const { outbound } = this.#recording;
    if (!outbound) return;
    const trunk = { ...outbound, address: this.#caller.address };
    const answer = await this.#world.api('SIP/CreateSIPOutboundTrunk', { trunk });
    this.#ids.set('<outbound>', String(answer.sip_trunk_id));
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
      } else if ('do' in step && step.do === 'result') {
        this.#results.push(await this.#api.result(step));
        this.#timed(step.at, performance.now(), gap, `${step.status}`);
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
    if (!step.sip.startsWith('SIP/2.0')) return false;
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
      case 'request': {
        const room: [string, string][] = this.#recording.outbound
          ? []
          : [[this.#recording.room ?? '', await this.#room()]];
        return this.#api.start(step, new Map([...this.#ids, ...room]));
      }
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
      participant?.identity.startsWith('agent') === false;
    await this.#world.webhook(published, prompt);
  }

  #send({ sip }: SipStep): void {
    const method = /^CSeq: \d+ (\S+)/m.exec(sip)?.[1];
    const request = this.#caller.messages.findLast(({ text }) => text.startsWith(`${method} `))?.text ?? '';
    const text = sip.startsWith('SIP/2.0') ? this.#today(responseTo(request, sip)) : this.#today(sip);
    this.#caller.send(text, this.#bridge.local);
  }

  #today(sip: string): string {
    const trunk = this.#recording.trunks[0];
    const rtpPorts = { recorded: this.#recording.ports.rtp ?? 0, actual: this.#caller.rtpPort };
    const [recorded, actual] = [this.#names.recorded.callId, this.#names.actual.callId];
    const callIds = recorded === undefined || actual === undefined ? undefined : { recorded, actual };
    return rewritten(sip, { ...this.#names, ids: this.#ids, rtpPorts, nonce: this.#nonce, callIds, trunk });
  }

  async #expect(step: SipStep, gap: number): Promise<void> {
    const heard = await this.#next(transactionOf(step.sip), isRinging(step.sip), gap + prompt);
    if (heard) this.#learnCallId(step.sip, heard.text);
    const { outbound } = this.#recording;
    const expected = withDigestVerdict(this.#options.differs?.(step.sip) ?? step.sip, outbound);
    this.#pairs.push({
      expected: comparable(expected, this.#names.recorded),
      actual: heard ? comparable(withDigestVerdict(heard.text, outbound), this.#names.actual) : 'nothing',
    });
    if (!heard) return;
    heard.taken = true;
    this.#timed(step.at, heard.at, gap, step.sip.split('\n')[0]!);
    this.#learn(step.sip, heard);
  }

  #timed(at: number, really: number, gap: number, what: string): void {
    if (gap >= timerDriven * this.#options.scale && gap >= 100 && !this.#cut) {
      // Some timers run from the INVITE, some from what was said last.
      const since = [{ at: 0, really: this.#begun }, this.#lastSip].map((before) => ({
        recorded: (at - before.at) * this.#options.scale,
        measured: really - before.really,
      }));
      this.#timers.push({ what, since });
    }
    this.#lastSip = { at, really };
  }

  /** The service chose it, with its first INVITE. */
  #learnCallId(recorded: string, text: string): void {
    if (!recorded.startsWith('INVITE ') || this.#names.actual.callId !== undefined) return;
    const idOf = (message: string) => /^Call-ID: *(\S+)/m.exec(message)?.[1] ?? '';
    this.#names.recorded.callId = idOf(recorded);
    this.#names.actual.callId = idOf(text);
    this.#offer = text.slice(text.indexOf('\r\n\r\n') + 4);
  }

  #learn(recorded: string, { text, at }: Heard): void {
    const tags = [recorded, text].map((message) => message.match(/tag=(SCL_\w+)/)?.[1]);
    if (tags[0] !== undefined && tags[1] !== undefined) this.#ids.set(tags[0], tags[1]);
    this.#nonce = text.match(/nonce="([^"]*)"/)?.[1] ?? this.#nonce;
    if (this.#answeredAt !== undefined) return;
    const answered = text.startsWith('SIP/2.0 200') && text.includes('m=audio');
    // The callee's own answer is acknowledged with the same URI as its refusal is not: at its Contact.
    const acknowledged = this.#recording.outbound && text.startsWith('ACK sip:peer@');
    if (!answered && !acknowledged) return;
    this.#answeredAt = at;
    this.#talk(answered ? text.slice(text.indexOf('\r\n\r\n') + 4) : this.#offer);
  }

  /** RTP as the recorded peer sent it. */
  #talk(sdp: string): void {
    this.#events = speak(this.#caller, this.#recording, sdp, this.#options);
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
    if (this.#recording.outbound) return this.#recording.room ?? '';
    const hook = await this.#world.webhook(
      ({ event, room }) => event === 'room_started' && this.#isOurs(room.name),
      prompt,
    );
    return hook?.room.name ?? 'no room';
  }

  #isOurs(name: string): boolean {
    if (this.#recording.outbound) return name === this.#recording.room;
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
        participant?.identity.startsWith('agent') === false;
      await this.#world.webhook(left, prompt, leaving);
    }
    const port = Number(this.#caller.address.split(':')[1]);
    const wanted = this.#recording.states?.length ?? 0;
    const deadline = performance.now() + settled * 6;
    while (this.#world.reports.of(port).length < wanted && performance.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 20));
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
      results: this.#results,
      states: this.#world.reports.of(port),
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
      if (name.startsWith('<trunk') || name === '<outbound>') await sip.deleteSipTrunk(id);
    }
  }
}
