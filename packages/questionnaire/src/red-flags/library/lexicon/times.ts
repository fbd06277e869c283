const small = 'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve';
const teens = 'thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen';
const tens = 'twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety';
const months = 'january|february|march|april|may|june|july|august|september|october|november|december';

export const times = {
  number: `${small}|${teens}|${tens}|hundred|#`,
  /** Too many of anything to be a usual dose. */
  many: `five|six|seven|eight|nine|ten|eleven|twelve|${teens}|${tens}|hundred|dozen|fifty|#|a lot of|lots of|a ton of|a bunch of|
    a handful of|a fistful of|a whole bunch of|a bottle of|half a bottle of|half the bottle of|the whole bottle of|loads of|a load of`,
  /** Weeks of a pregnancy. */
  weeks:
    `four|five|six|seven|eight|nine|ten|eleven|twelve|${teens}|twenty|thirty|forty|#|twenty <unit>|thirty <unit>|forty one|forty two`
      .replaceAll('<unit>', '')
      .replace('twenty |thirty |', ''),
  count:
    `<n>|a|a couple|couple|couple of|a couple of|few|a few|several|many|some|twenty some|thirty some|a hundred`.replace(
      '<n>',
      `${small}|${teens}|${tens}|#|hundred`,
    ),
  long: 'year|years|yr|month|months|week|weeks|decade|decades|summers|winters|christmases',
  month: months,
  decade:
    'twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|aughts|teens|two thousands|service|army|navy|marines|war|vietnam|iraq|korea',
  past: `year|summer|spring|winter|fall|autumn|month|christmas|thanksgiving|easter|${months}`,
  now: `now|today|tonight|right now|this morning|this afternoon|this evening|this minute|this second|just|still|currently|again|
    at the moment|as we speak|minutes ago|minute ago|an hour ago|hour ago|hours ago|hour or so ago|since this|since last night|last night|
    since yesterday|since lunch|since breakfast|since noon|since midnight|overnight|keeps|keep|starting|earlier|a second ago|
    all day|getting worse|all of a sudden|suddenly|on and off|off and on|ongoing|every day|days|lately|recently|started|it's started`,
  sudden: `suddenly|sudden|all of a sudden|out of nowhere|out of the blue|all at once|just now|just|ago|this morning|today|
    tonight|since lunch|since breakfast|since this|right now|now|this afternoon|came on|come on|since i woke|woke up`,
};
