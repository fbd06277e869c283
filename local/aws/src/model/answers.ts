import type { Item, Kind } from './items.ts';
import { contentWords, plain, sentencesOf, shared, trimFillers } from './text.ts';

/** An answer to one item, in the caller's words. */
export interface Answer {
  readonly item: string;
  readonly words: string;
}

/** "Actually", "no, I meant", "I said": what follows replaces something said before. */
const correction =
  /^(?:(?:oh|wait|sorry|no|um|uh|hold on|hang on)[\s,.]+)*(?:actually|(?:i'm )?sorry(?:,| but)? i (?:meant|mean)|i (?:meant|mean)(?: to say)?|(?:i'd like to|can i|let me|i need to|i want to) (?:correct|change|fix)(?: (?:that|something))?|correction|i made a mistake|that was wrong|scratch that|i said .{1,40}? but)\b[\s,.:]*/i;

/** Where one thing said ends and another that can stand alone begins. */
const clauseStart =
  /(?:[,;.]\s*(?:(?:and|also|but|oh and|plus)\s+)?|\s+(?:and|also|but|plus)\s+(?:also\s+)?)(?=\b(?:my|i'm|i am|i was|i take|i have|i live|you can (?:reach|call)|call me|the (?:best )?(?:number|phone|email)|born)\b)|\s+(?=my (?:\w+ ){1,3}(?:is|was)\b|i was born\b)/i;

const connective = /^(?:(?:and|but|also|plus|oh)[\s,]+)+/i;

/** Words that only people who answer a certain thing use. */
const cueWords: readonly (readonly [RegExp, Kind, RegExp])[] = [
  [
    /\b(?:i was born|my (?:birthday|birth date|date of birth)|born (?:on|in)|(?:birthday|birth) is)\b/i,
    'date',
    /birth|dob|born/,
  ],
  [
    /\b(?:my (?:phone|cell|mobile|telephone|home|work)?\s*(?:phone )?number|you can (?:reach|call)|call me (?:at|on)|reach me)\b/i,
    'phone',
    /phone|telephone|mobile|cell|number/,
  ],
  [/\b(?:my e-?mail|e-?mail (?:address )?is)\b/i, 'email', /e-?mail/],
  [
    /\b(?:my (?:full |first |last )?name(?:'s| is)|i'm called|they call me|this is [a-z]+ [a-z]+ (?:speaking|calling))\b/i,
    'name',
    /\bname/,
  ],
];

/** What answers of a kind look like, anywhere in what is said. */
export const shapes: Partial<Record<Kind, RegExp>> = {
  date: /\b(?:january|february|march|april|june|july|august|september|october|november|december|nineteen \w+|twenty (?:twenty|ten|\w+teen)|two thousand|(?:19|20)\d\d|\d{1,2}\/\d{1,2}\/\d{2,4})\b|\bmay \w+/i,
  phone:
    /(?:\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|hundred)\b[\s,-]*){5,}|\+?\d[\d\s().-]{5,}\d/i,
  email: /\bat\b.+\bdot\b|@/i,
};

const leadIns: Partial<Record<Kind, RegExp>> = {
  name: /^(?:(?:yes|yeah|sure|hi|hello|of course)[\s,.]+)*(?:my (?:full |first |last |family |given )?name(?:'s| is| would be)|the name(?:'s| is)|it's|it is|it would be|that's|that is|that would be|i'm called|i am called|i'm|i am|this is|they call me|you can call me|call me)\s+/i,
  date: /^(?:(?:yes|yeah|sure|of course)[\s,.]+)*(?:i was born(?: on| in)?|my (?:birthday|birth date|date of birth)(?: is|'s)|(?:it was|it is|it's|that's|that was|that would be|it would be|it happened)(?: on)?|on|no,? it's)\s+(?:the (?=\w+ of))?/i,
  phone:
    /^(?:(?:yes|yeah|sure|of course)[\s,.]+)*(?:my (?:[\w]+ )?(?:phone |telephone )?number(?: is|'s)|it's|it is|that's|that is|that would be|the (?:best )?(?:phone )?number(?: to reach me)?(?: is|'s)|you can (?:reach|call) me (?:at|on)|call me (?:at|on)|reach me (?:at|on))\s+/i,
  email:
    /^(?:(?:yes|yeah|sure)[\s,.]+)*(?:my e-?mail(?: address)?(?: is|'s)|it's|it is|that's|that is|that would be)\s+/i,
  code: /^(?:(?:yes|yeah|sure)[\s,.]+)*(?:my [\w ]{2,25}? is|the [\w ]{2,25}? is|it's|it is|that's|that is|that would be)\s+/i,
  number: /^(?:it's|it is|that's|that would be|i'm|i am|about|around|i think|i would say|i'd say)\s+/i,
};

/** True when the words begin by taking something back. */
export function isCorrection(words: string): boolean {
  return correction.test(words.trim());
}

/** The words without fillers and without what leads in to an answer of this kind; empty when nothing else was said. */
export function answerWords(words: string, kind: Kind): string {
  const trimmed = trimFillers(trimFillers(words).replace(correction, ''));
  const leadIn = leadIns[kind];
  return leadIn ? trimFillers(`${trimmed} `.replace(leadIn, '')) : trimmed;
}

/**
 * Shares out what was said: the pending item gets what answers it, others get what was volunteered for them. A sentence
 * that answers a pending item of free text stays whole, since it may be about anything.
 */
export function shareOut(
  words: string,
  pending: Item | undefined,
  items: readonly Item[],
  lastRecorded: string | undefined,
): Answer[] {
  const sentences = sentencesOf(words);
  const taken = sentences.flatMap((sentence, at) =>
    sentence
      .split(clauseStart)
      .filter((clause) => /\w/.test(clause ?? ''))
      .map((clause) => ({ at, clause, item: itemOf(clause, pending, items) })),
  );
  const volunteered = taken.filter(({ item }) => item !== undefined && item.id !== pending?.id);
  const rest = taken.filter(({ item }) => item === undefined || item.id === pending?.id);
  const previous = items.find(({ id }) => id === lastRecorded);
  if (isCorrection(words) && volunteered.length === 0 && previous && suitsBetter(words, previous, pending)) {
    return [{ item: previous.id, words: answerWords(words, previous.kind) }];
  }
  const answers: Answer[] = [];
  const own =
    pending?.kind === 'text'
      ? sentences.filter((_, index) => rest.some(({ at }) => at === index)).join(' ')
      : rest.map(({ clause }) => clause).join(' ');
  if (pending && /\w/.test(own.replace(correction, '')))
    answers.push({ item: pending.id, words: answerWords(own, pending.kind) });
  for (const { clause, item } of volunteered) {
    if (item) answers.push({ item: item.id, words: answerWords(clause.replace(connective, ''), item.kind) });
  }
  return answers.filter((answer) => answer.words !== '');
}

/** The item a clause is about, when it says so; undefined leaves it to the pending one. */
function itemOf(clause: string, pending: Item | undefined, items: readonly Item[]): Item | undefined {
  for (const [cue, kind, about] of cueWords) {
    if (!cue.test(clause)) continue;
    if (pending && about.test(plain(`${pending.id} ${pending.text}`))) return pending;
    const found = items.find(
      (item) => item.kind === kind && about.test(plain(`${item.id.replace(/[_-]/g, ' ')} ${item.text}`)),
    );
    if (found && found.id !== pending?.id) return found;
  }
  return bySubject(clause, pending, items);
}

/** "My X is …" and the like: the item whose id or question shares the subject, and the pending one does not. */
function bySubject(clause: string, pending: Item | undefined, items: readonly Item[]): Item | undefined {
  const subject =
    /\b(?:my|the) ((?:[\w'-]+ ){0,3}?[\w'-]+) (?:is|are|was|were|would be|should be)\b/i.exec(clause)?.[1] ??
    /\bi(?:'m| am) (allergic) to\b/i.exec(clause)?.[1];
  if (subject === undefined) return undefined;
  const wanted = contentWords(subject);
  const score = (item: Item) =>
    shared(wanted, contentWords(item.id)) * 2 + shared(wanted, contentWords(item.text));
  const own = pending ? score(pending) : 0;
  const best = items.reduce<{ item?: Item; score: number }>(
    (top, item) => (score(item) > top.score ? { item, score: score(item) } : top),
    { score: Math.max(own, 1) },
  );
  return best.item;
}

function suitsBetter(words: string, previous: Item, pending: Item | undefined): boolean {
  const fits = (item: Item | undefined) => item !== undefined && (shapes[item.kind]?.test(words) ?? false);
  return pending === undefined || (fits(previous) && !fits(pending));
}
