import { formatFaults } from '@vestibule/core';
import type { QuestionnaireCheck } from '@vestibule/questionnaire';
import type { Output } from '../../terminal.ts';
import { checkedFile } from './read-file.ts';

export interface CheckOptions {
  json?: true;
  strict?: true;
}

type Checked = QuestionnaireCheck & { file: string };

/** Prints the findings of all files; false when one of them cannot be used (`strict`: or has a warning). */
export function checkFiles(
  files: readonly string[],
  { json, strict }: CheckOptions,
  output: Output,
): boolean {
  const isFine = ({ faults, warnings }: Checked) =>
    faults.length === 0 && (strict === undefined || warnings.length === 0);
  const checked = files.map((file): Checked => inOrder({ file, ...checkedFile(file) }));
  if (json)
    output.write(
      `${JSON.stringify({ files: checked.map((one) => ({ valid: isFine(one), ...one })) }, null, 2)}\n`,
    );
  else for (const one of checked) output.write(findings(one));
  const bad = checked.filter((one) => !isFine(one)).length;
  if (!json && files.length > 1) output.write(`${files.length} files, ${bad} of them with faults.\n`);
  return bad === 0;
}

/** As they stand in the file. */
function inOrder({ faults, warnings, ...rest }: Checked): Checked {
  const byLine = (list: Checked['faults']) => list.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return { ...rest, faults: byLine(faults), warnings: byLine(warnings) };
}

function findings({ file, faults, warnings, summary }: Checked): string {
  const notes = folded(warnings).map((one) => ({
    ...one,
    path: `warning${one.path === '' ? '' : `: ${one.path}`}`,
  }));
  const lines = [formatFaults(file, faults), formatFaults(file, notes)].filter((part) => part !== '');
  const warned = warnings.length === 0 ? '' : `, ${counted(warnings.length, 'warning')}`;
  if (!summary) {
    const total = lines.join('\n').includes('\n')
      ? [`${file}: ${counted(faults.length, 'fault')}${warned}.`]
      : [];
    return [...lines, ...total, ''].join('\n');
  }
  const { title, version, questions, required, redFlags } = summary;
  const rules = counted(redFlags, 'red-flag rule');
  const asked = `${title} ${version}, ${questions} questions (${required} required), ${rules}`;
  return [...lines, `${file} is valid: ${asked}${warned}.`, ''].join('\n');
}

/** A generated form of 400 items breaks the same rule 400 times: the first three are shown, the rest counted. */
function folded(found: Checked['faults']): Checked['faults'] {
  const kind = ({ message, remedy }: Checked['faults'][number]) =>
    `${message.replaceAll(/\d+/g, '')} ${remedy ?? ''}`;
  const alike = Map.groupBy(found, kind);
  return found.flatMap((one) => {
    const all = alike.get(kind(one))!;
    const at = all.indexOf(one) + 1;
    if (all.length <= most + 1 || at < most) return one;
    const message = `${one.message} (and ${all.length - most} more like this; all of them with --json)`;
    return at === most ? { ...one, message } : [];
  });
}

const most = 3;

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
