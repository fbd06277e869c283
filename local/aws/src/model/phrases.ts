/** What the model says of its own accord. Variety comes from the turn, so that the same request gets the same words. */

const acknowledgements = ['Thank you.', 'Got it.', 'Okay.', 'Thanks.', 'All right.'];
const missed = [
  'Sorry, I did not catch that.',
  'I am sorry, I did not understand.',
  'Sorry, could you say that again?',
];
const again = ['Of course.', 'Certainly.', 'Sure.'];

/** Openings after which an acknowledgement would be one too many. */
const acknowledges =
  /^(?:thank|thanks|okay|ok|all right|alright|great|perfect|got it|sorry|i am sorry|i'm sorry|that is|that's|i have|i heard|just to|let me|let's|of course|sure|no problem|understood|noted|please)\b/i;

export function acknowledged(say: string, turn: number): string {
  return acknowledges.test(say) ? say : `${pick(acknowledgements, turn)} ${say}`;
}

export function notUnderstood(question: string, turn: number): string {
  return joined(pick(missed, turn), question);
}

export function repeated(question: string, turn: number): string {
  return joined(pick(again, turn), question);
}

/** When nothing found answers the caller's question. */
export function notKnown(person: string | undefined): string {
  return joined(
    'I am sorry, I do not know that.',
    person === undefined ? '' : `For that, please ${calling(person)}`,
  );
}

export function personAt(person: string | undefined): string {
  return person === undefined
    ? 'I am sorry, I cannot put you through from here.'
    : `To reach a person, please ${calling(person)}`;
}

/** Prompts say whom to call, or already say so in a sentence. */
function calling(person: string): string {
  return ended(
    /^(?:call|dial|ring|press|ask|visit|go|speak|write)\b/i.test(person) ? person : `call ${person}`,
  );
}

/** Back from the caller's question to the one that stands. */
export function backTo(question: string, turn: number): string {
  return question === ''
    ? ''
    : joined(pick(['Now, back to my question.', 'So, to go on.', 'Let us go on.'], turn), question);
}

export function joined(...parts: readonly (string | undefined)[]): string {
  return parts
    .map((part) => part?.trim() ?? '')
    .filter((part) => part !== '')
    .join(' ');
}

export function ended(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** What a voice can say: link texts without their targets, no footnotes, no ids, no brackets. */
export function sayable(text: string): string {
  const said = text
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\[\d+\]/g, '')
    .replace(/\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b|\b[\w-]+#\d+\b/gi, '')
    .replace(/"([\w-]+)"\s*:/g, '$1')
    .replace(/[{}[\]]/g, '');
  return said === text
    ? text
    : said
        .replace(/\s+(?=[.,!?]|$)/g, '')
        .replace(/ {2,}/g, ' ')
        .trim();
}

function pick(from: readonly string[], turn: number): string {
  return from[Math.floor(turn / 2) % from.length] ?? '';
}
