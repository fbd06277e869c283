import type { Element, Extension, QuestionnaireItem } from 'fhir/r4.d.ts';
import { extensionOf, itemMedia, standard, voice } from './extensions.ts';
import type { Findings } from './from-fhir.ts';

/** What is made for the eye: grids, pictures, tables. Where it is required it stands in the way of a deployment, else it is named. */
export function checkTelephone(
  { item, path }: { item: QuestionnaireItem; path: string },
  { faults, warnings }: Findings,
): void {
  const list = item.required ? faults : warnings;
  const control = controlOf(item);
  if (item.type === 'group' && /^(?:grid|[gha]?table|table-.*)$/.test(control)) {
    const remedy = item.required
      ? 'Ask its rows as questions of their own'
      : 'Its questions are asked one after the other';
    list.push({ path, message: `a grid (${control}) cannot be asked by telephone`, remedy });
  }
  const shown = extensionOf(item, voice.prompt) ? undefined : shownBy(item);
  if (shown !== undefined) {
    const remedy = item.required ? 'Give it a voice prompt that does without' : 'It is asked without';
    list.push({ path: `${path}.text`, message: `it shows ${shown}, which nobody hears`, remedy });
  }
}

function controlOf(item: QuestionnaireItem): string {
  return extensionOf(item, standard.itemControl)?.valueCodeableConcept?.coding?.[0]?.code ?? '';
}

function shownBy(item: QuestionnaireItem): string | undefined {
  const pictured = [item, ...(item.answerOption ?? []), ...(item.answerOption ?? []).map(codingOf)];
  if (pictured.some((one) => one && itemMedia.some((url) => extensionOf(one, url)))) return 'a picture';
  const rendered = (item as { _text?: { extension?: Extension[] } })._text?.extension ?? [];
  const texts = [item.text, ...rendered.map((one) => one.valueString ?? one.valueMarkdown)];
  const marked = texts.filter((text) => text !== undefined).join('\n');
  if (/<(?:img|svg|video|canvas)\b|!\[[^\]]*\]\(/i.test(marked)) return 'a picture';
  return isTable(marked) ? 'a table' : undefined;
}

/** HTML's, or Markdown's, whose lines begin with a bar or are of dashes; codes listed as `a | b | c` are none. */
export function isTable(text: string): boolean {
  return /<table\b|\|\s*:?-{2,}|^\s*\|.*\|/im.test(text);
}

function codingOf(option: NonNullable<QuestionnaireItem['answerOption']>[number]): Element | undefined {
  return option.valueCoding;
}
