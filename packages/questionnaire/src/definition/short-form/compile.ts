import type { Coding, Questionnaire, QuestionnaireItem } from 'fhir/r4.d.ts';
import type { Fault } from '@vestibule/core';
import { voice } from '../extensions.ts';
import { formLogic, itemLogic } from './compile-logic.ts';
import { compileOptions, optionExtensions, questionTexts } from './compile-options.ts';
import { compileItemRedFlag, compileRedFlag } from './compile-red-flags.ts';
import { compileRules } from './compile-rules.ts';
import { type CompileScope, extensionsAt, type Keyed, translatedBy, typeOf } from './compile-scope.ts';
import { compileInitial, compileWhen, isExpression } from './compile-values.ts';
import { voiceExtensions } from './compile-voice.ts';
import type { ShortForm } from './schema.ts';
import type { ShortItem } from './schema-item.ts';

export interface Compiled {
  questionnaire: Questionnaire;
  faults: Fault[];
  /** Paths of the compiled extensions, and of the keys they come from. */
  places: ReadonlyMap<string, string>;
}

/** The YAML short form as a FHIR Questionnaire with the voice profile's extensions. */
export function compileShortForm(form: ShortForm): Compiled {
  const items = new Map(flatten(form.items).map((item) => [item.id, item]));
  const scope: CompileScope = { url: form.url, items, faults: [], places: new Map() };
  const { attempts, identify, redFlags = [] } = form;
  const keyed: Keyed[] = [
    ...(attempts === undefined
      ? []
      : [['attempts', { url: voice.attempts, valueInteger: attempts }] as const]),
    ...redFlags.map((flag, index) => compileRedFlag(flag, `redFlags[${index}]`, scope)),
    ...(identify === undefined
      ? []
      : [['identify', { url: voice.identify, valueInteger: identify }] as const]),
    ...formLogic(form),
  ];
  const title = translatedBy(form.translations ?? {});
  const questionnaire: Questionnaire = {
    resourceType: 'Questionnaire',
    id: form.id,
    url: form.url,
    version: String(form.version),
    title: form.title,
    ...(title ? { _title: title } : {}),
    status: 'active',
    subjectType: ['Patient'],
    ...(form.description === undefined ? {} : { description: form.description }),
    ...(form.copyright === undefined ? {} : { copyright: form.copyright }),
    ...(form.codes ? { code: form.codes.map((code): Coding => ({ ...code })) } : {}),
    ...extensionsAt('', keyed, scope),
    item: form.items.map((item, index) => compileItem(item, `items[${index}]`, scope)),
  };
  return { questionnaire, faults: scope.faults, places: scope.places };
}

function compileItem(item: ShortItem, path: string, scope: CompileScope): QuestionnaireItem {
  const text = item.text ?? item.ask;
  const type = typeOf(item);
  if (text === undefined && type !== 'group' && item.module === undefined)
    scope.faults.push({ path: `${path}.ask`, message: 'nothing to say', remedy: 'Give the item an ask' });
  if (item.prefix !== undefined && item.module === undefined)
    scope.faults.push({
      path: `${path}.prefix`,
      message: 'there is no module for it',
      remedy: 'Name a module',
    });
  const keyed = [
    ...voiceExtensions(item),
    ...itemLogic(item),
    ...optionExtensions(item, scope),
    ...compileItemRedFlag(item, path, scope),
    ...compileRules(item, path, scope),
  ];
  const beside = text === undefined ? undefined : translatedBy(questionTexts(item).text);
  const { when, codes, validate, repeats } = item;
  return {
    linkId: item.id,
    ...(codes ? { code: codes.map((code): Coding => ({ ...code })) } : {}),
    ...(item.label === undefined ? {} : { prefix: item.label }),
    ...(text === undefined ? {} : { text }),
    ...(beside ? { _text: beside } : {}),
    type,
    ...extensionsAt(path, keyed, scope),
    ...(item.required ? { required: true } : {}),
    ...(repeats ? { repeats: true } : {}),
    ...(item.readOnly ? { readOnly: true } : {}),
    ...(validate?.maxLength === undefined ? {} : { maxLength: validate.maxLength }),
    ...compileOptions(item, path, scope),
    ...(when && !isExpression(when) ? compileWhen(when, `${path}.when`, scope) : {}),
    ...compileInitial(item, path, scope),
    ...(item.items
      ? { item: item.items.map((child, index) => compileItem(child, `${path}.items[${index}]`, scope)) }
      : {}),
  };
}

function flatten(items: readonly ShortItem[]): ShortItem[] {
  return items.flatMap((item) => [item, ...flatten(item.items ?? [])]);
}
