import type { Element, Extension } from 'fhir/r4.d.ts';
import type { Fault } from '@vestibule/core';
import { translation } from '../extensions.ts';
import type { ShortItem } from './schema-item.ts';
import type { ShortOption } from './schema-options.ts';

/** What compiling one item needs to know of the others. */
export interface CompileScope {
  url: string;
  items: ReadonlyMap<string, ShortItem>;
  faults: Fault[];
  /** Where a path of the compiled questionnaire comes from, of extensions: they have other names in the short form. */
  places: Map<string, string>;
}

/** An extension, with the key of the short form that it is made of. */
export type Keyed = readonly [key: string, extension: Extension];

/** The FHIR type of a short item: what it says, else group when it has items and no question, else text. */
export function typeOf(item: ShortItem): NonNullable<ShortItem['type']> {
  if (item.type) return item.type;
  if (item.module !== undefined) return 'display';
  if (item.options) return 'choice';
  if (item.form === 'partial-date') return 'date';
  if (item.form && item.form !== 'free') return 'string';
  return item.items ? 'group' : 'text';
}

/** The options that are listed; none where they are worked out or come from a value set. */
export function listed({ options }: ShortItem): readonly ShortOption[] {
  return Array.isArray(options) ? options : [];
}

/** The extensions of an element, whose places in the short form are noted. @param path in the short form */
export function extensionsAt(
  path: string,
  keyed: readonly Keyed[],
  scope: CompileScope,
): Pick<Element, 'extension'> {
  const at =
    path === ''
      ? 'extension'
      : `${path.replaceAll('items[', 'item[').replace('.options[', '.answerOption[')}.extension`;
  keyed.forEach(([key], index) => scope.places.set(`${at}[${index}]`, path === '' ? key : `${path}.${key}`));
  return keyed.length > 0 ? { extension: keyed.map(([, extension]) => extension) } : {};
}

export function fhirPathAt(url: string, expression: string): Extension {
  return { url, valueExpression: { language: 'text/fhirpath', expression } };
}

/** A text by language, as it stands beside a primitive (`_text`); undefined without any. */
export function translatedBy(texts: Readonly<Record<string, string | undefined>>): Element | undefined {
  const extension = Object.entries(texts).flatMap(([lang, content]): Extension[] => {
    if (content === undefined) return [];
    const parts = [
      { url: 'lang', valueCode: lang },
      { url: 'content', valueString: content },
    ];
    return [{ url: translation, extension: parts }];
  });
  return extension.length > 0 ? { extension } : undefined;
}

/** `valueString`, with its translations beside it. */
export function textValue(
  url: string,
  valueString: string,
  texts: Readonly<Record<string, string | undefined>> = {},
): Extension {
  const beside = translatedBy(texts);
  return { url, valueString, ...(beside ? { _valueString: beside } : {}) };
}
