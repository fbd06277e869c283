import {
  advance,
  answersTable,
  catalogueOf,
  currentStep,
  type Definition,
  type Input,
  type IntakeState,
  questionnaireResponse,
  startIntake,
  type Step,
} from '@vestibule/questionnaire';
import { columns } from '../../../terminal.ts';
import { happened } from './happened.ts';
import { understand } from './understand.ts';

const help = `  :state               what stands, item by item
  :response            the QuestionnaireResponse as it is now
  :answer LINK WORDS   say something to another item, as a caller who volunteers or corrects it
  :back                take the last answer back
  :quit                end (Ctrl-D does too)
`;

/** One call in text: words in, what is said and done out. Nothing is stored. */
export class Rehearsal {
  readonly #definition: Definition;
  readonly #today: string;
  readonly #before: IntakeState[] = [];
  #state: IntakeState;

  /** `today`: the day of the call, `YYYY-MM-DD`. */
  constructor(definition: Definition, today: string) {
    this.#definition = definition;
    this.#today = today;
    this.#state = startIntake(definition, { today }).state;
  }

  get #step(): Step {
    return currentStep(this.#definition, this.#state);
  }

  /** No question stands any more. */
  get hasEnded(): boolean {
    return this.isComplete || this.#step.kind === 'handOver';
  }

  get isComplete(): boolean {
    return this.#step.kind === 'complete';
  }

  /** What is said first. */
  begin(): string {
    const { title, version } = this.#definition;
    return `Rehearsal of ${title} ${version} on ${this.#today}: the engine without a model. :help for help.\n\n${this.#said()}`;
  }

  /** One line from the caller, or a command (`:state`). */
  hear(line: string): string {
    const [, command, rest = ''] = /^:(\S*)\s*(.*)$/.exec(line) ?? [];
    return command === undefined ? this.#answer(line) : this.#command(command, rest);
  }

  /** What is still open, one line each; empty when nothing is. */
  openItems(): string {
    const open = answersTable(this.#definition, this.#state).filter(({ status }) =>
      ['asked', 'not-asked', 'unconfirmed'].includes(status),
    );
    return open.map(({ linkId, question, status }) => `  ${linkId} (${status}): ${question}\n`).join('');
  }

  response(): string {
    const meta = { authored: `${this.#today}T00:00:00Z`, ended: this.hasEnded };
    return `${JSON.stringify(questionnaireResponse(this.#definition, this.#state, meta), null, 2)}\n`;
  }

  #command(command: string, rest: string): string {
    switch (command) {
      case 'state':
        return this.#table();
      case 'response':
        return this.response();
      case 'answer': {
        const [, linkId, words] = /^(\S+)\s+(.+)$/.exec(rest) ?? [];
        if (linkId === undefined || words === undefined) return '  It is :answer LINK WORDS\n';
        return this.#put({ kind: 'answer', linkId, value: words, words }) + this.#said();
      }
      case 'back':
        return this.#back();
      default:
        return `${command === 'help' ? '' : `  There is no :${command}.\n`}${help}`;
    }
  }

  #back(): string {
    const before = this.#before.pop();
    if (!before) return '  There is nothing to take back.\n';
    this.#state = before;
    return this.#said();
  }

  #answer(words: string): string {
    const step = this.#step;
    if (step.kind !== 'ask' && step.kind !== 'readBack') return '';
    const item = catalogueOf(this.#definition, this.#state).byLink.get(step.linkId)?.item;
    const { input, note, asksWhy } = understand(words, step, item, this.#today);
    const done = this.#put(input);
    const why = asksWhy ? `Agent: ${item?.why ?? '(the questionnaire does not say why it is asked)'}\n` : '';
    return `${note === undefined ? '' : `  · ${note}\n`}${done}${why}${this.#said()}`;
  }

  /** What the engine does with it; the scripts of red flags are said at once. */
  #put(input: Input): string {
    const step = this.#step;
    const asked = 'linkId' in step ? step.linkId : undefined;
    this.#before.push(this.#state);
    const { state, events } = advance(this.#definition, this.#state, input, { today: this.#today });
    this.#state = state;
    return events
      .map((event) => {
        const script = event.kind === 'redFlag' ? `Agent: ${event.script}\n` : '';
        return `  · ${happened(event, asked)}\n${script}`;
      })
      .join('');
  }

  #said(): string {
    const step = this.#step;
    switch (step.kind) {
      case 'ask': {
        const marks = [
          step.linkId,
          ...(step.required ? ['required'] : []),
          ...(step.attempt > 1 ? [`attempt ${step.attempt}`] : []),
        ];
        const problem = step.problem === undefined ? '' : `${step.problem} `;
        return `Agent: ${problem}${said(step)}  [${marks.join(', ')}]\n`;
      }
      case 'readBack':
        return `Agent: ${said(step)}  [${step.flag === undefined ? `${step.linkId}, read back` : `red flag ${step.flag}?`}]\n`;
      case 'complete':
        return `${step.prompt === undefined ? '' : `Agent: ${step.prompt}\n`}Complete. :response shows what was taken, :quit ends.\n`;
      case 'handOver':
        return `A person takes over: ${step.reason}${step.linkId === undefined ? '' : `, at ${step.linkId}`}.\n`;
    }
  }

  #table(): string {
    const rows = answersTable(this.#definition, this.#state);
    const flagged =
      this.#state.flagged.length === 0 ? '' : `  red flags: ${this.#state.flagged.join(', ')}\n`;
    return columns(rows.map(({ linkId, status, answer }) => [`  ${linkId}`, status, answer])) + flagged;
  }
}

function said({ prompt, offerKeys }: { prompt: string; offerKeys?: string }): string {
  return offerKeys === undefined ? prompt : `${prompt} ${offerKeys}`;
}
