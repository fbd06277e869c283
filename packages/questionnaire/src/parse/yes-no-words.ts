import { wordSet } from './tokens.ts';

export const yesWords = wordSet(
  'yes yeah yep yup yah ya uh-huh mhm sure correct right absolutely definitely certainly true affirmative indeed exactly yessir',
);
export const noWords = wordSet('no nope nah negative never none nothing naw');

/** Whole answers whose words would not tell by themselves. Longest are tried first. */
export const yesPhrases = phrases(
  "of course|i do|i am|i have|i did|i can|i will|i would|it is|it does|it was|he does|she does|they do|he is|she is|they are|we do|you bet|for sure|i think so|i believe so|that is right|that's it|you got it|that is correct|sounds good|all right|go ahead|you may|you can|i agree|i consent|i accept|very much|i sure do|i've been|i am having|i'm having|there is|there's|there are|no doubt|without a doubt",
);
export const noPhrases = phrases(
  "not that i know of|not that i'm aware of|not that i can think of|not that i am aware of|not to my knowledge|i do not|i don't think so|i don't believe so|i don't|i am not|i'm not|i would not|i wouldn't|i think not|i guess not|i will not|i won't|i was not|i wasn't|i do not agree|i don't agree|i do not consent|i don't consent|i do not accept|i don't accept|you may not|you can't|please don't|please do not|do not|i have not|i haven't|i did not|i didn't|it is not|it isn't|it's not|it wasn't|it doesn't|that's not right|that is not right|that's wrong|that is wrong|not right|not correct|incorrect|wrong|not really|not at all|not at the moment|not currently|not now|not right now|not today|not yet|not anymore|not any more|not any longer|no longer|not lately|not recently|not so far|not one|not any|he doesn't|she doesn't|they don't|we don't|he does not|she does not|he isn't|she isn't|they aren't|no way|no thanks|no thank you|i can't say i do|i wouldn't say so|i have no|i don't have any|i don't take any|there aren't any|there isn't|don't",
);

/** "Not" after these makes a no of the strongest yes: "absolutely not", "of course not", "I am certainly not". */
export const intensifiers = wordSet(
  'absolutely definitely certainly sure surely clearly obviously really positively sure indeed',
);
/** "Definitely not always" limits, and denies nothing. */
export const limitedByNot = wordSet(
  'all always every everyday often much lot constantly only just sure certain',
);

/** What a yes or no is wrapped in. "and" is not here: what follows it is another statement. Nor is "not". */
export const wrapping = wordSet(
  "well so like okay ok alright fine please just actually basically the a an is was it it's that that's this i i'm i've my would say think guess believe oh sir ma'am thanks thank you wait sorry mean we he she they do does have has any at all really very much am are been currently right now for me there them of take",
);
/** What turns an answer round, or limits it. */
export const turns = wordSet('but except though although however unless');

/** Genuinely undecided: neither a yes nor a no, whatever stands beside it. */
const undecided =
  /\b(?:maybe|perhaps|possibly|might|unsure|depend(?:s|ing)?|not (?:really |quite |so |too |very |entirely )?(?:sure|certain)|(?:don't|do not|wouldn't|didn't) (?:really )?(?:know|remember)|dunno|no idea|no clue|hard to (?:say|tell)|can't (?:say|tell)(?! i)|could be|who knows)\b/;

export function isUndecided(words: readonly string[]): boolean {
  return undecided.test(words.join(' '));
}

/** Alternatives, each as its words; longest first. */
export function phrases(list: string): readonly (readonly string[])[] {
  return list
    .split('|')
    .map((phrase) => phrase.split(' '))
    .sort((a, b) => b.length - a.length);
}
