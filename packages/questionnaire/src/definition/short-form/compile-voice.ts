import type { Extension } from 'fhir/r4.d.ts';
import { standard, voice } from '../extensions.ts';
import { otherTexts, questionTexts, retryTexts } from './compile-options.ts';
import { type Keyed, textValue } from './compile-scope.ts';
import type { ShortItem } from './schema-item.ts';

/** What the voice profile says of an item, and how its answer is given. */
export function voiceExtensions(item: ShortItem): Keyed[] {
  const { ask, askProxy, retry = [], why, form, readBack, sensitive, answeredBy, caller } = item;
  const { identifier, hints = {}, keypad, patience, entryFormat } = item;
  // `ask` is said as it stands; without the extension, options that it does not name would be read out after it.
  const spoken = ask !== undefined && (item.text !== undefined || item.options !== undefined);
  const text = (key: 'askProxy' | 'why', url: string, words: string | undefined): Keyed[] =>
    words === undefined ? [] : [[key, textValue(url, words, otherTexts(item, key))]];
  const code = (key: string, url: string, valueCode: string | undefined): Keyed[] =>
    valueCode === undefined ? [] : [[key, { url, valueCode }]];
  const truth = (key: string, url: string, valueBoolean: boolean | undefined): Keyed[] =>
    valueBoolean === undefined ? [] : [[key, { url, valueBoolean }]];
  return [
    ...(spoken ? [['ask', textValue(voice.prompt, ask, questionTexts(item).ask)] as const] : []),
    ...text('askProxy', voice.promptProxy, askProxy),
    ...retry.map((words, index): Keyed => [
      `retry[${index}]`,
      textValue(voice.retry, words, retryTexts(item, index)),
    ]),
    ...text('why', voice.why, why),
    ...code('form', voice.form, form),
    ...code('readBack', voice.readBack, readBack),
    ...truth('sensitive', voice.sensitive, sensitive),
    ...code('answeredBy', voice.answeredBy, answeredBy),
    ...code('caller', voice.caller, caller),
    ...truth('identifier', voice.identifier, identifier),
    ...(hints.words ?? []).map((valueString): Keyed => ['hints.words', { url: voice.word, valueString }]),
    ...code('hints.expect', voice.expect, hints.expect),
    ...code('keypad', voice.keypad, keypad),
    ...(patience === undefined ? [] : [['patience', patienceExtension(patience)] as const]),
    ...(entryFormat === undefined
      ? []
      : [
          [
            'entryFormat',
            textValue(standard.entryFormat, entryFormat, otherTexts(item, 'entryFormat')),
          ] as const,
        ]),
  ];
}

function patienceExtension(patience: string | number): Extension {
  const url = voice.patience;
  return typeof patience === 'number' ? { url, valueInteger: patience } : { url, valueCode: patience };
}
