import { once } from 'node:events';
import { createServer, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { jsonEvent } from '../../local/aws/src/event-stream/frames.ts';

/** What a model is asked, as far as a hostile one looks. */
export interface Asked {
  system: { text?: string }[];
  messages: { role: string; content: { text?: string; toolResult?: unknown }[] }[];
  toolConfig?: { tools: { toolSpec: { name: string } }[] };
}

/** What it puts out: words, tool calls, words without end, a reason to stop. */
export type Put =
  { says: string } | { calls: string; input: unknown } | { forEver: string } | { stops: string };

/**
 * A Bedrock (ConverseStream over cleartext HTTP/2) whose model is as bad as it likes: it keeps to the wire, and to nothing else. Not local/aws, whose model
 * means well.
 */
export async function startBedrock(model: (asked: Asked) => readonly Put[]) {
  const server = createServer();
  let asked = 0;
  server.on('stream', (stream) => {
    stream.on('error', () => {});
    void text(stream).then((body) => {
      asked += 1;
      return answer(stream, model(JSON.parse(body) as Asked));
    });
  });
  const sessions = new Set<{ destroy(): void }>();
  server.on('session', (session) => sessions.add(session));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const client = new BedrockRuntimeClient({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  return {
    client,
    /** How often it was asked. */
    get asked() {
      return asked;
    },
    stop: async () => {
      client.destroy();
      for (const session of sessions) session.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(stream: ServerHttp2Stream, puts: readonly Put[]): Promise<void> {
  stream.respond({ ':status': 200, 'content-type': 'application/vnd.amazon.eventstream' });
  const send = async (type: string, document: unknown) => {
    if (stream.destroyed) return;
    if (!stream.write(jsonEvent(type, document)))
      await Promise.race([once(stream, 'drain'), once(stream, 'close')]);
  };
  await send('messageStart', { role: 'assistant' });
  let stopReason = puts.some((put) => 'calls' in put) ? 'tool_use' : 'end_turn';
  for (const [contentBlockIndex, put] of puts.entries()) {
    const block = (delta: object) => send('contentBlockDelta', { contentBlockIndex, delta });
    if ('stops' in put) stopReason = put.stops;
    else if ('says' in put) await block({ text: put.says });
    else if ('forEver' in put) while (!stream.destroyed) await block({ text: put.forEver });
    else {
      const toolUse = { toolUseId: `t-${contentBlockIndex}`, name: put.calls };
      await send('contentBlockStart', { contentBlockIndex, start: { toolUse } });
      await block({
        toolUse: { input: typeof put.input === 'string' ? put.input : JSON.stringify(put.input) },
      });
    }
    await send('contentBlockStop', { contentBlockIndex });
  }
  await send('messageStop', { stopReason });
  await send('metadata', {
    usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 },
    metrics: { latencyMs: 1 },
  });
  stream.end();
}
