import type { Reply, ReplyBlock } from '../bedrock/reply.ts';
import { unclearCalls } from './actions.ts';
import type { Intent } from './intent.ts';
import { notUnderstood, repeated } from './phrases.ts';
import type { Scene } from './scene.ts';
import { trimFillers } from './text.ts';

/** Replies that every kind of assistant gives. */

/** What is said to remarks that are no answer and cost no attempt; … is the question that stands. */
const remarks: Record<string, string | undefined> = {
  presence: 'Yes, I am here. …',
  wait: 'Take your time.',
  identity: 'I am an automated assistant. …',
  thanks: 'You are welcome. …',
};

export function remarkOn(intent: Intent | undefined, question: string): string | undefined {
  return remarks[intent ?? '']?.replace('…', question).trim();
}

/** What to search for: the question without the politeness before it. */
export function queryOf(text: string): string {
  const bare = trimFillers(text).replace(
    /^(?:(?:sorry|excuse me|but|and|by the way|before (?:that|we go on)|one (?:more )?question|i have a question|(?:can|could|may) i ask(?: you)?|i was wondering|(?:can|could) you tell me|do you know|i'd like to know|first|please)[\s,]+)+/i,
    '',
  );
  return bare === '' ? text : bare;
}

export function again({ question, dialogue }: Scene): Reply {
  return say(question === '' ? dialogue.said || 'How can I help you?' : repeated(question, dialogue.turn));
}

export function unclear(scene: Scene): Reply {
  return some(unclearCalls(scene)) ?? say(notUnderstood(scene.question, scene.dialogue.turn));
}

export function say(text: string): Reply {
  return [{ kind: 'text', text }];
}

export function some(calls: ReplyBlock[]): Reply | undefined {
  return calls.length > 0 ? calls : undefined;
}
