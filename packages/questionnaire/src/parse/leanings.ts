import { phrases } from './yes-no-words.ts';

/** How much, or how often: by themselves a yes that is less than a whole one. */
export const degrees = phrases(
  'sometimes|occasionally|comes and goes|very little|mild|very mild|once in a while|every once in a while|every now and then|now and then|now and again|from time to time|on and off|off and on|at times|a little|a little bit|little bit|a bit|a tiny bit|slightly|somewhat|mildly|kind of|kinda|sort of|sorta|some|a few|a couple|one or two|rarely|very rarely|seldom|hardly ever|most of the time|usually|mostly|often|quite often|a lot|all the time|always|constantly|every day|daily|more or less|pretty much|i guess so|i guess|i suppose so|i suppose|probably|probably so|most likely|not all of them|not all the time|not always|not every day|not every time|not often|not very often|not that often|not much|not very much|not that much|not a lot|not too much|not too bad|not too often|not constantly|a day|a week|packs|every night|every weekend|on weekends|weekends|socially|on occasion|on holidays|like a chimney|like a fish|too much|more than i should|here and there|once a week|every so often|every chance i get|when i can|for years|every other day|all my life|my whole life|unfortunately|regularly',
);
export const pastOnly = phrases(
  "i used to|used to|not in a long time|not for a long time|not for a while|probably not|i quit|quit|gave it up|gave that up|gave up|stopped|kicked the habit|not since|not in years|not for years|not in ages|putting it off|put it off|the old one|an old one|haven't gotten around|haven't got around|never got around|younger days|in my youth|in my day|back in the day|when i was young|when i was younger|in college|in the army|in the service|been clean|been sober|we moved|i moved|outgrew it|canceled it|cancelled it",
);
/** "Just a second", "just calling about": no answer begins so. */
export const noAnswer =
  /^(?:just|only)(?: (?:a|one))? (?:second|sec|moment|minute|question|calling|wondering|checking|asking|looking|trying|kidding|wanted|want|wait|me|myself|for|the)\b/;
/** Statements that stand for the whole question: "I do, but only at night". "I have" asks for more. */
export const elliptical = /^(?:i|he|she|it|they|we) (?:do|does|did|am|is|are|can)$/;
