import { wordSet } from './tokens.ts';

export const yesWords = wordSet(
  'yes yeah yep yup yah ya uh-huh mhm sure correct right absolutely definitely certainly true affirmative indeed exactly yessir',
);
export const noWords = wordSet('no nope nah negative never none nothing naw');

/** Whole answers whose words would not tell by themselves. Longest are tried first. */
export const yesPhrases = phrases(
  "of course|i do|i am|i have|i did|i can|i will|i would|it is|it does|it was|he does|she does|they do|he is|she is|they are|we do|you bet|for sure|i think so|i believe so|that is right|that's it|you got it|that is correct|sounds good|all right|go ahead|you may|you can|i agree|i consent|i accept|very much|i sure do|i've been|i am having|i'm having|there is|there's|there are|no doubt|without a doubt|perfect|that's the one|that's me|that's us|i don't see why not|don't see why not|why not|by all means|go for it|you betcha|afraid so|fraid so|sure do|sure am|sure is|sure did|sure have|fine by me|okay by me|okay with me|that is okay|that's okay|that is it|yes indeed|works for me|fine with me|no problem|spot on|bingo|please do|i was|he was|she was|they did|we did|he did|she did|it did|we are|you know it|ten four|that's the truth|i believe i do|i believe i am|i sure am|i sure have|i sure did|totally|roger|you did|you got that right|on the nose|dead on|feel free|go right ahead|that works|that would be fine|that'd be fine|that'd be great|that would be great|if you like|if you want|if you want to|if you need to|i don't mind|don't mind|i don't mind at all|don't mind at all|i don't have a problem with that|i've got no problem with that|no objection|still do|still am|still have|same place|still there|i still do|i still am|i could use one|that'd be right|so it is|it sure is|i should say so|i'd say so|guilty|guilty as charged|you could say that",
);
export const noPhrases = phrases(
  "not that i know of|not that i'm aware of|not that i can think of|not that i am aware of|not to my knowledge|i do not|i don't think so|i don't believe so|i don't|i am not|i'm not|i would not|i wouldn't|i think not|i guess not|i will not|i won't|i was not|i wasn't|i do not agree|i don't agree|i do not consent|i don't consent|i do not accept|i don't accept|you may not|you can't|please don't|please do not|do not|i have not|i haven't|i did not|i didn't|it is not|it isn't|it's not|it wasn't|it doesn't|that's not right|that is not right|that's wrong|that is wrong|not right|not correct|incorrect|wrong|not really|not at all|not at the moment|not currently|not now|not right now|not today|not yet|not anymore|not any more|not any longer|no longer|not lately|not recently|not so far|not one|not any|he doesn't|she doesn't|they don't|we don't|he does not|she does not|he isn't|she isn't|they aren't|no way|no thanks|no thank you|i can't say i do|i wouldn't say so|i have no|i don't have any|i don't take any|there aren't any|there isn't|don't|ain't right|that ain't right|i ain't|it ain't|ain't|not quite|not a drop|not a one|not a bit|not a thing|not a single one|not ever|not once|not me|not a chance|not hardly|not in my life|never have|never did|never been|never had|nothing like that|not that i recall|not that i remember|can't say that i have|can't say that i do|can't say i have|i've never|i have never|hell no|heck no|heavens no|god no|lord no|no sir|no ma'am|rather you didn't|i'd rather you didn't|i would rather you didn't|better not|took me off|rather you did not|not for me|not us|not quite right|i do not think so|absolutely none|zero|that's not it|that is not it|not mine|not the right one|i'd prefer you didn't|i would prefer you didn't|i'd prefer you not|rather you not|negatory|no siree|no more|not a single time|not a single drop|not for years|not for me|i couldn't|wasn't me|haven't|hasn't|wasn't|weren't|didn't|not the case|i should say not|none whatsoever|not in the slightest|not in the least|not to speak of",
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
  "well so like okay ok alright fine please just actually basically the a an is was it it's that that's this i i'm i've my would say think guess believe oh sir ma'am thanks thank you wait sorry mean we he she they do does have has any at all really very much am are been currently right now for me there them of take still sir honey dear sweetheart siree whatsoever",
);
/** What turns an answer round, or limits it. */
export const turns = wordSet('but except though although however unless');

/** Genuinely undecided: neither a yes nor a no, whatever stands beside it. */
const undecided =
  /\b(?:maybe|perhaps|possibly|might|unsure|depend(?:s|ing)?|not (?:really |quite |so |too |very |entirely )?(?:sure|certain)|(?:don't|do not|wouldn't|didn't) (?:really )?(?:know|remember)|dunno|no idea|no clue|hard to (?:say|tell)|can't (?:say|tell)(?! i)|couldn't (?:tell|say)|no recollection|beats me|could be|who knows)\b/;

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
