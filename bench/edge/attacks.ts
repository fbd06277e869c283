import { type AttackOutcome, measureAttacks } from '../../edge/torture/attacks/attack-run.ts';
import { measureForgedInDialog } from '../../edge/torture/attacks/forged-in-dialog.ts';
import { measureForgedTrust } from '../../edge/torture/attacks/forged-trust.ts';
import type { EachTarget } from './malformed.ts';
import { heading, names, row } from './table.ts';

const fate = ({ succeeded, bytesToStranger }: AttackOutcome) =>
  `${succeeded ? '**succeeds**' : 'refused'}, ${bytesToStranger} B`;

export async function attackTable(eachTarget: EachTarget): Promise<void> {
  const columns: { name: string; outcomes: AttackOutcome[] }[] = [];
  await eachTarget(async (target) => {
    columns.push({ name: target.name, outcomes: await measureAttacks(target) });
  });
  heading('Attacks, and the bytes that a stranger got', '', ...columns.map(({ name }) => name));
  for (const [index, { name }] of columns[0]!.outcomes.entries())
    row(name, ...columns.map(({ outcomes }) => fate(outcomes[index]!)));
}

export async function forgeryTable(eachTarget: EachTarget): Promise<void> {
  heading(
    'A stranger who knows all of a call that is up; attestations and decisions that somebody forged',
    ...['', 'in-dialog requests relayed', 'bytes to the stranger', 'forged trust at the agent'],
  );
  await eachTarget(async (target) => {
    const { believed, sent } = await measureForgedTrust(target);
    const inDialog = await measureForgedInDialog(target);
    row(
      target.name,
      `${names(inDialog.relayed)} (${inDialog.sent} sent)`,
      inDialog.bytesToStranger,
      `${believed.length} of ${sent}`,
    );
  });
}
