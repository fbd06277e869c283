import { type Fault } from '@vestibule/core';
import { type Document, LineCounter, parseDocument, visit } from 'yaml';
import { z } from 'zod';

/** A value, any of several, or words that a free text must hold; null where nothing should be recorded. */
const expected = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.union([z.string(), z.number()])).min(1),
  z.strictObject({ contains: z.array(z.string().min(1)).min(1) }),
]);

/** STIR/SHAKEN results as Twilio words them in X-Twilio-VerStat; `none` sends no header (no PASSporT arrived). */
export const verstatPattern =
  /^(none|No-TN-Validation|TN-Validation-Failed|TN-Validation-(Passed|Failed)-[ABC](-Diverted|-Passthrough)?)$/;

const words = z.string().trim().min(1, 'must say something').max(600);
const milliseconds = z.number().int().min(0).max(60_000);
const e164 = z
  .string()
  .regex(/^\+[1-9]\d{6,14}$/, 'must be an E.164 number such as "+15550100123", in quotes');

const answer = z
  .strictObject({
    /** Spoken. Of several, the second is said when asked a second time, and so on; the last one repeats. */
    says: z.union([words, z.array(words).min(1).max(5)]).optional(),
    /** Keyed by DTMF, after what is said. */
    keys: z
      .string()
      .regex(/^[0-9A-D*#]{1,32}$/, 'must hold only 0-9, *, # and A-D')
      .optional(),
    /** What in the agent's speech means that this is being asked. Default: the item's prompt in the questionnaire. */
    cues: z.array(words).min(1).optional(),
    /** What a read-back is held against, e.g. the name alone; default: what is said first, or keyed. */
    means: words.optional(),
    /** Said once instead of "yes" when this answer is read back: a correction. */
    onReadBack: words.optional(),
  })
  .refine((value) => value.says !== undefined || value.keys !== undefined, 'needs says or keys');

const interruption = z
  .strictObject({
    /** While the agent asks this item … */
    item: z.string().optional(),
    /** … or in the agent's nth turn, counted from 1. */
    turn: z.number().int().min(1).optional(),
    /** Counted from the agent's first speech of the turn. */
    afterMs: milliseconds,
    /** Default: the answer to the item. */
    says: words.optional(),
  })
  .refine((value) => (value.item === undefined) !== (value.turn === undefined), 'needs either item or turn')
  .refine((value) => value.item !== undefined || value.says !== undefined, 'needs says when it names a turn');

const behaviour = z.strictObject({
  /** Thinking time before each answer, on top of the time it takes to know that the agent has finished. */
  reactionMs: milliseconds.default(0),
  /** Silence without a question understood, after which the person speaks up. */
  patienceMs: milliseconds.min(1000).default(4000),
  interrupts: z.array(interruption).default([]),
  /** Said once, in place of the answer, when the item is asked: a question back, or a correction of something earlier. */
  digressions: z.array(z.strictObject({ on: z.string(), says: words })).default([]),
  /** Items for which the person asks to hear the question again, once each. */
  asksRepeat: z.array(z.string()).default([]),
  hangsUp: z
    .union([
      /** Once the answer to this item has been said. */
      z.strictObject({ after: z.string() }),
      /** Counted from the INVITE: before the answer that is a CANCEL. */
      z.strictObject({ atMs: milliseconds }),
    ])
    .optional(),
});

const phrases = z.strictObject({
  yes: words.default("yes, that's right"),
  no: words.default("no, that's not right"),
  repeat: words.default('sorry, could you repeat that?'),
  unknown: words.default("I don't know"),
  nothingElse: words.default("no, that's all"),
  goodbye: words.default('thank you, goodbye'),
});

export const personaSchema = z
  .strictObject({
    version: z.literal(1),
    description: z.string().optional(),
    /** The questionnaire this persona was written for, relative to the file; used unless another is given. */
    questionnaire: z.string().min(1).optional(),
    caller: z.strictObject({
      number: e164,
      /** For the reader of the file; nothing of it goes over the wire. */
      name: z.string().min(1).max(80).optional(),
      /** Caller ID name in From, where Twilio is told to look it up: 15 characters, as CNAM has it. */
      cnam: z.string().min(1).max(15).optional(),
      verstat: z
        .string()
        .regex(
          verstatPattern,
          'is no value of X-Twilio-VerStat, e.g. TN-Validation-Passed-A; none for no header',
        )
        .default('TN-Validation-Passed-A'),
    }),
    voice: z.enum(['rms', 'awb', 'kal16', 'slt', 'espeak-ng']).default('rms'),
    /** What is said when asked for consent to recording. */
    consent: words.default('yes'),
    answers: z.record(z.string().min(1), answer),
    behaviour: behaviour.prefault({}),
    phrases: phrases.prefault({}),
    /** The true value of each item. Read only by the bench, never by the person. */
    expects: z.record(z.string(), expected).default({}),
  })
  .superRefine((value, context) => {
    const named: [path: (string | number)[], item: string | undefined][] = [
      ...value.behaviour.interrupts.map(({ item }, i): [(string | number)[], string | undefined] => [
        ['behaviour', 'interrupts', i, 'item'],
        item,
      ]),
      ...value.behaviour.asksRepeat.map((item, i): [(string | number)[], string] => [
        ['behaviour', 'asksRepeat', i],
        item,
      ]),
      ...value.behaviour.digressions.map(({ on }, i): [(string | number)[], string] => [
        ['behaviour', 'digressions', i, 'on'],
        on,
      ]),
    ];
    const { hangsUp } = value.behaviour;
    if (hangsUp !== undefined && 'after' in hangsUp)
      named.push([['behaviour', 'hangsUp', 'after'], hangsUp.after]);
    for (const [path, item] of named) {
      if (item === undefined || item in value.answers) continue;
      context.addIssue({ code: 'custom', path, message: `"${item}" is not among the answers` });
    }
  });

export type Persona = z.infer<typeof personaSchema>;
export type Answer = z.infer<typeof answer>;
export type Expected = z.infer<typeof expected>;

/** Narrows the text of a persona file; every fault is reported, with its line. */
export function parsePersona(text: string): { persona?: Persona; faults: Fault[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  // After the first fault of syntax the rest are its echo.
  const [syntax] = document.errors;
  if (syntax) {
    const { line } = lines.linePos(syntax.pos[0]);
    return { faults: [{ path: '', line, message: `is no valid YAML: ${syntax.message}` }] };
  }
  const aliases = unresolvedAliases(document);
  if (aliases.length > 0) {
    return {
      faults: aliases.map(({ source, offset }) => ({
        path: '',
        line: lines.linePos(offset).line,
        message: `*${source} refers to something that is not in this file`,
        remedy: `A text that begins with * must be put in quotes: '*${source}'`,
      })),
    };
  }
  const result = personaSchema.safeParse(document.toJS());
  if (result.success) return { persona: result.data, faults: [] };
  return {
    faults: result.error.issues.map((issue) => {
      const line = lineOf(issue.path);
      return {
        path: formatPath(issue.path),
        ...(line === undefined ? {} : { line }),
        message: issue.message,
      };
    }),
  };

  /** The line of the nearest node that exists: a missing member is reported at its parent. */
  function lineOf(path: readonly PropertyKey[]): number | undefined {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true) as
        { range?: [number, number, number] } | undefined;
      if (node?.range) return lines.linePos(node.range[0]).line;
    }
    return undefined;
  }
}

/** `keys: *9` is no text in YAML but an alias, and toJS() throws for one without an anchor. */
function unresolvedAliases(document: Document): { source: string; offset: number }[] {
  const found: { source: string; offset: number }[] = [];
  visit(document, {
    Alias: (_, alias) => {
      if (!alias.resolve(document)) found.push({ source: alias.source, offset: alias.range?.[0] ?? 0 });
    },
  });
  return found;
}

function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}
