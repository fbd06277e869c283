import type { Lane } from '../conversation/alarms.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { VoiceLine } from './voice-line.ts';

export interface AlarmVoiceOptions {
  line: VoiceLine;
  conversation: Conversation;
  /** Says it to its end; resolves when it is said. */
  say: (words: string) => Promise<unknown>;
  /** The question that stands, with what has to be said before it. */
  question: () => string;
}

/**
 * Says a red flag's script, or its question that a second model brought up, at once, also into our own speech and the caller's. Only where the caller's turn is ending anyway is it left to the answer,
 * which begins with it: cutting in there would lose the turn.
 */
export class AlarmVoice {
  readonly #options: AlarmVoiceOptions;

  constructor(options: AlarmVoiceOptions) {
    this.#options = options;
  }

  /** A red flag fired. `isOver`: the conversation ends with it, and its script is among the last words. */
  onAlarm(lane: Lane, isOver: boolean): void {
    const { session } = this.#options.line;
    const { agentState } = session;
    if (lane === 'model-tool' || lane === 'answer' || agentState === 'initializing') return;
    const isOurs = lane === 'final' ? agentState !== 'speaking' : agentState === 'thinking';
    if (isOurs && lane !== 'partial') return;
    if (agentState !== 'listening') this.#options.line.hush();
    if (!isOver) void this.#speak().catch(() => {});
  }

  /** Nobody speaks: a script or question that came while an answer was being made is said now. */
  onQuiet(): void {
    const { hasScripts, hasFlagQuestion } = this.#options.conversation;
    if (hasScripts || hasFlagQuestion) void this.#speak().catch(() => {});
  }

  async #speak(): Promise<void> {
    const { conversation, line, question, say } = this.#options;
    const scripts = conversation.takeScripts();
    const asked = conversation.takeFlagQuestion();
    if (scripts === '' && asked === '') return;
    await say(`${scripts} ${asked}`.trim());
    if (conversation.isOver || line.isBusy) return;
    // While it was said the framework made no turn of what the caller said.
    const { missed } = conversation;
    if (missed !== undefined) line.session.generateReply({ userInput: missed });
    else if (asked === '' && line.session.userState !== 'speaking') await say(question());
  }
}
