import type { Reply } from '../bedrock/reply.ts';
import { caseCalls, declineCalls, endCalls, personCalls, searchCalls, transferCalls } from './actions.ts';
import { greet } from './chat.ts';
import { lookupCalls } from './field-calls.ts';
import { answerForeign } from './foreign.ts';
import { intentOf, type Intent } from './intent.ts';
import { backTo, joined, notKnown, personAt } from './phrases.ts';
import { again, queryOf, remarkOn, say, some, unclear } from './replies.ts';
import type { Role } from './roles.ts';
import type { Scene } from './scene.ts';
import { recordWords, takeAnswer } from './take-answer.ts';
import { contentWords, plain, sentencesOf, shared } from './text.ts';

/** The caller has spoken: what to do about it. */
export function answerCaller(scene: Scene): Reply {
  const { words } = scene.dialogue;
  if (words === '')
    return say(scene.dialogue.said === '' ? greet(scene) : scene.question || scene.dialogue.said);
  const intake: readonly Role[] = ['record', 'confirm', 'decline', 'unclear'];
  if (scene.fields.length > 0 || !scene.toolbox.all.some(({ role }) => intake.includes(role)))
    return answerForeign(scene);
  const parts = partsOf(words, scene);
  const has = (intent: Intent) => parts.some((part) => part.intent === intent);
  if (has('transfer'))
    return some(transferCalls(scene)) ?? say(joined(personAt(scene.person), scene.question));
  if (has('stop'))
    return (
      some(endCalls(scene, /stop|quit|hang|goodbye|done|finish|ended/i)) ??
      say('Thank you for calling. Goodbye.')
    );
  const special = requestFor(scene);
  if (special) return special;
  const answer = parts.flatMap(({ intent, text }) => (intent === undefined ? [text] : [])).join(' ');
  const questions = parts.flatMap(({ intent, text }) => (intent === 'question' ? [text] : []));
  if (answer !== '')
    return [...takeAnswer(scene, answer), ...questions.flatMap((text) => searchCalls(scene, queryOf(text)))];
  if (questions.length > 0) return lookUp(scene, questions);
  if (has('why')) return explain(scene, words);
  if (has('decline') || has('unknown')) return declined(scene, !has('decline'));
  if (has('repeat')) return again(scene);
  const remark = parts
    .map(({ intent }) => remarkOn(intent, scene.question))
    .find((text) => text !== undefined);
  return remark === undefined ? unclear(scene) : say(remark);
}

interface Part {
  readonly text: string;
  readonly intent: Intent | undefined;
}

/** Before these a new thing begins even where the recogniser put no full stop. */
const turnOfTalk =
  /\s+(?=(?:by the way|before (?:that|we go on)|one (?:more )?question|quick question|can i ask|could i ask|i was wondering|can you tell me|could you tell me)\b)/i;

function partsOf(words: string, scene: Scene): Part[] {
  const texts = sentencesOf(words).flatMap((sentence) => sentence.split(turnOfTalk));
  return texts.map((text) => {
    const intent = intentOf(text);
    if (intent === 'question' && answersWithAQuestion(text, scene)) return { text, intent: undefined };
    if (intent === 'unknown' && offersUnknown(scene)) return { text, intent: undefined };
    return { text, intent };
  });
}

/** "Can I get a check-up?" answers a question that offers check-ups. */
function answersWithAQuestion(text: string, { pending }: Scene): boolean {
  const options = /one of:?(.*)$/is.exec(pending?.text ?? '')?.[1];
  return options !== undefined && shared(contentWords(text), contentWords(options)) > 0;
}

function offersUnknown({ pending }: Scene): boolean {
  return /one of:?.*\b(?:not[ -]sure|unknown|don'?t[ -]know|unsure)\b/is.test(pending?.text ?? '');
}

function lookUp(scene: Scene, questions: readonly string[]): Reply {
  const calls = questions.flatMap((text) => searchCalls(scene, queryOf(text)));
  return some(calls) ?? say(joined(notKnown(scene.person), backTo(scene.question, scene.dialogue.turn)));
}

function explain(scene: Scene, words: string): Reply {
  if (scene.now.why !== undefined) return say(joined(scene.now.why, scene.question));
  return (
    some(searchCalls(scene, queryOf(words))) ?? say(joined('It helps our staff to prepare.', scene.question))
  );
}

function declined(scene: Scene, unknown: boolean): Reply {
  if (scene.readBack) return unclear(scene);
  return (
    some(declineCalls(scene, unknown)) ?? some(recordWords(scene, scene.dialogue.words)) ?? unclear(scene)
  );
}

const aboutMyself =
  /\b(?:am i (?:already )?(?:in|registered|a patient|on file)|(?:do you|have you(?: got)?) (?:have )?my (?:details|record|records|file|information)|(?:find|look up|pull up|check) my (?:record|file|account|details)|already (?:a |been a )?(?:patient|customer|client|member)|in your system)\b/;
const aboutACase =
  /\b(?:(?:have|get) (?:someone|somebody|a nurse|a doctor|anyone) (?:to )?call|(?:leave|take) a message|(?:open|file|create|raise) a (?:case|ticket|complaint)|(?:make|register) a complaint|request a call ?back)\b/;

/** Requests that a tool of its own serves. */
function requestFor(scene: Scene): Reply | undefined {
  const said = plain(scene.dialogue.words);
  if (aboutMyself.test(said)) return some(personCalls(scene));
  if (aboutACase.test(said)) return some(caseCalls(scene));
  return some(lookupCalls(scene, scene.dialogue.words));
}
