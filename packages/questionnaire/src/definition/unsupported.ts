import type { Element, Questionnaire, QuestionnaireItem } from 'fhir/r4.d.ts';
import { extensionOf, fateOf, logical, placeOf, standard } from './extensions.ts';
import type { Findings } from './from-fhir.ts';
import { extensionsWithin, listUnread } from './unread.ts';

/** What gives an item its value without anybody being asked. */
const filling = [...logical.initial, ...logical.calculated];

/** Lists what the engine does not follow: in the way (a fault) or left aside (a warning). Nothing is dropped unseen. */
export function listUnsupported(questionnaire: Questionnaire, findings: Findings): void {
  listUnread(questionnaire, findings);
  listExtensions(questionnaire, '', findings);
  questionnaire.item?.forEach((item, index) => listItem(item, `item[${index}]`, findings));
}

function listItem(item: QuestionnaireItem, path: string, findings: Findings): void {
  listExtensions(item, path, findings);
  for (const { url, path: place } of extensionsWithin(item, path))
    findings.warnings.push({ path: place, message: `${url} is not followed` });
  item.answerOption?.forEach((option, index) => {
    const place = `${path}.answerOption[${index}]`;
    listExtensions(option, place, findings);
    if (option.valueReference && option.valueReference.display === undefined) {
      findings.warnings.push({
        path: place,
        message: 'a reference without a display cannot be said; it is left out',
        remedy: 'Give it a display',
      });
    }
  });
  listValueSet(item, path, findings);
  listUnits(item, path, findings);
  const hidden = extensionOf(item, standard.hidden)?.valueBoolean ?? false;
  const isFilled = item.initial !== undefined || filling.some((url) => extensionOf(item, url));
  if (item.required && (hidden || item.readOnly) && !isFilled && item.type !== 'group') {
    findings.warnings.push({
      path,
      message: 'required, but hidden or read-only without an initial value: it stays empty',
    });
  }
  item.item?.forEach((child, index) => listItem(child, `${path}.item[${index}]`, findings));
}

function listValueSet(item: QuestionnaireItem, path: string, findings: Findings): void {
  if (item.answerValueSet === undefined) return;
  const finding = {
    path: `${path}.answerValueSet`,
    message: `the codes of ${item.answerValueSet} cannot be listed`,
  };
  const remedy =
    'Contain the value set, put it (and its code systems) in the terminology folder, or list the answers';
  if (item.type === 'open-choice')
    findings.warnings.push({ ...finding, remedy: 'Any words are taken as the answer' });
  else if (item.required) findings.faults.push({ ...finding, remedy });
  else findings.warnings.push({ ...finding, remedy: 'It is left out of the call' });
}

function listUnits(item: QuestionnaireItem, path: string, { warnings }: Findings): void {
  const set = extensionOf(item, standard.unitValueSet)?.valueCanonical;
  if (set === undefined) return;
  warnings.push({
    path: placeOf(item, path, standard.unitValueSet),
    message: `the units of ${set} cannot be listed: any unit is taken`,
    remedy: 'Contain the value set, or put it in the terminology folder',
  });
}

function listExtensions(element: Element, path: string, findings: Findings): void {
  const at = path === '' ? 'extension' : `${path}.extension`;
  if ('modifierExtension' in element) {
    findings.faults.push({
      path: path === '' ? 'modifierExtension' : `${path}.modifierExtension`,
      message: 'a modifier extension changes the meaning of what holds it, and none is understood',
    });
  }
  element.extension?.forEach((extension, index) => {
    const place = `${at}[${index}]`;
    switch (fateOf(extension.url)) {
      case 'followed':
      case 'harmless':
        return;
      case 'blocking':
        findings.faults.push({
          path: place,
          message: `${extension.url} changes what is asked and is not supported`,
        });
        return;
      case 'unsupported':
        findings.warnings.push({ path: place, message: `${extension.url} is not followed` });
    }
  });
}
