import type { Element, Extension, Questionnaire, QuestionnaireItem } from 'fhir/r4.d.ts';
import type { Findings } from './from-fhir.ts';

/** `linkId = 'x'` in an expression, where no item has that link: it finds nothing, whatever is answered. */
export function checkExpressionLinks(
  questionnaire: Questionnaire,
  links: ReadonlySet<string>,
  { warnings }: Findings,
): void {
  const inElement = (element: Element, path: string): void =>
    element.extension?.forEach((extension, index) => {
      const place = `${path === '' ? '' : `${path}.`}extension[${index}]`;
      for (const linkId of linksOf(extension)) {
        if (!links.has(linkId))
          warnings.push({
            path: place,
            message: `the expression finds nothing: no item has the link "${linkId}"`,
          });
      }
    });
  const inItem = (item: QuestionnaireItem, path: string): void => {
    inElement(item, path);
    item.item?.forEach((child, index) => inItem(child, `${path}.item[${index}]`));
  };
  inElement(questionnaire, '');
  questionnaire.item?.forEach((item, index) => inItem(item, `item[${index}]`));
}

function linksOf(extension: Extension): string[] {
  const { valueExpression, extension: parts = [] } = extension;
  // Only what reads the response; a query may name links of another questionnaire.
  const expression = valueExpression?.language === 'text/fhirpath' ? (valueExpression.expression ?? '') : '';
  const own = [...expression.matchAll(/\blinkId\s*=\s*'((?:[^'\\]|\\.)*)'/g)].map(([, link]) => link!);
  return [...new Set([...own, ...parts.flatMap(linksOf)])];
}
