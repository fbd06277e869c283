import { parseAnswer, plainItem } from '@vestibule/questionnaire';

/** What somebody says about being called. `isPlain`: and nothing else, whatever was asked; otherwise they are asked whether they meant that. */
export type Said =
  | { wish: 'later'; when?: string; isPlain: boolean }
  | { wish: 'never' | 'wrong-number' | 'it-is-me' | 'machine' }
  /** Not about calls: an answer to who they are. */
  | { wish: 'identifier' };

const never =
  /\b(?:(?:do not|don['’]?t|never|stop|quit) (?:ever )?(?:call(?:ing)?|ring(?:ing)?|phon(?:e|ing)|bother(?:ing)?)(?:(?: me| us| here| this number| back| again)+|\W*$)|(?:take|remove) (?:me|us|this number) off|no more calls|no call ?backs?)/i;
const wrongNumber =
  /\b(?:(?:wrong|different|incorrect) (?:number|person)|no ?(?:one|body) (?:here )?(?:by|with|of) that name|(?:did not|didn['’]?t|never|have not|haven['’]?t) call(?:ed)?(?: you| anyone| anybody)?)\b/i;
const itIsMe =
  /^\W*(?:(?:yes|yeah|yep|hi|hello|uh|um)\W+)*(?:speaking|(?:this|it) is (?:she|her|he|him|me|i)|that['’]?s me|it['’]?s me|that would be me)(?:\W+(?:speaking|here))*\W*$/i;
/** What machines say, and nobody who picks up. */
const machine =
  /\b(?:leave (?:me |us )?(?:a |your )?(?:short |brief )?(?:message|name|number)|after the (?:tone|beep|signal)|(?:is|am|are) (?:not|currently not|currently un) ?available|unavailable|can(?:not|['’]?t| not) (?:come|get|take|answer)(?: to)? (?:the|your|my) (?:phone|call)|you have reached|you['’]ve reached|voice ?mail|mail ?box|at the (?:tone|beep)|please record|press (?:one|pound|star)|not in service|been disconnected)\b/i;

export const isMachine = (words: string): boolean => machine.test(words);

const callMe =
  /\b(?:(?:please )?(?:call|ring|phone|try) (?:me|us)(?: back| again| up)?(?! at (?:my|the) )|(?:call|ring|phone) (?:me )?(?:back|later)|a call ?back)\b/i;
const mustGo =
  /\b(?:(?:i|we)(?:['’]?ve| have)? (?:really )?(?:have|got|need) to (?:go|run|leave|hang up)|(?:i|we) (?:must|gotta) (?:go|run)|(?:can(?:not|['’]?t)) (?:talk|speak)(?: right)?(?: now)?|(?:not|isn['’]?t) a good time|(?:is a |a )?bad time|(?:i['’]?m|i am) (?:busy|driving|at work|in a meeting)|not (?:right )?now|later)\b/i;
/** What may stand beside such words without meaning anything else. */
const filler =
  /\b(?:yes|no|well|ok(?:ay)?|sorry|i['’]?m|i am|i|you|can|could|would|will|please|just|right|now|but|and|so|thanks?|thank you|it|is|this|that|um+|uh+|oh|hello|hi|at|on|in|the|a|an|about|around|tomorrow|today|tonight|morning|afternoon|evening|noon|later|then|instead|half|past|quarter|to|o['’]?clock|[ap]\.?m\.?|hours?|minutes?|monday|tuesday|wednesday|thursday|friday|saturday|sunday|next|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|\d+)\b/gi;

/** `isScreening`: who answered a call-back is not known yet. `today`: the organisation's, YYYY-MM-DD. */
export function saidAboutCalls(words: string, today: string, isScreening: boolean): Said | undefined {
  if (never.test(words)) return { wish: 'never' };
  if (isScreening) {
    if (machine.test(words)) return { wish: 'machine' };
    if (wrongNumber.test(words)) return { wish: 'wrong-number' };
    if (itIsMe.test(words)) return { wish: 'it-is-me' };
  }
  const found = [callMe, mustGo].filter((pattern) => pattern.test(words));
  if (found.length === 0) return undefined;
  const isCall = callMe.test(words);
  const rest = [callMe, mustGo].reduce(
    (text, pattern) => text.replace(new RegExp(pattern, 'gi'), ' '),
    words,
  );
  const isAll = rest.replace(filler, ' ').replace(/[^\p{L}\d]/gu, '') === '';
  // "Later", "not now" and "I have to go to the bathroom" answer many a question; of a call-back they are an answer to its first.
  if (!isCall && !isScreening && (!isAll || bare.test(words))) return undefined;
  const when = timeIn(words, today);
  return {
    wish: 'later',
    ...(when === undefined ? {} : { when }),
    isPlain: isScreening || (isCall && isAll),
  };
}

const bare = /^\W*(?:not (?:right )?now|later)\W*$/i;

const numbers: Record<string, number> = {
  ...{ a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, eight: 8, ten: 10, fifteen: 15 },
  ...{ twenty: 20, thirty: 30, forty: 40, fifty: 50 },
};
const partsOfDay = { morning: '09', afternoon: '14', evening: '18', tonight: '18' };

/** When somebody wants to be called: YYYY-MM-DDTHH:MM:SS, or PT…M from now. */
export function timeIn(words: string, today: string): string | undefined {
  const [, half, amount = '', unit = ''] =
    /\bin (?:(half an)|about )?\s*(\w+)? ?(hours?|minutes?)\b/i.exec(words) ?? [];
  if (unit !== '') {
    const count = half ? 0.5 : (numbers[amount.toLowerCase()] ?? Number(amount));
    if (count > 0) return `PT${Math.round(count * (/^h/i.test(unit) ? 60 : 1))}M`;
  }
  const value = (type: 'dateTime' | 'time' | 'date'): string | undefined => {
    const parsed = parseAnswer(plainItem('when', type, ''), words, { today });
    return parsed.ok && typeof parsed.value === 'string' ? parsed.value : undefined;
  };
  const whole = value('dateTime');
  if (whole !== undefined) return whole.slice(0, 19);
  const time = value('time');
  if (time !== undefined) return `${today}T${time}`;
  const day = value('date');
  if (day?.length !== 10) return undefined;
  const part = Object.entries(partsOfDay).find(([name]) => new RegExp(`\\b${name}\\b`, 'i').test(words));
  return `${day}T${part?.[1] ?? '10'}:00:00`;
}
