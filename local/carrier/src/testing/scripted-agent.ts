import {
  buildSdp,
  chooseFormat,
  Dialog,
  frameSamples,
  header,
  Pacer,
  parseSdp,
  RtpSession,
  sdpFormats,
  type ServerTransaction,
  SipEndpoint,
  type SipRequest,
} from '@vestibule/local-telephony';
import { SpeechDetector } from '../speech-detector.ts';

const address = '127.0.0.1';

export interface ScriptedAgent {
  port: number;
  invites: SipRequest[];
  digits: string;
  /** Every request in the dialog, by method. */
  requests: string[];
  bye(): Promise<void>;
  request(method: string, body?: string): Promise<number>;
  close(): void;
}

export interface Script {
  /** What the agent says, one element a turn, 8 kHz. It hangs up after the last one has been answered. */
  turns?: readonly Int16Array[];
  /** Refuses with this in place of answering; 0 says nothing at all. */
  status?: number;
  /** Silence of the caller after which the next turn begins, ms. */
  gapMs?: number;
}

/**
 * The other end of a call for tests: answers, plays its turns, each after the caller has spoken and fallen silent
 * (or has pressed a key), and hangs up.
 */
export async function scriptedAgent({
  turns = [],
  status = 200,
  gapMs = 500,
}: Script): Promise<ScriptedAgent> {
  const endpoint = await SipEndpoint.open({ address, port: 0 });
  const detector = new SpeechDetector();
  let waiting = [...turns];
  let playing: Int16Array | undefined;
  let at = 0;
  let quiet = 0;
  let answered = true;
  let dialog: Dialog | undefined;
  let media: RtpSession | undefined;
  const agent: ScriptedAgent = {
    port: endpoint.local.port,
    invites: [],
    digits: '',
    requests: [],
    bye: async () => void (await agent.request('BYE')),
    request: (method, body = '') =>
      new Promise((resolve) => {
        const inside = dialog!;
        const content = body === '' ? [] : ([['Content-Type', 'application/sdp']] as const);
        const contact = ['Contact', `<sip:${address}:${endpoint.local.port}>`] as const;
        const request = inside.request(method, [contact, ...content], body);
        endpoint.request(request, inside.nextHop()!, {
          onFinal: (response) => {
            if (method === 'INVITE')
              endpoint.sendAck(inside.ack(Number(header(request, 'cseq')!.split(' ')[0])), inside.nextHop()!);
            resolve(response.status);
          },
          onTimeout: () => resolve(408),
        });
      }),
    close: () => {
      waiting = [];
      media?.close();
      endpoint.close();
    },
  };
  const nextFrame = () => {
    if (playing && at >= playing.length) [playing, answered, quiet] = [undefined, false, 0];
    if (!playing && answered && quiet >= gapMs) begin();
    const frame = playing?.slice(at, at + frameSamples);
    at += frameSamples;
    return frame?.length === frameSamples ? frame : undefined;
  };
  const begin = () => {
    playing = waiting.shift();
    at = 0;
    if (!playing && turns.length > 0) {
      quiet = -Infinity;
      void agent.bye();
    }
  };
  const onFrame = (samples: Int16Array) => {
    detector.push(samples);
    if (detector.speaking) answered = true;
    quiet = detector.speaking ? 0 : quiet + 20;
  };
  endpoint.onRequest = (transaction: ServerTransaction) => {
    const { request } = transaction;
    agent.requests.push(request.method);
    if (request.method !== 'INVITE') return transaction.respond({ status: 200, reason: 'OK' });
    agent.invites.push(request);
    if (status === 0) return;
    if (status !== 200) return transaction.respond({ status, reason: 'No', toTag: 'agent' });
    void answer(transaction);
  };
  const answer = async (transaction: ServerTransaction) => {
    const { request } = transaction;
    const offer = parseSdp(request.body);
    const format = chooseFormat(offer, ['PCMU']);
    media = await RtpSession.open({
      address,
      ports: { from: 0, to: 0 },
      pacer: new Pacer(),
      nextFrame,
      onFrame,
      onDigit: (digit) => {
        agent.digits += digit;
        answered = true;
        quiet = 0;
      },
    });
    const audio = { address, port: media.port };
    const body = buildSdp({ sessionId: 1, version: 1, audio, formats: sdpFormats(format) });
    transaction.respond({ status: 180, reason: 'Ringing', toTag: 'agent' });
    const headers = [
      ['Contact', `<sip:${address}:${endpoint.local.port}>`],
      ['Content-Type', 'application/sdp'],
    ] as const;
    const session = media;
    dialog = Dialog.asCallee(request, 'agent');
    endpoint.addDialog(dialog, (inside) => {
      agent.requests.push(inside.request.method);
      inside.respond({ status: 200, reason: 'OK', headers, body: '' });
      if (inside.request.method === 'BYE') session.close();
    });
    transaction.respond({ status: 200, reason: 'OK', toTag: 'agent', headers, body });
    media.start(offer.audio, format);
  };
  return agent;
}
