import { ReadableStream, TransformStream } from 'node:stream/web';
import { llm, type stt, voice } from '@livekit/agents';
import type { Config } from '@vestibule/config';
import type { Clock } from '@vestibule/core';
import type { CallLog } from '@vestibule/record';
import type { Conversation } from '../conversation/conversation.ts';
import type { Script } from '../conversation/script.ts';
import { systemPrompt } from '../conversation/prompt.ts';
import { intakeToolNames } from '../tools/intake-tools.ts';
import { type HearingListener, overhear } from '../speech/hearing.ts';
import { withHolding } from '../speech/holding.ts';
import { sentenceWise } from '../speech/sentences.ts';
import type { PromptLog } from './prompt-log.ts';

export interface IntakeAgentOptions {
  config: Config;
  clock: Clock;
  conversation: Conversation;
  script: Script;
  log: CallLog;
  prompts: PromptLog;
  tools: llm.ToolContextEntry[];
  hearing: HearingListener;
  /** ms since the call was answered. */
  callTime: () => number;
  /** Told of words that will be spoken and are not the model's. */
  onScript: (...words: string[]) => void;
  /** True for words that are our own script, not the model's. */
  isScript: (sentence: string) => boolean;
}

type Nodes = voice.Agent;
type SttInput = Parameters<Nodes['sttNode']>[0];
type TtsInput = Parameters<Nodes['ttsNode']>[0];

/** The caller never hears more unexplained silence than this, ms after the turn's end. */
const holdingAfterMs = 2500;

/** LiveKit's pipeline with our record in it: what is heard, prompted and said passes the log on its way. */
export class IntakeAgent extends voice.Agent {
  readonly #options: IntakeAgentOptions;

  constructor(options: IntakeAgentOptions) {
    super({ instructions: 'See the system message of each prompt.', tools: options.tools });
    this.#options = options;
  }

  override async sttNode(
    audio: SttInput,
    settings: voice.ModelSettings,
  ): Promise<ReadableStream<stt.SpeechEvent | string> | null> {
    const offset = this.#options.callTime();
    const events = await voice.Agent.default.sttNode(this, audio, settings);
    return events && overhear(events, offset, this.#options.hearing);
  }

  override async llmNode(context: llm.ChatContext, tools: llm.ToolContext, settings: voice.ModelSettings) {
    const { config, clock, conversation, script, prompts, onScript } = this.#options;
    const reply = answersIntakeTools(context)
      ? conversation.takeReply()
      : await this.#inPlaceOfModel(context);
    // The turn ended the conversation: its last words are on their way.
    if (reply === undefined && conversation.isOver) return ReadableStream.from<string>([]);
    const urgent = conversation.takeScripts();
    onScript(urgent, reply ?? '');
    if (reply !== undefined) return ReadableStream.from([`${urgent} ${reply}`.trim()]);
    const system = [systemPrompt(config, conversation.today), conversation.situation];
    const said = context.copy({ excludeInstructions: true });
    const prompt = said.copy();
    prompt.items = [
      ...system.map((content) => llm.ChatMessage.create({ role: 'system', content, createdAt: 0 })),
      ...said.items,
    ];
    const { toolChoice: choice } = settings;
    await prompts.sent(this.session.llm, { system, context: said, tools, choice });
    const output = await voice.Agent.default.llmNode(this, prompt, tools, settings);
    if (!output) return output;
    onScript(script.holding);
    const held = withHolding(prompts.received(output), {
      words: `${script.holding} `,
      afterMs: holdingAfterMs,
      clock,
    });
    return urgent === '' ? held : prefixed(`${urgent} `, held);
  }

  /** A turn that leaves the question as it is, once too often: the engine speaks. Tools at work are not a turn. */
  async #inPlaceOfModel({ items }: llm.ChatContext): Promise<string | undefined> {
    const last = items.at(-1);
    return last?.type === 'message' && last.role === 'user' ? this.#options.conversation.turn() : undefined;
  }

  override async ttsNode(text: TtsInput, settings: voice.ModelSettings) {
    const { log, isScript } = this.#options;
    const said = sentenceWise(text, (piiText) =>
      log.append('said', { piiText, source: isScript(piiText) ? 'script' : 'model' }),
    );
    return voice.Agent.default.ttsNode(this, said, settings);
  }
}

/** True when all that happened since the model spoke is the questionnaire's: it leads, so its words go out as they are. */
function answersIntakeTools({ items }: llm.ChatContext): boolean {
  const last = items.at(-1);
  if (last?.type !== 'function_call_output') return false;
  const since = items.slice(items.findLastIndex(({ type }) => type === 'message') + 1);
  return since.every((item) => item.type !== 'function_call_output' || intakeToolNames.has(item.name));
}

function prefixed<T>(first: T, rest: ReadableStream<T>): ReadableStream<T> {
  return rest.pipeThrough(new TransformStream<T, T>({ start: (controller) => controller.enqueue(first) }));
}
