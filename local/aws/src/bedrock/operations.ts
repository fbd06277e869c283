import { randomBytes } from 'node:crypto';
import { jsonEvent } from '../event-stream/frames.ts';
import { respond } from '../model/index.ts';
import type { Call, Operation } from '../server/app.ts';
import type { Latency } from '../server/latency.ts';
import { parseConverse, textOf, type ConverseRequest } from './converse-request.ts';
import {
  countTokens,
  jsonPieces,
  limitReply,
  outputTokens,
  stopReasonOf,
  tokensOf,
  type Reply,
  type ReplyBlock,
  type StopReason,
} from './reply.ts';
import { checkModelId, validateConverse } from './validation.ts';

/** Bedrock's own limit on a Converse request is 20 MB. */
const bodyLimit = 20 * 1024 * 1024;
const defaultMaxTokens = 4096;

export interface BedrockOptions {
  readonly latency: Latency;
}

export function bedrockOperations({ latency }: BedrockOptions): Operation[] {
  const common = { service: 'bedrock', method: 'POST', body: bodyLimit } as const;
  return [
    { ...common, path: /^\/model\/([^/]+|arn.+)\/converse$/, run: (call) => converse(call, latency) },
    {
      ...common,
      path: /^\/model\/([^/]+|arn.+)\/converse-stream$/,
      run: (call) => converseStream(call, latency),
    },
  ];
}

interface Answer {
  readonly reply: Reply;
  readonly stopReason: StopReason;
  readonly usage: { inputTokens: number; outputTokens: number; totalTokens: number };
}

function answer({ path, body }: Call): Answer {
  checkModelId(path[0] ?? '');
  const request = parseConverse(body);
  validateConverse(request);
  const { reply, cut } = limitReply(respond(request), request.inferenceConfig?.maxTokens ?? defaultMaxTokens);
  const counts = { inputTokens: inputTokens(request), outputTokens: outputTokens(reply) };
  return {
    reply,
    stopReason: cut ? 'max_tokens' : stopReasonOf(reply),
    usage: { ...counts, totalTokens: counts.inputTokens + counts.outputTokens },
  };
}

async function converse(call: Call, latency: Latency): Promise<void> {
  const { exchange, gate } = call;
  const began = latency.clock.monotonic();
  const { reply, stopReason, usage } = answer(call);
  const tokens = Array.from({ length: usage.outputTokens }, () => latency.draw('bedrockToken'));
  const thinking = latency.draw('bedrockFirstToken') + tokens.reduce((sum, ms) => sum + ms, 0);
  await latency.pause(thinking, exchange.signal);
  await gate.pass(true);
  const content = reply.map((block) =>
    block.kind === 'text'
      ? { text: block.text }
      : { toolUse: { toolUseId: toolUseId(), name: block.name, input: block.input } },
  );
  const document = {
    metrics: { latencyMs: Math.round(latency.clock.monotonic() - began) },
    output: { message: { role: 'assistant', content } },
    stopReason,
    usage,
  };
  exchange.respond(200, { 'content-type': 'application/json' }, JSON.stringify(document));
}

async function converseStream(call: Call, latency: Latency): Promise<void> {
  const { exchange, gate } = call;
  const began = latency.clock.monotonic();
  const { reply, stopReason, usage } = answer(call);
  exchange.open(200, { 'content-type': 'application/vnd.amazon.eventstream' });
  const send = async (type: string, document: unknown) => {
    await gate.pass(true);
    await exchange.send(jsonEvent(type, document));
  };
  await latency.pause(latency.draw('bedrockFirstToken'), exchange.signal);
  await send('messageStart', { role: 'assistant' });
  for (const [contentBlockIndex, block] of reply.entries()) {
    for (const [type, event] of blockEvents(block)) {
      if (type === 'contentBlockDelta') await latency.pause(latency.draw('bedrockToken'), exchange.signal);
      await send(type, { contentBlockIndex, ...event });
    }
  }
  await send('messageStop', { stopReason });
  const metrics = { latencyMs: Math.round(latency.clock.monotonic() - began) };
  await send('metadata', { usage, metrics });
  exchange.end();
}

/** A text block has no start event; a tool use has one, and its input comes as pieces of JSON. */
function blockEvents(block: ReplyBlock): (readonly [string, object])[] {
  const stop = ['contentBlockStop', {}] as const;
  if (block.kind === 'text') {
    return [...tokensOf(block.text).map((text) => ['contentBlockDelta', { delta: { text } }] as const), stop];
  }
  const start = [
    'contentBlockStart',
    { start: { toolUse: { toolUseId: toolUseId(), name: block.name } } },
  ] as const;
  const pieces = jsonPieces(JSON.stringify(block.input));
  return [
    start,
    ...pieces.map((input) => ['contentBlockDelta', { delta: { toolUse: { input } } }] as const),
    stop,
  ];
}

function toolUseId(): string {
  return `tooluse_${randomBytes(16).toString('base64url')}`;
}

function inputTokens(request: ConverseRequest): number {
  const system = request.system.map((block) => textOf(block) ?? '').join('');
  const tools = request.toolConfig ? JSON.stringify(request.toolConfig) : '';
  return countTokens(system + tools + JSON.stringify(request.messages));
}
