import type { Definition, FiredRedFlag, RedFlag } from '../types.ts';
import { statusOf } from './context/status.ts';
import { lines } from './context/trigger.ts';
import { PhraseBook, type Span } from './find-spans.ts';
import { redFlagLibrary } from './library/index.ts';
import { likenessOf } from './likeness/likeness.ts';
import { isSettled } from './partial.ts';
import { Scene } from './scene.ts';

export interface RedFlagOptions {
  /** More words may follow: a mention that they may still turn round waits for them, for three words at most. */
  partial?: boolean;
}

/** The flag's phrases, and what they are not about. */
interface Rules {
  phrases: PhraseBook;
  unless: PhraseBook;
  excuses: PhraseBook;
}

/** From here on words are taken to be like a red flag; chosen on development labels (bench/red-flags/train). */
const alike = 0.6;

/**
 * The phrase rules that fire on these words, also on those of a partial transcript. A mention that is denied, over, somebody
 * else's, a figure of speech, asked about or only supposed does not fire. Behind them come, once no more words follow,
 * flags of the library whose likeness alone speaks for them (`by: 'likeness'`): worth a question, not an alarm.
 */
export function redFlagsIn(
  definition: Pick<Definition, 'redFlags'>,
  words: string,
  { partial = false }: RedFlagOptions = {},
): FiredRedFlag[] {
  const scene = new Scene(words);
  const byPhrase = definition.redFlags.flatMap((flag) => {
    const phrase = phraseThatFires(scene, rulesOf(flag), partial);
    return phrase === undefined ? [] : [{ ...fired(flag), phrase }];
  });
  return partial ? byPhrase : [...byPhrase, ...byLikeness(definition, scene, byPhrase)];
}

function byLikeness(
  { redFlags }: Pick<Definition, 'redFlags'>,
  scene: Scene,
  found: readonly FiredRedFlag[],
): FiredRedFlag[] {
  const open = redFlags.filter(
    ({ id, library }) => library !== undefined && !found.some((one) => one.id === id),
  );
  if (open.length === 0) return [];
  const like = likenessOf(scene).filter(({ probability }) => probability > alike);
  return open
    .filter(({ library }) => like.some(({ flag }) => flag === library))
    .map((flag) => ({ confirm: redFlagLibrary.get(flag.library!)!.confirm, ...fired(flag), by: 'likeness' }));
}

export function fired({ id, severity, action, script, confirm, linkId }: RedFlag): FiredRedFlag {
  return {
    id,
    severity,
    action,
    script,
    ...(confirm === undefined ? {} : { confirm }),
    ...(linkId === undefined ? {} : { linkId }),
  };
}

function phraseThatFires(scene: Scene, rules: Rules, partial: boolean): string | undefined {
  const found = rules.phrases.find(scene.words);
  if (found.length === 0) return undefined;
  const unless = rules.unless.spans(scene.words, partial).filter((span) => !hasPause(scene, span));
  const excuses = scene.cues(rules.excuses);
  const counts = (span: Span) =>
    !unless.some((other) => overlap(span, other)) &&
    !excuses.some((other) => scene.sameSentence(span, other)) &&
    statusOf(scene, span) === 'affirmed' &&
    (!partial || isSettled(scene, span));
  return found.find(({ parts }) => parts.every((spans) => spans.some(counts)))?.phrase;
}

/** "…, I swallow too much" is not what was said before the comma. */
const hasPause = ({ words }: Scene, { start, end }: Span) =>
  words.slice(start + 1, end).some(({ mark }) => mark !== '');

const overlap = (a: Span, b: Span) => a.start < b.end && b.start < a.end;

const cache = new Map<string, Rules>();

function rulesOf({ phrases, library }: RedFlag): Rules {
  const key = [library ?? '', ...phrases].join('\n');
  const known = cache.get(key);
  if (known) return known;
  const shared = redFlagLibrary.get(library ?? '');
  const rules = {
    phrases: new PhraseBook([...phrases, ...lines(shared?.phrases ?? '')]),
    unless: new PhraseBook(lines(shared?.unless ?? '')),
    excuses: new PhraseBook(lines(shared?.excuses ?? '')),
  };
  if (cache.size > 500) cache.clear();
  cache.set(key, rules);
  return rules;
}
