import { carrying, pronouns, wordSet } from '../clauses.ts';
import type { Span } from '../find-spans.ts';
import type { Scene } from '../scene.ts';
import type { Word } from '../utterance.ts';
import { Triggers } from './trigger.ts';

/** Deny whatever noun follows, also in a list. */
const nominal = wordSet(
  'no not without none neither nor nope nah zero negative denies denied deny lack absence zilch',
);
const verbal = wordSet(
  "never don't doesn't didn't isn't wasn't aren't weren't haven't hasn't hadn't won't wouldn't ain't shouldn't",
);
/** A new statement begins, which an earlier "no" does not reach. */
const breaks = wordSet(
  'but however though although except because cause now then yes yeah unless besides instead lately today just suddenly started',
);
const subjects = new Set([...pronouns, ...wordSet('my his her the our their')]);
/** Nothing is denied: "no doubt", "not sure", "can't stop thinking", "don't know why", "not feeling well". */
const affirming = wordSet(
  `doubt joke joking kidding lie lying sure certain positive only just know like understand care stop quit help good well great
   right okay ok better feeling normal usual matter question wonder worse problem way sleep slept eat ate able mean getting going
   drunk crazy idea clue one nobody relief`,
);
const receiving = wordSet(
  `have had has having got get getting notice noticed feel felt experience experienced any no been seen a really ever see think believe`,
);
const reach = 9;

/** Whether a "no" before the mention, inside its gaps or right behind it denies it. */
export function isNegated(scene: Scene, mention: Span): boolean {
  return (
    deniedBefore(scene, mention) ||
    deniedWithin(scene.words, mention) ||
    deniedAfter(scene, mention) ||
    verdicts.reaching(scene, mention).some((cue) => cue.start >= mention.end)
  );
}

/** What was asked and how it was answered: "he asked about chest pain and so on and it was all no". */
const verdicts = new Triggers(
  'sentence',
  'either',
  `
  (all|both|was|is|were|are|said|answered|answer) (all|a|of them|of those|is|was)? (no|negative|no's) to? (all|them|everything)?
  (came|come|checked|turned) (back|out) (clear|negative|normal|fine)
  `,
);

function deniedBefore({ words }: Scene, mention: Span): boolean {
  let comma = false;
  for (let at = mention.start - 1; at >= 0 && at >= mention.start - reach; at--) {
    const next = words[at + 1]!;
    if (next.mark !== '' && next.mark !== ',') return false;
    comma ||= next.mark === ',';
    const { word } = words[at]!;
    if (breaks.has(word) || (word === 'like' && words[at - 1]?.word === 'more')) return false;
    if (isNegator(word)) return denies(words, at, mention, comma);
    const before = words[at - 1]?.word;
    if (subjects.has(word) && words[at]!.mark === ',') return false;
    const isCarried = before === undefined || carrying.has(before) || before === 'not' || before === "isn't";
    if (subjects.has(word) && !isCarried) return false;
  }
  return false;
}

const isNegator = (word: string) => nominal.has(word) || verbal.has(word) || word === 'nothing';

function denies(words: readonly Word[], at: number, mention: Span, comma: boolean): boolean {
  if (words[at]!.word === 'nothing') return isCleft(words, at, mention);
  if (affirms(words, at) || isReply(words, at)) return false;
  const adjacent = mention.start - at === 1;
  if (isCleft(words, at, mention)) return true;
  if ((comma || (!adjacent && nominal.has(words[at]!.word))) && saysWhole(words, mention)) return false;
  if (!verbal.has(words[at]!.word) || !comma) return true;
  const listed = wordSet('or nor any').has(words[mention.start - 1]?.word ?? '');
  return listed || [1, 2].some((step) => receiving.has(words[at + step]?.word ?? ''));
}

function affirms(words: readonly Word[], at: number): boolean {
  const [one, two] = [words[at + 1]?.word ?? '', words[at + 2]?.word ?? ''];
  if (one === 'want' || one === 'wanna') return true;
  if (one === 'think' && two === 'i') return wordSet('can could').has(words[at + 3]?.word ?? '');
  return affirming.has(one) || (one === 'gonna' && two === 'lie') || (one === 'really' && two === 'sure');
}

/** "It's not my chest that hurts", "nothing in my chest". */
function isCleft(words: readonly Word[], at: number, mention: Span): boolean {
  const [one, two] = [words[at]!.word, words[at + 1]?.word ?? ''];
  if (one === 'nothing') return wordSet('in wrong with').has(two);
  const opens =
    one === "isn't" || (one === 'not' && wordSet("it's that's is was").has(words[at - 1]?.word ?? ''));
  return (
    opens &&
    subjects.has(two) &&
    words.slice(mention.start, mention.end + 1).some(({ word }) => word === 'that')
  );
}

const finite = wordSet(
  "can't won't couldn't hurts is are am i'm feels keeps he's she's it's stopped took swallowed",
);

/** "No, pressure on my chest": an answer to what was asked. */
function isReply(words: readonly Word[], at: number): boolean {
  const opens = at === 0 || words[at]!.sentence !== words[at - 1]!.sentence;
  return opens && wordSet('no nope nah').has(words[at]!.word) && words[at + 1]?.mark === ',';
}

/** The mention is a statement of its own: "no fever, my chest hurts". */
function saysWhole(words: readonly Word[], { start, end }: Span): boolean {
  return words.slice(start, end).some(({ word }) => finite.has(word));
}

/** A negator between the words of the phrase: "my chest doesn't hurt". */
function deniedWithin(words: readonly Word[], { start, end, own }: Span): boolean {
  for (let at = start; at < end; at++) {
    const { word } = words[at]!;
    if (word !== 'nothing' && !own.includes(at) && isNegator(word) && !affirms(words, at)) return true;
  }
  return false;
}

const refusals = wordSet("no none nope nah never negative not isn't wasn't doesn't didn't hasn't haven't");
const closing = wordSet("ma'am sir thanks thank not at ever that nothing i'm never");

/** "Chest pain? No." and "chest pain no": a refusal that nothing follows which it could belong to. */
function deniedAfter({ words }: Scene, { end }: Span): boolean {
  const refusal = words[end];
  if (!refusal || !refusals.has(refusal.word)) return false;
  if (verbal.has(refusal.word) || refusal.word === 'not') return leaves(words, end);
  const next = words[end + 1];
  return !next || next.mark !== '' || closing.has(next.word);
}

/** "… isn't there", "… hasn't come back", "… doesn't apply". */
function leaves(words: readonly Word[], at: number): boolean {
  const ahead = words.slice(at + 1, at + 4).map(({ word }) => word);
  return ahead.some((word) =>
    wordSet('issue problem apply back there happening really anymore any').has(word),
  );
}
