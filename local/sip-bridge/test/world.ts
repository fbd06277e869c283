import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { jsonLogger } from '@vestibule/core';
import { AccessToken, SipClient } from 'livekit-server-sdk';
import { type BridgeOptions, SipBridge } from '../src/bridge.ts';
import { type Limits, officialLimits } from '../src/limits.ts';
import type { ApiResult } from './recording.ts';
import { Reports } from './reports.ts';
import { startLiveKit, type TestLiveKit } from './livekit-server.ts';

export interface Webhook {
  event: string;
  room: { name: string };
  participant?: {
    identity: string;
    name?: string;
    metadata?: string;
    kind?: string;
    attributes?: Record<string, string>;
    disconnectReason?: string;
  };
  track?: Record<string, unknown>;
}

/** Everything a replay runs against: LiveKit Server with its Redis and webhooks, and bridges. */
export class World {
  readonly livekit: TestLiveKit;
  readonly reports: Reports;
  readonly #webhooks: Server;
  #received: Webhook[] = [];
  #waiting = new Set<() => void>();

  private constructor(livekit: TestLiveKit, webhooks: Server, reports: Reports) {
    this.livekit = livekit;
    this.reports = reports;
    this.#webhooks = webhooks;
  }

  static async open(): Promise<World> {
    const holder: { hear?: (hook: Webhook) => void } = {};
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response.end();
        holder.hear?.(JSON.parse(Buffer.concat(chunks).toString()) as Webhook);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const livekit = await startLiveKit(`http://127.0.0.1:${port}/`);
    const world = new World(livekit, server, await Reports.open(livekit.redis));
    holder.hear = (hook) => world.#hear(hook);
    return world;
  }

  /** A bridge whose limits are the official service's times `scale`; whoever asks for it closes it. */
  async bridge({
    scale = 1,
    listen = { address: '127.0.0.1', port: 0 },
    maxCalls = 20,
  }: { scale?: number } & Partial<Pick<BridgeOptions, 'listen' | 'maxCalls'>> = {}): Promise<SipBridge> {
    const limits = Object.fromEntries(
      Object.entries(officialLimits).map(([name, ms]) => [name, ms * scale]),
    ) as unknown as Limits;
    const bridge = await SipBridge.start({
      livekit: this.livekit,
      listen,
      rtpPorts: { from: 0, to: 0 },
      redis: this.livekit.redis,
      maxCalls,
      logger: jsonLogger('sip-bridge', { level: process.env['TEST_LOG'] ? 'debug' : 'error' }),
      limits: { ...limits, server: officialLimits.server },
    });
    return bridge;
  }

  webhooks(fits: (hook: Webhook) => boolean): Webhook[] {
    return this.#received.filter(fits);
  }

  /** Resolves with the `count`th webhook that fits, also one that is there already; undefined after the time-out. */
  async webhook(
    fits: (hook: Webhook) => boolean,
    timeoutMs: number,
    count = 1,
  ): Promise<Webhook | undefined> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const found = this.#received.filter(fits)[count - 1];
      if (found || performance.now() >= deadline) return found;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, deadline - performance.now());
        this.#waiting.add(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  /** Twirp with JSON, so that requests can be as recorded. */
  async api(method: string, request: object): Promise<Record<string, unknown>> {
    return (await this.call(method, request)).body;
  }

  async call(method: string, request: object): Promise<ApiResult> {
    const { url, apiKey, apiSecret } = this.livekit;
    const token = new AccessToken(apiKey, apiSecret);
    token.addSIPGrant({ admin: true, call: true });
    token.addGrant({
      roomAdmin: true,
      roomCreate: true,
      roomList: true,
      room:
        'room' in request ? String(request.room) : 'room_name' in request ? String(request.room_name) : '',
    });
    const response = await fetch(`${url.replace('ws', 'http')}/twirp/livekit.${method}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${await token.toJwt()}` },
      body: JSON.stringify(request),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  get sip(): SipClient {
    const { url, apiKey, apiSecret } = this.livekit;
    return new SipClient(url.replace('ws', 'http'), apiKey, apiSecret);
  }

  async close(): Promise<void> {
    this.reports.close();
    await this.livekit.stop();
    this.#webhooks.closeAllConnections();
    await new Promise((resolve) => this.#webhooks.close(resolve));
  }

  #hear(hook: Webhook): void {
    this.#received.push(hook);
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}
