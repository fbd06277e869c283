import type { Extension, QuestionnaireItemEnableWhen } from 'fhir/r4.d.ts';
import { answerOf, type CompileScope, compileWhen } from './compile.ts';
import { voice } from './extensions.ts';
import type { ShortItem, ShortRedFlag } from './yaml-schema.ts';

/** A red flag as the voice profile's complex extension. */
export function compileRedFlag(flag: ShortRedFlag, path: string, scope: CompileScope): Extension {
  const when = flag.when ? compileWhen(flag.when, `${path}.when`, scope) : { enableWhen: [] };
  return redFlagExtension(flag.id ?? flag.use ?? '', flag, when.enableWhen, when.enableBehavior);
}

/** The red flag of an item: its phrases, or its own answer. */
export function compileItemRedFlag(item: ShortItem, path: string, scope: CompileScope): Extension[] {
  const flag = item.redFlag;
  if (!flag) return [];
  const answer = answerOf(item.id, flag.is, `${path}.redFlag.is`, scope);
  return [redFlagExtension(flag.id ?? item.id, flag, [{ question: item.id, operator: '=', ...answer }])];
}

function redFlagExtension(
  id: string,
  flag: Pick<ShortRedFlag, 'use' | 'severity' | 'action' | 'script' | 'phrases'>,
  conditions: readonly QuestionnaireItemEnableWhen[],
  behavior?: 'all' | 'any',
): Extension {
  return {
    url: voice.redFlag,
    extension: [
      { url: 'id', valueString: id },
      ...codeExtension('use', flag.use),
      ...codeExtension('severity', flag.severity),
      ...codeExtension('action', flag.action ?? (flag.use === undefined ? 'create-case' : undefined)),
      ...(flag.script === undefined ? [] : [{ url: 'script', valueString: flag.script }]),
      ...(flag.phrases ?? []).map((valueString) => ({ url: 'phrase', valueString })),
      ...conditions.map(conditionExtension),
      ...(behavior === undefined ? [] : [{ url: 'behavior', valueCode: behavior }]),
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
