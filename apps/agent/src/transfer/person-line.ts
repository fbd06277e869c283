import type { voice } from '@livekit/agents';
import { describeError, type Logger } from '@vestibule/core';
import type { AnswerRow } from '@vestibule/questionnaire';
import { type CallLog, foldCall } from '@vestibule/record';
import type { CallFacts } from '../call/caller.ts';
import type { CallDependencies } from '../call/dependencies.ts';
import type { VoiceLine } from '../call/voice-line.ts';
import type { Models } from '../speech/models.ts';
import { CallOut } from './call-out.ts';
import { earlierTransfer, needOf, peopleFor, personNamed } from './need.ts';
import { StaffLeg } from './staff-leg.ts';
import { Transfer } from './transfer.ts';
import type { Person, TransferEvent, TransferOutcome } from './types.ts';
import { lastWords, notices, whisperWords } from './words.ts';

export interface PersonLineOptions {
  d: CallDependencies;
  facts: CallFacts;
  log: CallLog;
  models: Models;
  line: VoiceLine;
  logger: Logger;
  /** The intake as it stands. */
  rows: () => AnswerRow[];
  say: (words: string, isSolemn?: boolean) => voice.SpeechHandle;
  /** Nobody could be reached. */
  onNobody: (isUrgent: boolean) => void;
  onRefused: (error: unknown) => void;
}

/** How a call that was to be given to a person goes on. */
export interface Brought {
  outcome: TransferOutcome;
  /** Still to be said to the caller. */
  words: string | undefined;
}

/** The way from a call to a person, where `staff` is configured. */
export class PersonLine {
  readonly #options: PersonLineOptions;
  #transfer: Transfer | undefined;

  constructor(options: PersonLineOptions) {
    this.#options = options;
  }

  /** The caller waits for a person, or talks to one: nothing is asked, and what they say is not for us. */
  get isBusy(): boolean {
    return this.#transfer !== undefined && this.#transfer.phase !== 'over';
  }

  /**
   * Says `words` and brings the caller to whoever is on duty. Undefined where that cannot be: the call ends with `words` as it would
   * without staff.
   */
  async bring(words: string): Promise<Brought | undefined> {
    const { d, line, log, say, onNobody } = this.#options;
    const state = foldCall(log.entries);
    const need = needOf(state);
    if (!d.staff || need === undefined) return undefined;
    const earlier = earlierTransfer(log.entries);
    const people = peopleFor(d.config, need, d.clock.now());
    const joined = personNamed(d.config, earlier?.joined);
    line.session.input.setAudioEnabled(false);
    if (!joined) say(words, true);
    if (!earlier) await log.append('transfer', { step: 'requested', code: need });
    const summary = { need, redFlags: state.redFlags.map(({ id }) => id), rows: this.#options.rows() };
    const left = people.filter(({ name }) => earlier?.tried.has(name) !== true);
    const transfer = (this.#transfer = this.#open(joined ? [joined] : left, (whisper) =>
      whisperWords(whisper, d.config, summary),
    ));
    const outcome = await transfer.run(earlier && { joined });
    if (outcome === 'exhausted') onNobody(need === 'emergency' || need === 'urgent');
    return { outcome, words: lastWords(outcome, d.config, need) };
  }

  /** The caller is gone. @returns whether staff are told of it here, and `bring` resolves when they are. */
  callerLeft(): boolean {
    if (!this.isBusy) return false;
    this.#transfer?.post({ kind: 'caller-left' });
    return true;
  }

  /** The call is another worker's. */
  stop(): void {
    this.#transfer?.stop();
  }

  #open(
    people: readonly Person[],
    words: ConstructorParameters<typeof Transfer>[0]['whisperWords'],
  ): Transfer {
    const { d, facts, line, log, logger, models, onRefused } = this.#options;
    const post = (event: TransferEvent) => this.#transfer?.post(event);
    const leg = new StaffLeg({
      room: line.room,
      caller: facts.identity,
      rooms: d.rooms,
      callOut: new CallOut({
        ...d.staff!,
        config: d.config,
        decision: facts.edge.decision ?? facts.callId,
        clock: d.clock,
      }),
      ...models,
      vad: d.vad,
      clock: d.clock,
      logger,
      onEvent: post,
    });
    return new Transfer({
      ...{ people, log, leg, logger, onRefused },
      clock: d.clock,
      whisperWords: words,
      tell: (notice) => this.#tell(notices[notice]),
    });
  }

  /** A session that is broken says nothing; the caller is told all the same. */
  #tell(words: string): void {
    const { line, logger, say } = this.#options;
    try {
      say(words, true);
    } catch {
      line.sayAlone(words).catch((error: unknown) => logger.warn('caller not told', describeError(error)));
    }
  }
}
