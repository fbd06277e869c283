import { execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { Recording } from '@vestibule/record';
import type { Party } from '../../edge/test/two-party-call.ts';
import type { LoggedCall } from './recorded-edge.ts';

/** From when to when somebody speaks, ms on the call's clock. */
export type Burst = readonly [fromMs: number, toMs: number];

interface Voice {
  payloadType: number;
  tone: Buffer;
  silence: number;
}

/** 20 ms of a tone, which can be repeated without a seam. */
function voice(payloadType: number, encoding: string, hz: number, silence: number): Voice {
  const out = ['-t', 'raw', '-c', '1', '-e', encoding, '-b', '8', '-'];
  const args = ['-r', '8000', '-n', ...out, 'synth', '160s', 'sine', String(hz), 'vol', '0.5'];
  return { payloadType, tone: execFileSync('/usr/bin/sox', args), silence };
}

const callerVoice = voice(0, 'mu-law', 400, 0xff);
const agentVoice = voice(8, 'a-law', 700, 0xd5);

/** Both parties send RTP every 20 ms, the caller in PCMU and the agent in PCMA, and speak at the times given. */
export class Talk {
  readonly #call: LoggedCall;
  readonly #bursts: { caller: Burst[]; agent: Burst[] } = { caller: [], agent: [] };
  readonly #running: Promise<void>;
  #isOver = false;
  #frame = 0;

  constructor(call: LoggedCall) {
    this.#call = call;
    this.#running = this.#run();
  }

  /** One after the other, for half a second each, from now on. @returns when, of each party, after they have spoken. */
  async exchange(): Promise<{ caller: Burst; agent: Burst }> {
    const from = Math.ceil(this.#call.now() / 20) * 20 + 100;
    const said = { caller: [from, from + 500], agent: [from + 700, from + 1200] } as const;
    this.#bursts.caller.push(said.caller);
    this.#bursts.agent.push(said.agent);
    await pause(said.agent[1] + 200 - this.#call.now());
    return said;
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    const { call } = this.#call;
    const beganAt = this.#call.now();
    while (!this.#isOver) {
      // What is late is sent late, with the timestamp that it should have had.
      const dueMs = beganAt + 20 * this.#frame;
      const early = dueMs - this.#call.now();
      if (early > 0) await pause(early);
      this.#send(call.caller, callerVoice, this.#isSpeaking('caller', dueMs));
      this.#send(call.agent, agentVoice, this.#isSpeaking('agent', dueMs));
      this.#frame += 1;
    }
  }

  #isSpeaking(who: 'caller' | 'agent', atMs: number): boolean {
    return this.#bursts[who].some(([from, to]) => atMs >= from && atMs < to);
  }

  #send({ rtp, target }: Party, { payloadType, tone, silence }: Voice, isSpeaking: boolean): void {
    const packet = Buffer.alloc(172, silence);
    packet.writeUInt16BE(0x8000 | payloadType, 0);
    packet.writeUInt16BE(this.#frame & 0xffff, 2);
    packet.writeUInt32BE(this.#frame * 160, 4);
    packet.writeUInt32BE(rtp.port, 8);
    if (isSpeaking) tone.copy(packet, 12);
    rtp.sendRaw(packet, target);
  }
}

/** When each channel is loud, ms on the call's clock. */
export function heardIn({ body, format, startMs }: Recording): { caller: Burst[]; agent: Burst[] } {
  const wav = format === 'wav' ? Buffer.from(body).subarray(44) : decodeOpus(body);
  const samples = new Int16Array(wav.buffer.slice(wav.byteOffset, wav.byteOffset + wav.length));
  return { caller: burstsOf(samples, 0, startMs), agent: burstsOf(samples, 1, startMs) };
}

function decodeOpus(body: Uint8Array): Buffer {
  const stdio = ['pipe', 'pipe', 'ignore'] as const;
  const args = ['--quiet', '--rate', '8000', '--no-dither', '-', '-'];
  const raw = execFileSync('/usr/bin/opusdec', args, { input: body, stdio: [...stdio], maxBuffer: 1e9 });
  return raw.subarray(0, 4).toString('latin1') === 'RIFF' ? raw.subarray(44) : raw;
}

const stepMs = 10;

function burstsOf(samples: Int16Array, channel: 0 | 1, startMs: number): Burst[] {
  const bursts: [number, number][] = [];
  const step = stepMs * 8 * 2;
  for (let at = 0; at + step <= samples.length; at += step) {
    const window = samples.subarray(at, at + step).filter((_, index) => index % 2 === channel);
    if (Math.sqrt(window.reduce((sum, value) => sum + value * value, 0) / window.length) < 2000) continue;
    const fromMs = startMs + at / 16;
    const last = bursts.at(-1);
    // A pause of one window may be the encoder's.
    if (last && fromMs - last[1] <= stepMs) last[1] = fromMs + stepMs;
    else bursts.push([fromMs, fromMs + stepMs]);
  }
  return bursts;
}
