import {
  textOf,
  toolResultOf,
  toolUseOf,
  type ConverseRequest,
  type Message,
} from '../bedrock/converse-request.ts';
import { readResult, type ToolOutcome } from './outcome.ts';
import { sentencesOf } from './text.ts';

/** An answer that was recorded earlier in the conversation. */
export interface Recorded {
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface Exchange {
  readonly asked: string;
  readonly words: string;
}

/** What the messages tell. */
export interface Dialogue {
  /** What the caller said last; empty when nobody spoke (stage directions such as `(Go on.)` do not count). */
  readonly words: string;
  /** What the caller said before, newest first. */
  readonly earlier: readonly string[];
  /** Results of tools that have not been spoken to yet, in order. */
  readonly outcomes: readonly ToolOutcome[];
  /** What the agent said last. */
  readonly said: string;
  /** The newest tool result of all that names an item or what to say. */
  readonly newest?: ToolOutcome;
  /** All that the caller said, with what the agent had said before it; the oldest first. */
  readonly exchanges: readonly Exchange[];
  readonly used: readonly Recorded[];
  /** Counts messages: makes the phrasing vary, and always the same way. */
  readonly turn: number;
}

export function readDialogue({ messages }: ConverseRequest): Dialogue {
  const names = toolNames(messages);
  const last = messages.at(-1);
  const outcomesOf = (message: Message | undefined): ToolOutcome[] =>
    message?.content.flatMap((block) => {
      const result = toolResultOf(block);
      return result ? [readResult(result, names.get(result.toolUseId) ?? '')] : [];
    }) ?? [];
  const assistant = messages.filter(({ role }) => role === 'assistant');
  const all = messages.flatMap(outcomesOf);
  const newest = all.findLast(({ item, say, then }) => (item ?? say ?? then) !== undefined);
  return {
    words: spoken(last),
    earlier: messages
      .slice(0, -1)
      .filter(({ role }) => role === 'user')
      .map(spoken)
      .filter((words) => words !== '')
      .reverse(),
    outcomes: outcomesOf(last),
    said: assistant.map(spoken).findLast((text) => text !== '') ?? '',
    exchanges: exchangesOf(messages),
    used: messages.flatMap(({ content }) =>
      content.flatMap((block) => {
        const use = toolUseOf(block);
        return use ? [{ tool: use.name, input: (use.input ?? {}) as Record<string, unknown> }] : [];
      }),
    ),
    turn: messages.length,
    ...(newest === undefined ? {} : { newest }),
  };
}

function exchangesOf(messages: readonly Message[]): Exchange[] {
  let asked = '';
  return messages.flatMap((message) => {
    const words = spoken(message);
    if (message.role === 'user') return words === '' ? [] : [{ asked, words }];
    asked = words || asked;
    return [];
  });
}

function spoken(message: Message | undefined): string {
  return (message?.content ?? [])
    .map((block) => (textOf(block) ?? '').trim())
    .filter((text) => !/^[([<].*[)\]>]$/s.test(text))
    .join(' ')
    .trim();
}

function toolNames(messages: readonly Message[]): Map<string, string> {
  const uses = messages.flatMap(({ content }) => content.flatMap((block) => toolUseOf(block) ?? []));
  return new Map(uses.map((use) => [use.toolUseId, use.name]));
}

/** The question in what the agent said: its last sentence with a question mark, and what leads up to it. */
export function questionIn(said: string): string {
  const sentences = sentencesOf(said);
  const at = sentences.findLastIndex((sentence) => sentence.endsWith('?'));
  return at < 0 ? '' : sentences.slice(at).join(' ');
}
