/** A question of the caller's own: "what was number two again", "how do you mean, altogether or just this year?". */
const question =
  /^(?:(?:well|and|but|sorry|um|uh|so|wait|hang on|excuse me|okay|ok|hm+|oh),? )*(?:(?:what|which)(?:'s| is| was| were| are| do| does| did| one| ones| have)\b|how (?:do|does|did|many|much|long|would|should|come)\b|(?:do|did|does) (?:you|that|it|this) (?:mean|want|count|include|need)|you mean\b|(?:can|could|would|will) you (?:please )?(?:repeat|say|explain|read|go over|tell me)\b|is (?:that|this|it) (?:the|my|for|in|a)\b|is \w+ the (?:best|worst|highest|lowest|most|least)\b|where (?:do|is|would|can)\b|why\b)/i;

/** Where nothing is said after it, and it ends as questions do. */
const ending = /(?:\?|\b(?:again|mean|means|please repeat))\W*$/i;

/** "Is ten good or bad". */
const whole =
  /^(?:so |and |well |wait )?(?:is|are) (?:\w+ ){1,2}(?:the )?(?:good|bad|high|low)(?: or \w+)?\W*$/i;

export function asksBack(words: string): boolean {
  const said = words.trim();
  if (whole.test(said)) return true;
  const more = /[?.!]\s+\S/.test(said);
  return !more && question.test(said) && ending.test(said);
}
