import { wordSet } from '../clauses.ts';
import { PhraseBook, type Span } from '../find-spans.ts';
import type { Scene } from '../scene.ts';
import { isPast, tenseOf } from './tense.ts';
import { Triggers } from './trigger.ts';

const near = new PhraseBook(['(<near>)']);
const far = new PhraseBook(['(<far>)']);
const self = wordSet("i i'm i've i'd me my we we're myself we've");
const recent = new Triggers('sentence', 'either', '(<now>)');

/** Told of as what they had, not as what they are doing. */
const told = new Triggers(
  'clause',
  'either',
  `
  (had|has had|have had|having had|survived|gets|suffered|suffers from|always had|has always had)
  (had|has|have) … (asthma|heart attack|stroke|seizures|epilepsy|meningitis|overdose|preeclampsia|hemophilia|bypass|attack)
  `,
);
const since = new Triggers(
  'sentence',
  'either',
  `
  (in the hospital|in rehab|turned out|her whole life|his whole life|all her life|all his life|we still|still laugh|at church|last week|last year|when he was|when she was)
  `,
);
const dead = new Triggers(
  'sentence',
  'either',
  `
  (died|passed away|passed on|passed from|passed of|killed himself|killed herself|took his own|took her own|hung himself|hanged himself|shot himself|shot herself|buried|funeral|we lost|lost a friend|lost my|lost our|god rest|rest in peace|rest his soul|rest her soul|committed suicide)
  `,
);
const family = new Triggers(
  'sentence',
  'either',
  `
  (family history|runs in the family|runs in my family|runs in our family|in my family|in the family|on my mother's side|on my father's side|on my dad's side|on my mom's side|both sides)
  `,
);

/** Somebody else's, and not happening now. Whoever is in danger now is no "other person", whoever it is. */
export function isOtherPerson(scene: Scene, mention: Span): boolean {
  if (family.reach(scene, mention)) return true;
  const person = experiencer(scene, mention);
  if (person === undefined || recent.reach(scene, mention)) return false;
  const tense = tenseOf(scene, mention);
  if (dead.reaching(scene, mention).some((cue) => tense === 'past' || scene.sameClause(cue, mention)))
    return true;
  if (person.far) return tense === 'past' || (tense === 'none' && pastBetween(scene, mention));
  if (tense === 'present') return false;
  if (since.reach(scene, mention)) return true;
  const isTold = told.reaching(scene, mention).some((cue) => cue.start > person.at);
  return isTold && (isElder(scene, mention) || isCondition(scene, mention));
}

/** What people have had, rather than what is seen happening to them. */
const conditions =
  /^(attack|attacks|stroke|strokes|stoke|tia|overdose|anaphyl|preeclampsia|eclampsia|meningitis|sepsis|seizures|epilepsy|suicidal|angina|miscarriage|ectopic|bleed|coronary|asthma)/;

function isCondition(scene: Scene, { own }: Span): boolean {
  return own.some((at) => conditions.test(scene.words[at]!.word));
}

const elders = new PhraseBook([
  '(mother|father|mom|dad|grandmother|grandfather|grandma|grandpa|sister|brother|granny|nana|mama|daddy)',
]);

function isElder(scene: Scene, mention: Span): boolean {
  return scene.cues(elders).some((cue) => cue.start <= mention.start && scene.sameSentence(cue, mention));
}

/** The last person named before the mention in its sentence, when it is not the caller. */
function experiencer(scene: Scene, mention: Span): { far: boolean; at: number } | undefined {
  const [close, distant] = [starts(scene, near), starts(scene, far)];
  for (let at = mention.start; at >= scene.sentenceStart(mention.start); at--) {
    const isSelf = self.has(scene.words[at]!.word);
    if (at < mention.start && distant.has(at)) return { far: true, at };
    if (at < mention.start && close.has(at)) return { far: false, at };
    if (isSelf && !ownsPerson(at, close, distant)) return undefined;
  }
  return undefined;
}

const starts = (scene: Scene, book: PhraseBook) => new Set(scene.cues(book).map(({ start }) => start));

/** "my father", "my best friend": the caller is only whose they are. */
function ownsPerson(at: number, close: ReadonlySet<number>, distant: ReadonlySet<number>): boolean {
  return [1, 2, 3].some((step) => close.has(at + step) || distant.has(at + step));
}

function pastBetween(scene: Scene, mention: Span): boolean {
  for (let at = scene.sentenceStart(mention.start); at < mention.start; at++) {
    if (isPast(scene.words[at]!.word)) return true;
  }
  return false;
}
