import type { Finding, Verdict } from '@vestibule/record';
import { CliError } from '../../errors.ts';

/** A verdict in words. @throws CliError `not-verified` with every finding, the first bad entry first. */
export function verdictText({ callId, entries, payloads, checkpoints, withheld, findings }: Verdict): string {
  if (findings.length > 0) {
    const [first, ...others] = findings.map(findingText);
    throw new CliError(
      'not-verified',
      [`${callId ?? 'the record'} does not verify: ${first}`, ...others.map((one) => `  also: ${one}`)].join(
        '\n',
      ),
    );
  }
  const { checked, redacted, sealed, absent } = payloads;
  return [
    `${callId} verifies: ${entries} entries in one chain and one tree, its end signed, ${checkpoints} checkpoints agree.`,
    `  payloads: ${checked} checked${redacted > 0 ? ` (${redacted} with the caller's data redacted)` : ''}, ${sealed} under the call's key, ${absent} withheld or erased`,
    ...(withheld.length > 0 ? [`  left out on purpose: ${withheld.join(', ')}`] : []),
    '',
  ].join('\n');
}

const findingText = ({ seq, problem }: Finding) => (seq === undefined ? problem : `entry ${seq}: ${problem}`);
