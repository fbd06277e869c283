const somebody =
  '(?:person|human(?: being)?|someone|somebody|operator|representative|receptionist|nurse|doctor|agent|staff|front desk|manager)';
const people = new RegExp(`\\b${somebody}\\b`, 'gi');
const wishes =
  /\b(?:want|need|like|speak|talk|get|give|have|connect|put|transfer|reach|pass|let me|is there|prefer|rather)\b/gi;
const negated =
  /\b(?:don['’]?t|do not|not|never|no need to|rather not)\s+(?:(?:really|even|necessarily|want to|need to|wish to|like to|have to)\s+)*$/i;
const none = /\b(?:no|not|without|need for)(?:\s+(?:an?|any|the|real|live|other))*\s*$/i;
const bare = new RegExp(
  `^\\W*(?:(?:an?|the|some|real|live|actual|yes|no|just|another)\\s+)*${somebody}\\b(?:,? (?:please|now))*\\W*$`,
  'i',
);

/**
 * Whether the words ask for a person: by a wish in the same clause ("could I have a nurse"), or by nothing else ("operator please"). False where they
 * say that none is wanted, undefined where they say neither ("my nurse told me").
 */
export function asksForPerson(words: string): boolean | undefined {
  let isRefused = false;
  for (const { index } of words.matchAll(people)) {
    const clause =
      words
        .slice(0, index)
        .split(/[,.;!?]/)
        .at(-1) ?? '';
    const wish = [...clause.matchAll(wishes)].at(-1);
    const isDenied = wish ? negated.test(clause.slice(0, wish.index)) : none.test(clause);
    if (wish && !isDenied) return true;
    isRefused ||= isDenied;
  }
  return bare.test(words) ? true : isRefused ? false : undefined;
}
