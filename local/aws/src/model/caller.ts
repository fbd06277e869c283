import type { Reply, ReplyBlock } from '../bedrock/reply.ts';
import {
  caseCalls,
  confirmCalls,
  declineCalls,
  endCalls,
  genericCalls,
  personCalls,
  recordCalls,
  searchCalls,
  transferCalls,
  unclearCalls,
} from './actions.ts';
import { shareOut, type Answer } from './answers.ts';
import { chat, greet } from './chat.ts';
import { intentOf, verdictIn, type Intent } from './intent.ts';
import { joined, notKnown, notUnderstood, personAt, repeated, backTo } from './phrases.ts';
import type { Scene } from './scene.ts';
import { contentWords, plain, sentencesOf, shared, trimFillers } from './text.ts';
import type { Role } from './toolbox.ts';

/** The caller has spoken: what to do about it. */
export function answerCaller(scene: Scene): Reply {
  const { words } = scene.dialogue;
  if (words === '')
    return say(scene.dialogue.said === '' ? greet(scene) : scene.question || scene.dialogue.said);
  const intake: readonly Role[] = ['record', 'confirm', 'decline', 'unclear'];
  if (!scene.toolbox.all.some(({ role }) => intake.includes(role))) return withoutIntake(scene);
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
  const remark = parts.map(({ intent }) => remarks[intent ?? '']).find((text) => text !== undefined);
  return remark === undefined ? unclear(scene) : say(remark.replace('…', scene.question).trim());
}

/** What is said to remarks that are no answer and cost no attempt; … is the question that stands. */
const remarks: Record<string, string | undefined> = {
  presence: 'Yes, I am here. …',
  wait: 'Take your time.',
  identity: 'I am an automated assistant. …',
  thanks: 'You are welcome. …',
};

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

function takeAnswer(scene: Scene, words: string): Reply {
  if (scene.readBack) return takeVerdict(scene, words);
  const { pending, items } = scene;
  const lastRecorded = [...scene.known.keys()].at(-1);
  const answers = shareOut(words, pending, items, lastRecorded);
  return some(recordCalls(scene, answers.length > 0 ? answers : unnamed(scene, words))) ?? unclear(scene);
}

/** For tools that take a free name of the item, or none at all. */
function unnamed(scene: Scene, words: string): Answer[] {
  return scene.items.length === 0 ? [{ item: scene.question, words: trimFillers(words) }] : [];
}

/** Yes, no, no with a new value, or a new value straight away. */
function takeVerdict(scene: Scene, words: string): Reply {
  const verdict = verdictIn(words);
  const volunteered = (text: string) => {
    const others = scene.items.filter(({ id }) => id !== scene.pending?.id);
    return recordCalls(scene, text === '' ? [] : shareOut(text, undefined, others, undefined));
  };
  if (verdict?.yes)
    return [...(confirmCalls(scene, true, '') ?? recordWords(scene, words)), ...volunteered(verdict.rest)];
  const correction = verdict ? verdict.rest : words;
  if (!verdict && repeatsWhatWasSaid(words, scene))
    return confirmCalls(scene, true, '') ?? recordWords(scene, words);
  const own = shareOut(correction, scene.pending, scene.items, undefined);
  const value = own.find(({ item }) => item === scene.pending?.id)?.words ?? '';
  const others = recordCalls(
    scene,
    own.filter(({ item }) => item !== scene.pending?.id),
  );
  if (value === '' && !verdict) return some(others) ?? unclear(scene);
  return [
    ...(confirmCalls(scene, false, value) ?? recordWords(scene, value === '' ? words : value)),
    ...others,
  ];
}

function recordWords(scene: Scene, words: string): ReplyBlock[] {
  return scene.pending ? recordCalls(scene, [{ item: scene.pending.id, words }]) : [];
}

/** The caller says the value once more instead of a yes. */
function repeatsWhatWasSaid(words: string, { dialogue, question }: Scene): boolean {
  const said = contentWords(words);
  return said.size > 0 && shared(said, contentWords(`${dialogue.said} ${question}`)) === said.size;
}

function lookUp(scene: Scene, questions: readonly string[]): Reply {
  const calls = questions.flatMap((text) => searchCalls(scene, queryOf(text)));
  return some(calls) ?? say(joined(notKnown(scene.person), backTo(scene.question, scene.dialogue.turn)));
}

/** What to search for: the question without the politeness before it. */
function queryOf(text: string): string {
  const bare = trimFillers(text).replace(
    /^(?:(?:sorry|excuse me|but|and|by the way|before (?:that|we go on)|one (?:more )?question|i have a question|(?:can|could|may) i ask(?: you)?|i was wondering|(?:can|could) you tell me|do you know|i'd like to know|first|please)[\s,]+)+/i,
    '',
  );
  return bare === '' ? text : bare;
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

function again({ question, dialogue }: Scene): Reply {
  return say(question === '' ? dialogue.said || 'How can I help you?' : repeated(question, dialogue.turn));
}

function unclear(scene: Scene): Reply {
  return some(unclearCalls(scene)) ?? say(notUnderstood(scene.question, scene.dialogue.turn));
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
  return undefined;
}

/** Assistants that take no intake: a tool that has to do with what was said, else conversation. */
function withoutIntake(scene: Scene): Reply {
  const { words } = scene.dialogue;
  const wanted = contentWords(words);
  const fitting = scene.toolbox.all
    .map((tool) => ({ tool, score: shared(wanted, contentWords(`${tool.name} ${tool.description}`)) }))
    .reduce((top, one) => (one.score > top.score ? one : top), {
      tool: undefined as Scene['toolbox']['all'][number] | undefined,
      score: 0,
    });
  const intent = intentOf(words);
  if (intent === 'transfer') return some(transferCalls(scene)) ?? say(personAt(scene.person));
  if (intent === 'stop') return some(endCalls(scene, /stop|end|user|caller/i)) ?? say('Thank you. Goodbye.');
  if (fitting.tool) {
    return (
      some(
        fitting.tool.role === 'search'
          ? searchCalls(scene, queryOf(words))
          : genericCalls(fitting.tool, words),
      ) ?? say(chat(scene))
    );
  }
  return (intent === 'question' ? some(searchCalls(scene, queryOf(words))) : undefined) ?? say(chat(scene));
}

function say(text: string): Reply {
  return [{ kind: 'text', text }];
}

function some(calls: ReplyBlock[]): Reply | undefined {
  return calls.length > 0 ? calls : undefined;
}
