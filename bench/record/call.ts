import { type CallLog, type EntryKind, type Payload, PromptParts } from '@vestibule/record';

/** One entry to be written. */
export type Draft = { [Kind in EntryKind]: [Kind, Payload<Kind>] }[EntryKind];

export const append = (log: CallLog, [kind, payload]: Draft) => log.append(kind, payload);

const sentence = 'I have had this pain in my lower back since about Tuesday of last week, mostly at night.';
const reply = 'Thank you. Since Tuesday of last week. And how bad is it, from zero to ten?';

/** What four seconds of a caller's speech leave: a partial every 300 ms, the final, and the end of the turn. */
const heard = (atMs: number): Draft[] => [
  ...Array.from({ length: 13 }, (_, i): Draft => [
    'partial',
    { piiText: sentence.slice(0, (i + 1) * 7), startMs: atMs, endMs: atMs + (i + 1) * 300 },
  ]),
  ['final', { piiText: sentence, confidence: 0.93, startMs: atMs, endMs: atMs + 4000 }],
  ['turn', { by: 'speech' }],
];

const answer: Draft = [
  'answer',
  {
    linkId: 'complaint.since',
    piiInput: { kind: 'answer', linkId: 'complaint.since', value: '2026-11-17' },
    piiEvents: [{ kind: 'answered', linkId: 'complaint.since', value: '2026-11-17' }],
    evidence: { startMs: 0, endMs: 4000, piiWords: sentence, confidence: 0.93 },
    obtained: { by: 'typed-parse', value: 'stated' },
    versions: { questionnaire: '0'.repeat(64), prompts: '1'.repeat(64) },
  },
];
const said: Draft = ['said', { piiText: reply, source: 'script' }];

/** What must be acknowledged, one after the other, before the agent speaks: an answer that the parser took at once. */
export const fastTurn: readonly Draft[] = [answer, said];

/** The same of turns that ask the model, whose prompt grows: the prompt before it is sent, the output before its tool is called. */
export class ModelTurns {
  readonly #parts = new PromptParts();
  readonly #messages: { role: string; content: { text: string }[] }[] = [];

  next(): Draft[] {
    this.#messages.push({ role: 'user', content: [{ text: `${this.#messages.length} ${sentence}` }] });
    const body = JSON.stringify({ system: [{ text: 'rule '.repeat(800) }], messages: this.#messages });
    this.#messages.push({ role: 'assistant', content: [{ text: `${this.#messages.length} ${reply}` }] });
    const call = { id: 'call', name: 'answer', piiArguments: JSON.stringify({ value: sentence }) };
    const usage = { promptTokens: 1800, completionTokens: 60 };
    return [
      [
        'prompt',
        { model: 'model', layer: 'wire', parameters: { temperature: 0 }, ...this.#parts.take(body) },
      ],
      ['output', { piiText: '', toolCalls: [call], usage, durationMs: 420 }],
      answer,
      said,
    ];
  }
}

/** A call of thirty minutes: 150 turns of twelve seconds, every third of them without the model. */
export function thirtyMinutes(): Draft[] {
  const model = new ModelTurns();
  return Array.from({ length: 150 }, (_, turn): Draft[] => {
    const [startMs, endMs] = [turn * 12_000 + 6000, turn * 12_000 + 10_000];
    return [
      ...heard(turn * 12_000),
      ...(turn % 3 === 0 ? fastTurn : model.next()),
      ['played', { piiText: reply, interrupted: false, startMs, endMs, playedMs: 4000 }],
    ];
  }).flat();
}
