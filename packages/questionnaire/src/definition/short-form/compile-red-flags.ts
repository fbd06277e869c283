import type { Extension, QuestionnaireItemEnableWhen } from 'fhir/r4.d.ts';
import { voice } from '../extensions.ts';
import { type CompileScope, type Keyed, textValue } from './compile-scope.ts';
import { answerOf, compileWhen } from './compile-values.ts';
import type { ShortItem } from './schema-item.ts';
import type { ShortRedFlag } from './schema-red-flags.ts';

/** A red flag as the voice profile's complex extension. */
export function compileRedFlag(flag: ShortRedFlag, path: string, scope: CompileScope): Keyed {
  const when = flag.when ? compileWhen(flag.when, `${path}.when`, scope) : { enableWhen: [] };
  return [path, redFlagExtension(flag.id ?? flag.use ?? '', flag, when.enableWhen, when.enableBehavior)];
}

/** The red flag of an item: its phrases, or its own answer. */
export function compileItemRedFlag(item: ShortItem, path: string, scope: CompileScope): Keyed[] {
  const flag = item.redFlag;
  if (!flag) return [];
  const own = (): QuestionnaireItemEnableWhen => {
    const answer = answerOf(item.id, flag.is ?? 'yes', `${path}.redFlag.is`, scope);
    return { question: item.id, operator: '=', ...answer };
  };
  const { enableWhen, enableBehavior } = flag.when
    ? compileWhen(flag.when, `${path}.redFlag.when`, scope)
    : { enableWhen: [own()] };
  return [['redFlag', redFlagExtension(flag.id ?? item.id, flag, enableWhen, enableBehavior)]];
}

function redFlagExtension(
  id: string,
  flag: Pick<ShortRedFlag, 'use' | 'severity' | 'action' | 'script' | 'confirm' | 'phrases' | 'translations'>,
  conditions: readonly QuestionnaireItemEnableWhen[],
  behavior?: 'all' | 'any',
): Extension {
  const { use, severity, action, script, confirm, phrases = [], translations = {} } = flag;
  const textsOf = (part: 'script' | 'confirm') =>
    Object.fromEntries(
      Object.entries(translations).map(([language, given]) => [
        language,
        typeof given !== 'string' ? given[part] : part === 'script' ? given : undefined,
      ]),
    );
  return {
    url: voice.redFlag,
    extension: [
      { url: 'id', valueString: id },
      ...codeExtension('use', use),
      ...codeExtension('severity', severity),
      ...codeExtension('action', action ?? (use === undefined ? 'create-case' : undefined)),
      ...(script === undefined ? [] : [textValue('script', script, textsOf('script'))]),
      ...(confirm === undefined ? [] : [textValue('confirm', confirm, textsOf('confirm'))]),
      ...phrases.map((valueString) => ({ url: 'phrase', valueString })),
      ...conditions.map(conditionExtension),
      ...codeExtension('behavior', behavior),
    ],
  };
}

function codeExtension(url: string, valueCode: string | undefined): Extension[] {
  return valueCode === undefined ? [] : [{ url, valueCode }];
}

function conditionExtension({ question, operator, ...answer }: QuestionnaireItemEnableWhen): Extension {
  const values = Object.entries(answer).map(([key, value]) => ({
    url: 'answer',
    [key.replace('answer', 'value')]: value,
  }));
  return {
    url: 'condition',
    extension: [
      { url: 'question', valueString: question },
      { url: 'operator', valueCode: operator },
      ...values,
    ],
  };
}
