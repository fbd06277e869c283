export const people = {
  /** Whoever may be in the room. */
  near: `husband|wife|son|daughter|baby|mom|mother|mama|momma|mum|dad|daddy|father|papa|roommate|girlfriend|boyfriend|partner|kid|kids|
    child|toddler|fiance|fiancee|spouse|grandmother|grandma|granny|nana|grandfather|grandpa|granddad|gramps|grandson|
    granddaughter|boy|girl|little one|hubby|patient|guy here|brother|sister|stepson|stepdaughter|infant|newborn|nephew|niece`,
  /** Whoever is mostly only told about. */
  far: `aunt|auntie|uncle|cousin|neighbor|neighbour|friend|friends|coworker|co worker|lady|guy|man|woman|boss|
    pastor|teacher|in law|in laws|ex|great grandmother|great aunt|great uncle|a man|a lady|a woman|a guy|guy i know|woman i know|man i know|girl i know|lady i know|kid i know|first husband|first wife|ex husband|ex wife|late husband|late wife|husband's father|husband's mother|wife's father|wife's mother|folks|
    grandparents|parents|buddy|colleague|landlord|fellow|dog|cat|next door|celebrity|actor`,
  self: `i|i'm|i've|i'd|me|my|mine|myself|we|we're|our`,
  himself:
    'myself|my self|himself|herself|themselves|themself|him self|her self|ourselves|yourself|myselves|my shelf|my cell|my cells|mice elf|my elf|me self|meself|hisself|theirselves|my salve',
};
