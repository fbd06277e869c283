import { ReadableStream, TransformStream, type TransformStreamDefaultController } from 'node:stream/web';
import { FlushSentinel, llm, type stt, voice } from '@livekit/agents';
import type { Config } from '@vestibule/config';
import type { Clock } from '@vestibule/core';
import type { CallLog } from '@vestibule/record';
import type { Conversation } from '../conversation/conversation.ts';
import type { Script } from '../conversation/script.ts';
import { systemPrompt } from '../conversation/prompt.ts';
import { citing } from '../tools/citing.ts';
import { intakeToolNames } from '../tools/intake-tools.ts';
import type { CallerSilence } from '../speech/caller-silence.ts';
import { type HearingListener, overhear } from '../speech/hearing.ts';
import { holdingAfterMs, withHolding } from '../speech/holding.ts';
import { sentenceWise } from '../speech/sentences.ts';
import { FreeSpeech } from '../conversation/free-speech.ts';
import type { Thinking } from '../thinking/thinking.ts';

export interface IntakeAgentOptions {
  config: Config;
  clock: Clock;
  conversation: Conversation;
  script: Script;
  log: CallLog;
  thinking: Thinking;
  tools: llm.ToolContextEntry[];
  hearing: HearingListener;
  silence: CallerSilence;
  /** ms since the call was answered. */
  callTime: () => number;
  /** How long the caller has been hearing nothing, ms. */
  quietFor: () => number;
  /** The answer begins with a red flag's script: it is said to its end. */
  onUrgent: () => void;
  /** Told of words that will be spoken and are not the model's. */
  onScript: (...words: string[]) => void;
  /** True for words that are our own script, not the model's. */
  isScript: (sentence: string) => boolean;
}

/** Words that must not wait for what comes after them end with a flush: a voice else waits for the next sentence. */
type Chunk = llm.ChatChunk | string | typeof FlushSentinel;

type Nodes = voice.Agent;
type SttInput = Parameters<Nodes['sttNode']>[0];
type TtsInput = Parameters<Nodes['ttsNode']>[0];

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
    const { callTime, hearing: listener, silence } = this.#options;
    const offsetMs = callTime();
    const events = await voice.Agent.default.sttNode(this, audio, settings);
    return events && overhear(events, { offsetMs, listener, silence });
  }

  override async llmNode(context: llm.ChatContext, tools: llm.ToolContext, settings: voice.ModelSettings) {
    const { conversation, onScript, onUrgent } = this.#options;
    const reply = answersIntakeTools(context)
      ? conversation.takeReply()
      : await this.#inPlaceOfModel(context);
    // The turn ended the conversation: its last words are on their way.
    if (reply === undefined && conversation.isOver) return ReadableStream.from<string>([]);
    const urgent = conversation.takeScripts();
    const first = `${urgent} ${conversation.takeLead()}`.trim();
    onScript(first, reply ?? '');
    if (urgent !== '') onUrgent();
    if (reply !== undefined) return ReadableStream.from([`${first} ${reply}`.trim()]);
    const answer = this.#askModels(context, tools, settings);
    return first === '' ? answer : prefixed<Chunk>([`${first} `, FlushSentinel], answer);
  }

  #askModels(context: llm.ChatContext, tools: llm.ToolContext, settings: voice.ModelSettings) {
    const { config, clock, conversation, script, thinking, onScript, quietFor } = this.#options;
    const system = [systemPrompt(config, conversation.today), conversation.situation];
    const said = context.copy({ excludeInstructions: true });
    const prompt = said.copy();
    prompt.items = [
      ...system.map((content) => llm.ChatMessage.create({ role: 'system', content, createdAt: 0 })),
      ...said.items,
    ];
    const rules = conversation.speechRules;
    onScript(script.holding, rules.instead, rules.question);
    const answer = thinking.answer({
      ...{ system, context: said, tools, choice: settings.toolChoice, prompt },
      mouth: () => new FreeSpeech(rules),
      otherwise: async () => {
        const words = await conversation.loseModel();
        onScript(words ?? '');
        return words;
      },
    });
    const first: Chunk[] = [`${script.holding} `, FlushSentinel];
    return withHolding<Chunk>(answer, { first, afterMs: holdingAfterMs - quietFor(), clock });
  }

  /** A plain answer, a turn that leaves the question as it is once too often, no model: the engine speaks. Tools at work are not a turn. */
  async #inPlaceOfModel({ items }: llm.ChatContext): Promise<string | undefined> {
    const { conversation, thinking } = this.#options;
    const last = items.at(-1);
    if (last?.type !== 'message' || last.role !== 'user') return undefined;
    thinking.newTurn();
    if (!conversation.hasModel && thinking.isReady) await conversation.tryModelAgain();
    return conversation.turn();
  }

  override async ttsNode(text: TtsInput, settings: voice.ModelSettings) {
    const { log, isScript } = this.#options;
    const said = sentenceWise(text, (piiText) =>
      log.append(
        'said',
        isScript(piiText)
          ? { piiText, source: 'script' }
          : { piiText, source: 'model', ...citing(piiText, log.entries) },
      ),
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

function prefixed<T>(first: readonly T[], rest: ReadableStream<T>): ReadableStream<T> {
  const start = (controller: TransformStreamDefaultController<T>) => {
    for (const chunk of first) controller.enqueue(chunk);
  };
  return rest.pipeThrough(new TransformStream<T, T>({ start }));
}
