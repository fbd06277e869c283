import { llm } from '@livekit/agents';
import type { Caller, Definition, Item } from '@vestibule/questionnaire';
import { z } from 'zod';
import { consentItem } from '../conversation/consent.ts';
import { patientItem } from '../conversation/patient-there.ts';
import type { Reply } from '../conversation/phrasing.ts';
import { resumptionItem } from '../conversation/resumption.ts';
import { wishItem } from '../conversation/wish.ts';

/** What the model's tools do to the conversation. Each answers with what to say next. */
export interface IntakeActions {
  recordAnswer(item: string, answer: string): Promise<Reply>;
  confirmReadBack(correct: boolean, correction: string | undefined): Promise<Reply>;
  declineItem(item: string, reason: 'declined' | 'unknown'): Promise<Reply>;
  notUnderstood(): Promise<Reply>;
  reportRedFlag(id: string): Promise<Reply>;
  noteCaller(who: Caller): Promise<Reply>;
  requestHuman(words: string): Promise<Reply>;
  endCall(reason: 'wants-person' | 'wants-to-stop'): Promise<Reply>;
}

/** The tools below, by name: their results need no model to be spoken. */
export const intakeToolNames: ReadonlySet<string> = new Set([
  'record_answer',
  'confirm_read_back',
  'decline_item',
  'not_understood',
  'report_red_flag',
  'note_caller',
  'request_human',
  'end_call',
]);

/** The tools by which a model fills the questionnaire. Items are an enumeration: it cannot invent one. */
export function intakeTools(definition: Definition, actions: IntakeActions): llm.ToolContextEntry[] {
  const does = repeats(definition.items);
  const tellsCallers = minds(definition.items);
  const own = [consentItem, resumptionItem, wishItem, ...(tellsCallers ? [patientItem] : [])] as const;
  const links = [...own, ...questions(definition.items)] as const;
  const item = z
    .enum(links)
    .describe(
      `The linkId of the item that is answered${does ? '; of a group: whether there is another one' : ''}`,
    );
  // A model is told of occurrences only where there can be any.
  const which = { item, ...((does ? { occurrence } : {}) as { occurrence: typeof occurrence }) };
  return [
    llm.tool({
      name: 'record_answer',
      description:
        "Record the caller's answer to an item of the questionnaire: the current question, another one they answered unasked, or a correction of an earlier answer.",
      parameters: z.object({
        ...which,
        answer: z
          .string()
          .describe(
            "The caller's own words for it, as they said them, or the code of the option they chose. What they were not heard to say is refused or read back",
          ),
      }),
      execute: ({ item, occurrence, answer }) => actions.recordAnswer(keyOf(item, occurrence), answer),
    }),
    llm.tool({
      name: 'confirm_read_back',
      description: 'Record whether the caller agreed with the value that was just read back to them.',
      parameters: z.object({
        correct: z.boolean().describe('True when the caller said that it is right'),
        correction: z
          .string()
          .optional()
          .describe('The new value, when the caller gave one together with the no'),
      }),
      execute: ({ correct, correction }) => actions.confirmReadBack(correct, correction),
    }),
    llm.tool({
      name: 'decline_item',
      description: 'Record that the caller does not want to answer an item, or does not know the answer.',
      parameters: z.object({ ...which, reason: z.enum(['declined', 'unknown']) }),
      execute: ({ item, occurrence, reason }) => actions.declineItem(keyOf(item, occurrence), reason),
    }),
    llm.tool({
      name: 'not_understood',
      description:
        "Report that the caller's words could not be understood as an answer; the question is then put in other words.",
      parameters: z.object({}),
      execute: () => actions.notUnderstood(),
    }),
    ...redFlagTool(definition, actions),
    ...(tellsCallers ? [callerTool(actions)] : []),
    llm.tool({
      name: 'request_human',
      description:
        'Hand the caller over to a person because they asked for one. Where they were not heard to, they are asked.',
      parameters: z.object({
        words: z.string().describe('Their own words by which they ask for a person, as they said them'),
      }),
      execute: ({ words }) => actions.requestHuman(words),
    }),
    llm.tool({
      name: 'end_call',
      description:
        'End the call early because the caller wants to stop (for a person: request_human). Never because the intake is done: that happens by itself.',
      parameters: z.object({ reason: z.enum(['wants-person', 'wants-to-stop']) }),
      execute: ({ reason }) => actions.endCall(reason),
    }),
  ];
}

/** The model's own red-flag tool; what fires by phrases and answers needs no model. */
function redFlagTool({ redFlags }: Definition, actions: IntakeActions): llm.ToolContextEntry[] {
  const [first, ...others] = redFlags.map(({ id }) => id);
  if (first === undefined) return [];
  return [
    llm.tool({
      name: 'report_red_flag',
      description:
        'Report a red flag at once when the caller says that it is so for them now, also in words that no list has, whatever is being asked.',
      parameters: z.object({ id: z.enum([first, ...others]) }),
      execute: ({ id }) => actions.reportRedFlag(id),
    }),
  ];
}

/** For a questionnaire to which it matters who is on the line. */
function callerTool(actions: IntakeActions): llm.ToolContextEntry {
  return llm.tool({
    name: 'note_caller',
    description:
      'Record who is on the line when it turns out otherwise than so far: the patient, or a proxy, who speaks for the patient. What the caller was not heard to say is asked.',
    parameters: z.object({ who: z.enum(['patient', 'proxy']) }),
    execute: ({ who }) => actions.noteCaller(who),
  });
}

const minds = (items: readonly Item[]): boolean =>
  items.some(({ proxy, answeredBy, items: within }) => proxy || answeredBy !== 'any' || minds(within));

const occurrence = z
  .string()
  .regex(/^\d+(?:\.\d+)*$/)
  .optional()
  .describe('What follows # in the situation, for an item that occurs several times ("2" of "drug#2")');

const keyOf = (item: string, which: string | undefined) => (which === undefined ? item : `${item}#${which}`);

/** Whether anything may be asked about several times. */
const repeats = (items: readonly Item[]): boolean =>
  items.some((item) => item.repeats || repeats(item.items));

/** Repeating groups too: their link stands for the question whether there is another. */
function questions(items: readonly Item[]): string[] {
  return items.flatMap(({ linkId, type, repeats, items: children }) => [
    ...(type === 'display' || (type === 'group' && !repeats) ? [] : [linkId]),
    ...questions(children),
  ]);
}
