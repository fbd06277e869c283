import type { RedFlagAction, RedFlagSeverity } from '../../types.ts';

/** A red flag that questionnaires use by name. */
export interface LibraryFlag {
  name: string;
  title: string;
  severity: RedFlagSeverity;
  action: RedFlagAction;
  script: string;
  /** Asked first where only likeness speaks for it, and where a questionnaire wants it. Yes, no clear answer and silence raise it. */
  confirm: string;
  /** One phrase a line. */
  phrases: string;
  /** A mention that one of these overlaps is about something else: "chest x-ray". */
  unless: string;
  /** A sentence with one of these is about something else, or what the caller has always had. */
  excuses: string;
}

/** Said unless the questionnaire has its own words. Neither advice nor a disposition. */
export const standardScript =
  'Thank you for telling me. I am alerting a nurse now. If it gets worse, or if you feel it is an emergency, hang up and dial nine one one.';
