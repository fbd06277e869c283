import type { Reply } from '../bedrock/reply.ts';
import { endCalls } from './actions.ts';
import { nextQuestion } from './asking.ts';
import { isKeeper } from './fields.ts';
import { answerFrom } from './findings.ts';
import type { ToolOutcome } from './outcome.ts';
import { acknowledged, backTo, ended, joined, notKnown } from './phrases.ts';
import type { Scene } from './scene.ts';
import { asWords } from './text.ts';
import { isQuery } from './arguments.ts';
import type { Role } from './roles.ts';

const intakeRoles: readonly Role[] = ['record', 'confirm', 'decline', 'unclear'];

/** Tools have answered: say what they gave, and put the question that stands now. */
export function speakOutcomes(scene: Scene): Reply {
  const { outcomes, turn } = scene.dialogue;
  const intake = outcomes.filter(({ tool }) => keeps(scene, tool));
  const others = outcomes.filter((outcome) => !intake.includes(outcome));
  const found = joined(...others.map((outcome) => phraseFinding(scene, outcome)));
  const last = intake.at(-1);
  if (last?.complete) return closing(scene, joined(found, last.say ?? 'Thank you, that is all I need.'));
  if (last) return say(joined(found, phraseIntake(scene, last)));
  if (others.some(({ tool }) => ['end', 'transfer'].includes(roleOf(scene, tool)))) return say(found);
  const then = others.findLast((outcome) => outcome.then !== undefined)?.then;
  if (then !== undefined) return say(found.endsWith(then) ? found : joined(found, then));
  return say(found.endsWith('?') ? found : joined(found, backTo(standing(scene), turn)));
}

/** True for tools that take the intake further: what they return is not for the caller. */
function keeps(scene: Scene, name: string): boolean {
  const tool = scene.toolbox.named(name);
  return (
    tool !== undefined && (intakeRoles.includes(tool.role) || (scene.fields.length > 0 && isKeeper(tool)))
  );
}

/** The question that is still open; one for a tool's argument is not, once the tool has been called with it. */
function standing({ fields, pending, known, question }: Scene): string {
  return fields.length > 0 && pending && known.has(pending.id) ? '' : question;
}

function phraseIntake(scene: Scene, { ok, say: next, then, problem }: ToolOutcome): string {
  const { turn } = scene.dialogue;
  if (next !== undefined) return ok ? acknowledged(next, turn) : next;
  if (!ok)
    return joined(
      problem === undefined ? 'Sorry, that did not work.' : `Sorry, ${ended(problem)}`,
      scene.question,
    );
  return acknowledged(then ?? nextQuestion(scene), turn);
}

function phraseFinding(scene: Scene, outcome: ToolOutcome): string {
  if (roleOf(scene, outcome.tool) === 'search') {
    const { ok, document, text } = outcome;
    const answer = ok ? answerFrom(document, text, queryOf(scene, outcome)) : undefined;
    return answer ?? outcome.say ?? notKnown(scene.person);
  }
  if (outcome.say !== undefined) return outcome.say;
  switch (roleOf(scene, outcome.tool)) {
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
function spokenResult(scene: Scene, outcome: ToolOutcome): string {
  const { document, text } = outcome;
  if (document === undefined) return text === '' ? 'That is done.' : ended(text.slice(0, 400));
  const answer = answerFrom(document, text, queryOf(scene, outcome));
  if (answer !== undefined) return answer;
  const pairs = Object.entries(document as Record<string, unknown>)
    .filter(([key, value]) => !hidden.test(key) && ['string', 'number', 'boolean'].includes(typeof value))
    .map(([key, value]) => `${asWords(key)} ${String(value)}`);
  return pairs.length === 0 ? 'That is done.' : ended(`I have this: ${pairs.slice(0, 4).join(', ')}`);
}

/** Members that tell a machine something, and a caller nothing. */
const hidden =
  /(?:^|[_-])(?:id|ids|key|uuid|url|uri|link|token|hash|code|etag|version)$|[a-z](?:Id|Key|Url|Uri|Token|Hash)$/;

/** What was searched for last, and the caller's own words about it. */
function queryOf(scene: Scene, { tool }: ToolOutcome): string {
  const use = scene.dialogue.used.findLast((one) => one.tool === tool);
  const query = use?.input[scene.toolbox.named(tool)?.properties.find(isQuery)?.name ?? ''];
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
