import { type PhraseBook, type Span } from '../find-spans.ts';
import { PhraseBook as Book } from '../find-spans.ts';
import type { Scene } from '../scene.ts';
import { lines } from './trigger.ts';

const within = 12;

/** What takes a denial back. Each ends in the admission itself. */
const admissions: PhraseBook = new Book(
  lines(`
    (well|actually|wait|except|but|okay|ok|though|maybe|hmm|alright|hold on|hang on|i mean|come to think|no wait|then again|scratch that|no you know what|you know what) … (a little|a little bit|a bit|some|kinda|kind of|sort of|slightly|sometimes|a touch|a tad|a few|a couple|a small one)
    (well|actually|wait|except|but|okay|ok|hold on|hang on|i mean|come to think|no wait|then again|you know what) … (it does|it is|it did|i do|i did|i have|there is|there was|i had one|had one|i am|he does|she does|he is|she is|he did|she did|i guess|i lied|they do|yes|yeah|yep)
    (well|except|but|just|only) … (now and then|once in a while|this morning|last night|today|when i climb|when i walk|when i lie|at night)
    (like this|this bad|that bad|so bad|this much|before now|until now|till now|until today|till today|before today)
  `),
);

const admitting = new Set(
  `in on when at today this now since with if maybe here down after yesterday last tonight from earlier and off while right there
   i you like lately once yeah yes because cause but especially during every where`.split(/\s+/),
);

/** "No chest pain … well, actually a little": the last word counts. "No pain but some nausea" admits something else. */
export function isAdmitted(scene: Scene, mention: Span): boolean {
  return scene.cues(admissions).some((cue) => {
    if (cue.start < mention.end || cue.start > mention.end + within) return false;
    const next = scene.words[cue.end];
    return !next || next.mark !== '' || admitting.has(next.word);
  });
}
