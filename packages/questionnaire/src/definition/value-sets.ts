import type {
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireItemAnswerOption,
  ValueSet,
  ValueSetExpansionContains,
} from 'fhir/r4.d.ts';

/** The questionnaire with `answerValueSet: "#id"` written out as answer options, where the set lists its codes. */
export function withContainedValueSets(questionnaire: Questionnaire): Questionnaire {
  const sets = new Map<string, ValueSet>();
  for (const resource of questionnaire.contained ?? []) {
    if (resource.resourceType === 'ValueSet' && resource.id !== undefined) {
      sets.set(`#${resource.id}`, resource as ValueSet);
    }
  }
  if (sets.size === 0) return questionnaire;
  return { ...questionnaire, item: questionnaire.item?.map((item) => expand(item, sets)) };
}

function expand(item: QuestionnaireItem, sets: ReadonlyMap<string, ValueSet>): QuestionnaireItem {
  const children = item.item ? { item: item.item.map((child) => expand(child, sets)) } : {};
  const options = item.answerValueSet === undefined ? [] : optionsOf(sets.get(item.answerValueSet));
  if (options.length === 0) return { ...item, ...children };
  const { answerValueSet: _expanded, ...rest } = item;
  return { ...rest, answerOption: options, ...children };
}

function optionsOf(set: ValueSet | undefined): QuestionnaireItemAnswerOption[] {
  if (!set) return [];
  if (set.expansion?.contains) return set.expansion.contains.flatMap(ofExpansion);
  return (set.compose?.include ?? []).flatMap(({ system, concept, filter, valueSet }) =>
    // A filter, another set or a whole code system is not listed here; half a list would be a wrong one.
    filter || valueSet || !concept
      ? []
      : concept.map(({ code, display, extension }) => ({
          valueCoding: {
            ...(system === undefined ? {} : { system }),
            code,
            ...(display === undefined ? {} : { display }),
          },
          ...(extension ? { extension } : {}),
        })),
  );
}

function ofExpansion(entry: ValueSetExpansionContains): QuestionnaireItemAnswerOption[] {
  const { system, code, display, abstract, inactive, extension } = entry;
  const own: QuestionnaireItemAnswerOption[] =
    code === undefined || abstract || inactive
      ? []
      : [
          {
            valueCoding: {
              ...(system === undefined ? {} : { system }),
              code,
              ...(display === undefined ? {} : { display }),
            },
            ...(extension ? { extension } : {}),
          },
        ];
  return [...own, ...(entry.contains ?? []).flatMap(ofExpansion)];
}
