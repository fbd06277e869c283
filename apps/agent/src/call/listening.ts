import type { CallLog, Payload } from '@vestibule/record';
import type { Conversation } from '../conversation/conversation.ts';
import type { Heard, HearingListener } from '../speech/hearing.ts';
import type { Look } from '../thinking/second-look.ts';
import type { VoiceLine } from './voice-line.ts';

export interface ListeningOptions {
  log: CallLog;
  conversation: Conversation;
  line: VoiceLine;
  looks: readonly Look[];
  /** The caller does not speak to the questionnaire: they are brought to a person, or the call has ended. */
  isElsewhere: () => boolean;
  onRefused: (error: unknown) => void;
}

/** What is heard goes on the log first, then to the conversation and all that looks for red flags. */
export class Listening implements HearingListener {
  readonly #options: ListeningOptions;

  constructor(options: ListeningOptions) {
    this.#options = options;
  }

  onPartial(heard: Heard): void {
    const { conversation, line } = this.#options;
    this.#note('partial', wordsOf(heard));
    const next = conversation.foresee(heard);
    if (next) line.prepare(next.words);
    this.#watch(heard, 'partial');
  }

  onFinal(heard: Heard): boolean {
    const { conversation, line, looks } = this.#options;
    this.#note('final', { ...wordsOf(heard), confidence: heard.confidence });
    const isNew = conversation.onFinal(heard);
    line.onFinal(heard);
    for (const one of looks) one.look(heard);
    this.#watch(heard, 'final');
    return isNew;
  }

  takesInterim(heard: Heard): boolean {
    const { conversation, line, isElsewhere } = this.#options;
    if (isElsewhere() || !conversation.foresee(heard)?.isCertain) return false;
    this.#note('provisional', wordsOf(heard));
    conversation.onProvisional(heard);
    line.onFinal(heard);
    return true;
  }

  /** Pipelined: a later entry is acknowledged only after this one. */
  #note<Kind extends 'partial' | 'final' | 'provisional'>(kind: Kind, payload: Payload<Kind>): void {
    this.#options.log.append(kind, payload).catch(this.#options.onRefused);
  }

  #watch(heard: Heard, lane: 'partial' | 'final'): void {
    this.#options.conversation.watch(heard, lane).catch(this.#options.onRefused);
  }
}

const wordsOf = ({ text: piiText, startMs, endMs }: Heard) => ({ piiText, startMs, endMs });
