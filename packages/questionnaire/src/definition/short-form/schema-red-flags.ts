import { z } from 'zod';
import { redFlagLibrary } from '../../red-flags/library/index.ts';
import { comparisons, redFlagTranslations, told, value, words } from './schema-parts.ts';

const when = told(z.union(comparisons).optional(), 'Answers that fire it.', { item: 'pain', atLeast: 8 });

const alarm = {
  use: told(
    z.enum([...redFlagLibrary.keys()]).optional(),
    'A red flag of the library: its phrases, and its severity, action and script where none are given.',
    'chest-pain',
  ),
  severity: told(
    z.enum(['emergency', 'urgent', 'concern']).optional(),
    'emergency: a life may be in danger; urgent: a person has to know now; concern: today.',
    'urgent',
  ),
  action: told(
    z.enum(['create-case', 'hand-over', 'say']).optional(),
    'Besides the script: a case for staff (when absent), the call to a person, or nothing.',
    'hand-over',
  ),
  script: told(
    words.optional(),
    'Said at once. Never advice or a disposition.',
    'I am letting a nurse know.',
  ),
  confirm: told(
    words.optional(),
    'A question asked first: no leaves a concern, everything else raises it. Raised at once when absent.',
    'Does your chest hurt right now?',
  ),
  phrases: told(
    z.array(words).optional(),
    'Words in order; (a|b) for alternatives, … for up to three words between.',
    ['(chest|heart) … (pain|hurts)'],
  ),
  translations: redFlagTranslations,
};

/** What the library does not give has to stand here. */
const isComplete = ({ use, severity, script }: { use?: string; severity?: string; script?: string }) =>
  use !== undefined || (severity !== undefined && script !== undefined);
const incomplete = { message: 'needs severity and script, unless it uses one of the library' };

export const redFlag = z
  .strictObject({
    id: told(words.optional(), 'Its name; the one it has in the library when absent.', 'high-fever'),
    ...alarm,
    when,
  })
  .refine(({ phrases, when, use }) => phrases?.length || when || use, {
    message: 'needs phrases or when, or a red flag of the library to use',
  })
  .refine(({ id, use }) => id ?? use, { message: 'needs an id' })
  .refine(isComplete, incomplete);

export const itemRedFlag = z
  .strictObject({
    id: told(words.optional(), "Its name; the item's id when absent.", 'wound'),
    ...alarm,
    is: told(
      value.optional(),
      'The answer that fires it; yes when neither this nor `when` is there.',
      true,
      'worse',
    ),
    when,
  })
  .refine(({ is, when }) => is === undefined || when === undefined, {
    message: 'needs `is` or `when`, not both',
  })
  .refine(isComplete, incomplete);

export type ShortRedFlag = z.infer<typeof redFlag>;
