import type { Reply } from '../bedrock/reply.ts';
import { endCalls } from './actions.ts';
import { answerFrom } from './findings.ts';
import type { ToolOutcome } from './outcome.ts';
import { acknowledged, backTo, ended, joined, notKnown } from './phrases.ts';
import type { Scene } from './scene.ts';
import { plain } from './text.ts';
import { isQuery, type Role } from './toolbox.ts';

const intakeRoles: readonly Role[] = ['record', 'confirm', 'decline', 'unclear'];

/** Tools have answered: say what they gave, and put the question that stands now. */
export function speakOutcomes(scene: Scene): Reply {
  const { outcomes, turn } = scene.dialogue;
  const intake = outcomes.filter(({ tool }) => intakeRoles.includes(roleOf(scene, tool)));
  const others = outcomes.filter((outcome) => !intake.includes(outcome));
  const found = others.map((outcome) => phraseFinding(scene, outcome));
  const last = intake.at(-1);
  if (last?.complete) return closing(scene, joined(...found, last.say ?? 'Thank you, that is all I need.'));
  if (last) return say(joined(...found, phraseIntake(scene, last)));
  if (others.some(({ tool }) => ['end', 'transfer'].includes(roleOf(scene, tool))))
    return say(joined(...found));
  const text = joined(...found);
  return say(text.endsWith('?') ? text : joined(text, backTo(scene.question, turn)));
}

function phraseIntake(scene: Scene, { ok, say: next, problem }: ToolOutcome): string {
  const { turn } = scene.dialogue;
  if (next !== undefined) return ok ? acknowledged(next, turn) : next;
  if (!ok)
    return joined(
      problem === undefined ? 'Sorry, that did not work.' : `Sorry, ${ended(problem)}`,
      scene.question,
    );
  return acknowledged(nextQuestion(scene), turn);
}

/** Where a result does not say how to go on: the prompt's current question, else the next item nobody answered. */
function nextQuestion(scene: Scene): string {
  const asked = plain(scene.dialogue.said);
  const current = scene.now.question;
  if (current !== undefined && !asked.includes(plain(current))) return current;
  const open = scene.items.find(({ id }) => !scene.known.has(id));
  if (open) return questionAbout(open.id, open.text);
  return current ?? 'Is there anything else?';
}

function questionAbout(id: string, text: string): string {
  const question = text.split(/(?<=\?)/).find((sentence) => sentence.endsWith('?'));
  if (question !== undefined) return question.replace(/^.*[\]:]\s*/, '').trim();
  return `What is your ${id
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[_-]/g, ' ')
    .toLowerCase()}?`;
}

function phraseFinding(scene: Scene, outcome: ToolOutcome): string {
  if (outcome.say !== undefined) return outcome.say;
  switch (roleOf(scene, outcome.tool)) {
    case 'search':
      return (
        (outcome.ok ? answerFrom(outcome.document, outcome.text, queryOf(scene)) : undefined) ??
        notKnown(scene.person)
      );
    case 'person':
      return outcome.ok && !isEmpty(outcome.document)
        ? 'Thank you, I found your record.'
        : 'I did not find a record yet.';
    case 'case':
      return outcome.ok
        ? 'I have left word for our staff.'
        : 'I am sorry, I could not leave word for our staff.';
    case 'end':
      return 'Thank you for calling. Goodbye.';
    case 'transfer':
      return outcome.ok ? 'One moment, I am putting you through.' : 'I am sorry, I cannot put you through.';
    default:
      return outcome.ok ? spokenResult(scene, outcome) : 'I am sorry, that did not work.';
  }
}

/** Any other tool's result: its text, or what in its document has to do with the question. */
function spokenResult(scene: Scene, { document, text }: ToolOutcome): string {
  if (document === undefined) return text.trim() === '' ? 'That is done.' : ended(text.trim().slice(0, 400));
  const answer = answerFrom(document, text, queryOf(scene));
  if (answer !== undefined) return answer;
  const pairs = Object.entries(document as Record<string, unknown>)
    .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
    .map(
      ([key, value]) =>
        `${key
          .replace(/([a-z])([A-Z])/g, '$1 $2')
          .replace(/[_-]/g, ' ')
          .toLowerCase()} ${String(value)}`,
    );
  return pairs.length === 0 ? 'That is done.' : ended(`I have this: ${pairs.slice(0, 4).join(', ')}`);
}

/** What was searched for last, and the caller's own words about it. */
function queryOf(scene: Scene): string {
  const search = scene.toolbox.get('search');
  const use = scene.dialogue.used.findLast(({ tool }) => tool === search?.name);
  const query = use?.input[search?.properties.find(isQuery)?.name ?? ''];
  return joined(typeof query === 'string' ? query : '', scene.dialogue.earlier[0]);
}

/** The intake is complete: the last words, and the end of the call unless it ends by itself. */
function closing(scene: Scene, words: string): Reply {
  const end = scene.toolbox.get('end');
  const itself = /never|by itself|automatically|early|do not (?:use|call)/i.test(end?.description ?? '');
  if (words.endsWith('?') || !end || itself) return say(words);
  return [...say(words), ...endCalls(scene, /complete|done|finish|success/i)];
}

function roleOf(scene: Scene, tool: string): Role {
  return scene.toolbox.named(tool)?.role ?? 'other';
}

function isEmpty(document: unknown): boolean {
  if (Array.isArray(document)) return document.length === 0;
  if (typeof document !== 'object' || document === null) return false;
  const lists = Object.values(document).filter(Array.isArray);
  return lists.length > 0 && lists.every((list) => list.length === 0);
}

function say(text: string): Reply {
  return [{ kind: 'text', text }];
}
