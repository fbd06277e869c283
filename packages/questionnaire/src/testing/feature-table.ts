import { features } from './features.ts';

/** The features as a Markdown table, each tried now. */
export function featureTable(): string {
  const rows = features.map((feature) => ({ ...feature, works: isHeld(feature.holds) }));
  const working = rows.filter(({ works }) => works).length;
  return [
    '# What of FHIR works',
    '',
    'Made by `node packages/questionnaire/scripts/feature-table.ts` from a run of `src/testing/features.ts`: each line is a',
    'test with a tiny questionnaire, what a caller says, and the response it must give. Do not edit it.',
    '',
    `${working} of ${rows.length} work.`,
    '',
    '| feature | of | works |',
    '| --- | --- | --- |',
    ...rows.map(
      ({ name, of, works, lacks }) =>
        `| ${cell(name)} | ${of} | ${works ? 'yes' : `no: ${cell(lacks ?? 'it fails')}`} |`,
    ),
    '',
  ].join('\n');
}

function isHeld(holds: () => void): boolean {
  try {
    holds();
    return true;
  } catch {
    return false;
  }
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
