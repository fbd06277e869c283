import { plain } from './text.ts';

/** What a caller's sentence does, besides answering. */
export type Intent =
  | 'unclear'
  | 'presence'
  | 'wait'
  | 'identity'
  | 'transfer'
  | 'stop'
  | 'repeat'
  | 'why'
  | 'decline'
  | 'unknown'
  | 'question'
  | 'thanks';

const opening =
  "(?:(?:sorry|well|no|oh|okay|ok|honestly|actually|um|uh|hmm|yeah|but|and|so|please|excuse me|wait|hold on|i'm sorry|i mean)\\s)*";

const rules: readonly (readonly [Intent, RegExp])[] = [
  ['unclear', /^(?:(?:um+|uh+|er+|erm|hmm+|mm+|ah+|oh|well|so|the|a|and|like|noise)\b[\s?]*)*$/],
  [
    'presence',
    /^(?:(?:hello|hi|hey|are you (?:still )?there|you (?:still )?there|can you hear me|is (?:anybody|anyone) there)\b[\s?]*)+$/,
  ],
  [
    'wait',
    /^(?:(?:um|uh|okay|ok|yes|yeah|sure|please|hmm|well)\s)*(?:(?:just )?(?:a|one) (?:moment|second|minute|sec)|hold on|hang on|wait|bear with me|let me (?:check|think|see|look)|give me (?:a|one) (?:moment|second|minute)|i(?:'m| am) (?:looking|checking))\b(?: (?:please|let|think|see|look|a|one|moment|second|minute|sec|for|me|it|that|up|just|to|find|get|my|the|card|i|need|i'll|check))*$/,
  ],
  [
    'identity',
    /\bare you (?:a |an )?(?:real|human|robot|machine|computer|bot|ai|person|recording|automated)\b|\b(?:am i|is this) (?:talking|speaking|a recording)\b.*\b(?:robot|machine|computer|bot|ai|person|human|recording)\b/,
  ],
  [
    'transfer',
    /\b(?:(?:speak|talk|connect|transfer|put) (?:me )?(?:through )?(?:to|with) (?:a |an |the |some |your )?(?:real |live |actual )?(?:person|human|human being|someone|somebody|operator|representative|agent|nurse|doctor|receptionist|front desk|staff|manager|people)|(?:real|live|actual) (?:person|human)|(?:get|give|want|need) (?:me )?(?:a |an |the )?(?:human|operator|representative|real person|person to talk to)|(?:human|operator|representative|agent) please)\b/,
  ],
  [
    'stop',
    new RegExp(
      `^${opening}(?:good ?bye|bye(?: bye)?|hang up|stop(?: (?:the call|it|this|now|please))?|i(?:'ve| have)? (?:got to|gotta|have to|need to|must) go(?: now)?|(?:i )?(?:want|would like|i'd like) to (?:stop|end|hang up|quit).*|end (?:the|this) call|let's stop.*|i'll call (?:you )?back.*|never ?mind i'll call.*|i (?:don't|do not) want to (?:do|continue|go on).*)(?: now| please| thanks| thank you| bye)*$`,
    ),
  ],
  [
    'repeat',
    new RegExp(
      `^${opening}(?:what|pardon(?: me)?|excuse me|huh|sorry|come again|say (?:that|it) again|(?:can|could|would|will) you (?:please )?(?:just )?(?:repeat|say|ask)(?: (?:that|it|this|the question|again|one more time|please|for me))*|repeat(?: that| it| the question)?|what was (?:that|the question)(?: again)?|what did you (?:just )?(?:say|ask|mean)|what do you mean(?: by that)?|i (?:didn't|did not|couldn't|could not|can't|cannot) (?:quite )?(?:hear|catch|get|understand|follow)(?: (?:you|that|it|what you said|the question))?|one more time|again)(?: please| again| sorry)*\\??$`,
    ),
  ],
  [
    'why',
    new RegExp(
      `^${opening}(?:why (?:do|would|are|did|is|should) (?:you|they|i|we|that|this)\\b.*|why|what (?:do you need|is) (?:that|this|it) for|what for)\\??$`,
    ),
  ],
  [
    'decline',
    new RegExp(
      `^${opening}(?:(?:i'd|i would|i) (?:rather|prefer|really rather) not\\b.*|(?:that's |it's )?none of your business|skip(?: that| this| it)?(?: one| question)?|(?:can|could) we skip.*|pass|let's skip.*|i (?:don't|do not) (?:want|wish|care|feel comfortable|like) (?:to )?(?:say|answer|tell|share|give|disclose|talk about|giving|sharing|saying|answering)\\b.*|i'm not (?:going|comfortable|willing) (?:to )?(?:tell|say|answer|give|share|giving|sharing|telling|answering)\\b.*|i won't (?:say|answer|tell|give)\\b.*|(?:i )?refuse\\b.*|no comment|next question|(?:that's |it's )?(?:private|personal))(?: please| thanks| thank you)*$`,
    ),
  ],
  [
    'unknown',
    new RegExp(
      `^${opening}(?:i )?(?:really |honestly |just )?(?:(?:don't|do not|dunno|couldn't|can't|cannot) ?(?:really |honestly |quite )?(?:know|remember|recall|tell you|say for sure)(?: (?:it|that|them|for sure|right now|offhand|off the top of my head|sorry|exactly|what .*|which .*|my .*|the .*|when .*|if .*))*|(?:i'm |i am )?(?:not (?:really |quite |too )?(?:sure|certain)|unsure)(?: (?:about|of|what|when|which|if|sorry|really|right now)\\b.*)?|(?:i have |i've )?no (?:idea|clue)\\b.*|i(?:'ve)? forg[eo]t(?:ten)?\\b.*|dunno|i (?:don't|do not) have (?:it|that|that information|the number|one) (?:with me|on me|handy|here|at hand|to hand)\\b.*)$`,
    ),
  ],
  [
    'thanks',
    /^(?:(?:okay|ok|great|no|alright|all right|perfect)\s)*(?:thanks|thank you)(?: (?:so much|very much|a lot|bye|goodbye))*$/,
  ],
  [
    'question',
    new RegExp(
      `^${opening}(?:by the way |first |before that |before we go on |one question |quick question |i have a question |can i ask |could i ask |may i ask |i was wondering |i'd like to know |i want to know |can you tell me |could you tell me |do you know )*(?:what(?!'s up| about)|what's|when(?! i| my| it| we)|when's|where|where's|who|who's|whom|whose|how(?! about)|how's|which|do (?:you|i|they|we)|does|did you|can (?:i|we|you(?! (?:put|write|mark|make it|say|change|correct))|somebody|my)|could (?:i|we|you)|would (?:you|it|i)|will (?:you|i|it|there|my)|is (?:there|it|this|that|your|the|parking)|are (?:there|you|your|the|we)|should i|may i|have you|am i|if i|whether)\\b.*$`,
    ),
  ],
  [
    'question',
    new RegExp(
      `^${opening}(?:(?:i have|i've got) a (?:quick )?question|can i ask|could i ask|i was wondering|i'd like to know|do you know)\\b.*$`,
    ),
  ],
];

/** The intent of one sentence, or undefined for what may be an answer. */
export function intentOf(sentence: string): Intent | undefined {
  const said = plain(sentence);
  const found = rules.find(([, pattern]) => pattern.test(said.replace(/\s*\?$/, '')))?.[0];
  if (found !== undefined) return found;
  return said.endsWith('?') &&
    said.split(' ').length > 2 &&
    !/\b(?:right|correct|i think|i guess|maybe)\s*\?$/.test(said)
    ? 'question'
    : undefined;
}
