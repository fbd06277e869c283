import type { KeyObject } from 'node:crypto';
import { Agent, request } from 'node:https';
import { type CallVerb, mintEdgeGrant } from '@vestibule/call-token';
import { type Clock, CodedError, parseJson } from '@vestibule/core';
import { z } from 'zod';

export const legs = ['caller', 'agent'] as const;
export type Leg = (typeof legs)[number];
export interface Place {
  host: string;
  port: number;
}

/** A call as the edge knows it. */
export interface EdgeCall {
  sipCallId: string;
  decision: string;
}

export interface ControlOptions {
  /** Of the zone's edge/control. */
  url: string;
  zone: string;
  /** PEM: our certificate for clients, its key, and the authority of the edge's. */
  credentials: { cert: string | Buffer; key: string | Buffer; ca: string | Buffer };
  /** Ed25519: signs grants. */
  grantKey: KeyObject;
  clock: Pick<Clock, 'now'>;
}

/** How long a request may take, ms: the edge asks RTPEngine for a second at most. */
const answerMs = 3000;
/** How long a grant is good, s. */
const grantSeconds = 20;

const place = z.object({ host: z.string(), port: z.number() });
const forkedSchema = z.object({
  id: z.string(),
  legs: z.object({ caller: z.object({ from: place }), agent: z.object({ from: place }) }),
});
const reportSchema = z.object({ subscriptions: z.array(z.object({ id: z.string() })) });
const errorSchema = z.object({ error: z.string(), message: z.string() });

export type Forked = z.infer<typeof forkedSchema>;

/** The recorder's side of edge/control. Errors are CodedErrors with the edge's code, or `edge-unreachable`. */
export class EdgeControl {
  readonly #options: ControlOptions;
  readonly #agent: Agent;

  constructor(options: ControlOptions) {
    this.#options = options;
    this.#agent = new Agent({ ...options.credentials, keepAlive: true, maxSockets: 16 });
  }

  get zone(): string {
    return this.#options.zone;
  }

  async subscribe(call: EdgeCall, rtp: Record<Leg, Place>): Promise<Forked> {
    return forkedSchema.parse(await this.#ask('subscribe', call, 'POST', '/subscriptions', { rtp }));
  }

  async unsubscribe(call: EdgeCall, id: string): Promise<void> {
    await this.#ask('unsubscribe', call, 'DELETE', `/subscriptions/${encodeURIComponent(id)}`);
  }

  /** Ids of the copies that there are. */
  async subscriptions(call: EdgeCall): Promise<string[]> {
    const { subscriptions } = reportSchema.parse(await this.#ask('query', call, 'GET', ''));
    return subscriptions.map(({ id }) => id);
  }

  close(): void {
    this.#agent.destroy();
  }

  async #ask(verb: CallVerb, call: EdgeCall, method: string, path: string, body?: unknown): Promise<unknown> {
    const { url, zone, grantKey, clock } = this.#options;
    const exp = Math.floor(clock.now() / 1000) + grantSeconds;
    const headers = { authorization: `Bearer ${mintEdgeGrant({ verb, zone, exp, ...call }, grantKey)}` };
    const target = `${url}/calls/${encodeURIComponent(call.sipCallId)}${path}`;
    const { status, text } = await this.#send(target, method, headers, body);
    const answer: unknown = text === '' ? undefined : parseJson(text);
    if (status < 400) return answer;
    const { error, message } = errorSchema.safeParse(answer).data ?? {
      error: 'edge-fault',
      message: `${status}`,
    };
    throw new CodedError(error, message);
  }

  #send(
    target: string,
    method: string,
    headers: Record<string, string>,
    body: unknown,
  ): Promise<{ status: number; text: string }> {
    const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>();
    const fail = (cause: unknown) =>
      reject(new CodedError('edge-unreachable', 'edge/control did not answer', { cause }));
    const signal = AbortSignal.timeout(answerMs);
    const sent = request(target, { method, headers, agent: this.#agent, signal }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (data: string) => (text += data));
      response.on('error', fail);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on('error', fail);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
    return promise;
  }
}
