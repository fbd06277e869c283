/** What callers say beside an answer that carries nothing: thinking aloud, courtesies, small talk about the answer. */
const phrases = [
  'let me see',
  'let me see now',
  "let's see",
  "let's see now",
  'lets see',
  'let me think',
  'let me think a minute',
  'let me check',
  'let me look',
  'let me have a look',
  'let me put my glasses on',
  'let me get my glasses',
  'let me find my glasses',
  'let me grab my glasses',
  'hang on',
  'hang on a second',
  'hang on a minute',
  'hang on a sec',
  'hold on',
  'hold on a second',
  'hold on a minute',
  'hold on a sec',
  'give me a second',
  'give me a sec',
  'give me a minute',
  'give me a moment',
  'gimme a second',
  'bear with me',
  'here we go',
  'here it is',
  'here goes',
  'i know i know',
  "don't judge me",
  "don't judge",
  "don't laugh",
  'believe it or not',
  'to be honest',
  'to be honest with you',
  'to tell you the truth',
  'truth be told',
  'if i remember right',
  'if i remember rightly',
  'if i remember correctly',
  'if memory serves',
  'if memory serves me',
  'as far as i know',
  'far as i know',
  'off the top of my head',
  'nice and easy',
  'easy to remember',
  'easy enough',
  'got that',
  'did you get that',
  'did you catch that',
  'does that help',
  'if that helps',
  'hope that helps',
  'thank you so much',
  'thank you very much',
  'thanks so much',
  'thanks a lot',
  'thanks very much',
  'much appreciated',
  'god bless',
  'god bless you',
  'bless you',
  'bless your heart',
  'have a good one',
  'have a nice day',
  "if it's a day",
  'give or take a day',
  'give or take a week',
  'give or take a month',
  'give or take a year',
  'give or take a few',
  'give or take a bit',
  'as they say',
  'as we say',
  'y know',
  "y'know",
  'you know what',
]
  .map((aside) => aside.split(' '))
  .sort((a, b) => b.length - a.length);

/** "April the, let me see, the twelfth": the words without what carries nothing. "You got that right" is no aside. */
export function withoutAsides<T extends { word: string }>(tokens: readonly T[]): T[] {
  const kept: T[] = [];
  for (let at = 0; at < tokens.length;) {
    const aside = phrases.find((words) => words.every((word, index) => tokens[at + index]?.word === word));
    if (aside && !(aside[0] === 'got' && isPartOfMore(tokens, at))) at += aside.length;
    else kept.push(tokens[at++]!);
  }
  return kept;
}

/** "I got that", "you got that right". */
function isPartOfMore(tokens: readonly { word: string }[], at: number): boolean {
  const before = tokens[at - 1]?.word ?? '';
  return /^(?:i|i've|you|we|we've|they|he|she|already|never|have|has|just|not)$/.test(before);
}
