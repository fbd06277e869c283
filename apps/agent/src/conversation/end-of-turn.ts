import { intentOf, type Item, parseAnswer, parseYesNo, type Step } from '@vestibule/questionnaire';

/**
 * Whether what was heard may stand as the caller's whole turn: it answers what is asked now, or is plainly
 * something else. When it may not ("it is for", "August seventh", a first name), the caller is given more time.
 */
export function isWholeTurn(
  words: string,
  step: Step | undefined,
  item: Item | undefined,
  today: string,
): boolean {
  const text = words.trim();
  if (text === '') return false;
  if (/\?\s*$/.test(text) || isRequest(text) || intentOf(text) !== undefined) return true;
  if (step === undefined) return parseYesNo(text) !== undefined;
  if (step.kind === 'readBack') return answersReadBack(text, item, today);
  if (!item) return true;
  if (item.type === 'string' && item.form === 'name') return isWholeName(text, item, today);
  if (isFreeText(item)) return !trailsOff(text);
  if ((item.type === 'date' || item.type === 'dateTime') && century.test(text)) return false;
  return parseAnswer(item, text, { today }).ok && !trailsOff(text);
}

/** Silence that ends a turn which is not whole, ms: nobody pauses within a yes, and in digits everybody does. `item`: what is asked, if anything is. */
export function patienceFor(words: string, item: Pick<Item, 'patience'> | undefined): number {
  const patience = item?.patience ?? yesOrNoMs;
  return trailsOff(words) ? Math.max(patience, hesitatingMs) : patience;
}

const yesOrNoMs = 1200;
/** Who says "well, I" is about to go on, whatever they are asked. */
const hesitatingMs = 1800;

function answersReadBack(text: string, item: Item | undefined, today: string): boolean {
  const said = parseYesNo(text);
  if (said?.yes === true) return true;
  // A bare "no" is often followed by the right value.
  const rest = text.replace(/^\W*(no|nope|wrong)\W*/i, '');
  if (said?.yes === false && rest === '') return true;
  return item !== undefined && !isFreeText(item) && parseAnswer(item, rest, { today }).ok;
}

function isWholeName(text: string, item: Item, today: string): boolean {
  const parsed = parseAnswer(item, text, { today });
  return parsed.ok && /\s/.test(parsed.display.trim());
}

const isFreeText = (item: Item) =>
  item.type === 'text' || item.type === 'open-choice' || (item.type === 'string' && item.form === 'free');

/** Words after which a sentence goes on. */
const dangling =
  /(^|\s)(and|or|but|the|an?|my|his|her|our|their|your|for|with|to|in|of|at|on|from|because|since|about|is|are|was|have|has|had|i|i'm|it|it's|that|um+|uh+|er+|well|hm+|so|like|take|want|need)[\s.,]*$/i;

/** "March third nineteen" is a date of 2019, and far more often the beginning of one of the nineteen eighties. */
const century = /\b(?:eighteen|nineteen|twenty|thousand|hundred|and|oh)[\s.,]*$/i;

/** Words that are whole and may be the beginning of a larger number: "twenty", "a hundred". */
export const mayGrow = (text: string): boolean =>
  /\b(?:\w+ty|hundred|thousand|point|and)[\s.,]*$/i.test(text);

const trailsOff = (text: string) => dangling.test(text);

const isRequest = (text: string) =>
  /\b(repeat|say that again|pardon|sorry|what|why|who|how|when|where|can you|could you|speak to|talk to|representative|operator|stop|hang up|goodbye|hello)\b/i.test(
    text,
  );
