import { measureMutants } from '../../edge/torture/mutant-run.ts';
import { openCalls } from '../../edge/torture/open-calls.ts';
import type { Target } from '../../edge/torture/target/target.ts';
import { measureTorture } from '../../edge/torture/torture-run.ts';
import { heading, names, row, yes } from './table.ts';

export type EachTarget = (measure: (target: Target) => Promise<void>) => Promise<void>;

export async function tortureTable(eachTarget: EachTarget): Promise<void> {
  heading(
    'RFC 4475, 49 messages, from the carrier and from a stranger',
    ...['', 'alive', 'invalid inward', 'valid answered 400', 'valid requests without an answer'],
    'bytes to the stranger',
  );
  await eachTarget(async (target) => {
    const { trusted, alive, invalidInward, validMalformed, bytesToStranger } = await measureTorture(target);
    const silent = trusted.filter(
      ({ valid, codes, bytes }) =>
        valid && codes.length === 0 && bytes.subarray(0, 8).toString('latin1') !== 'SIP/2.0 ',
    );
    row(
      ...[target.name, yes(alive), names(invalidInward), names(validMalformed)],
      ...[names(silent.map(({ name }) => name)), bytesToStranger],
    );
  });
}

export async function mutantTable(
  eachTarget: EachTarget,
  run: { count: number; seed: number },
): Promise<void> {
  heading(
    `${run.count} mutants of Twilio's INVITEs from the carrier, seed ${run.seed}, five calls up meanwhile`,
    ...['', 'alive', 'inward', 'of them malformed', 'decision headers forged', 'BYEs relayed afterwards'],
  );
  await eachTarget(async (target) => {
    const calls = await openCalls(target, 5);
    const { alive, inward, malformed, forged } = await measureMutants(target, run);
    row(target.name, yes(alive), inward, malformed.length, forged.length, `${await calls.end()} of 5`);
  });
}
