import { parseArgs } from 'node:util';
import { testAddresses } from '../../edge/test/edge-host.ts';
import { tortureDomains as domains, tortureUsers as users } from '../../edge/torture/corpus.ts';
import { measureMutants } from '../../edge/torture/mutant-run.ts';
import { openCalls } from '../../edge/torture/open-calls.ts';
import { startDebianDefault } from '../../edge/torture/target/debian-default.ts';
import type { Target } from '../../edge/torture/target/target.ts';
import { startVestibule } from '../../edge/torture/target/vestibule.ts';
import { measureTorture } from '../../edge/torture/torture-run.ts';

/** The edge's figures as Markdown tables, each beside Kamailio's default configuration in the same run. */
const { values } = parseArgs({
  options: { mutants: { type: 'string', default: '20000' }, seed: { type: 'string', default: '1' } },
});
const addresses = testAddresses();
const targets: (() => Promise<Target>)[] = [
  () => startVestibule({ addresses, users }),
  () => startDebianDefault({ addresses, users, domains }),
  () => startDebianDefault({ addresses, users, domains }, true),
];

const row = (...cells: (string | number)[]) => void process.stdout.write(`| ${cells.join(' | ')} |\n`);
const heading = (title: string, ...columns: string[]) => {
  process.stdout.write(`\n${title}\n\n`);
  row(...columns);
  row(...columns.map(() => '---'));
};
const names = (list: readonly string[]) => (list.length === 0 ? '0' : `${list.length}: ${list.join(', ')}`);
const yes = (value: boolean) => (value ? 'yes' : '**no**');

async function eachTarget(measure: (target: Target) => Promise<void>): Promise<void> {
  for (const start of targets) {
    const target = await start();
    await measure(target).finally(() => target.stop());
  }
}

process.stdout.write(`${new Date().toISOString().slice(0, 10)}\n`);
heading(
  'RFC 4475, 49 messages, from the carrier and from a stranger',
  ...[
    '',
    'alive',
    'invalid inward',
    'valid answered 400',
    'valid requests without an answer',
    'bytes to the stranger',
  ],
);
await eachTarget(async (target) => {
  const { trusted, ...figures } = await measureTorture(target);
  const silent = trusted.filter(
    ({ valid, codes, bytes }) =>
      valid && codes.length === 0 && bytes.subarray(0, 8).toString('latin1') !== 'SIP/2.0 ',
  );
  const { alive, invalidInward, validMalformed, bytesToStranger } = figures;
  row(
    target.name,
    yes(alive),
    names(invalidInward),
    names(validMalformed),
    names(silent.map(({ name }) => name)),
    bytesToStranger,
  );
});

heading(
  `${values.mutants} mutants of Twilio's INVITEs from the carrier, seed ${values.seed}, five calls up meanwhile`,
  ...['', 'alive', 'inward', 'of them malformed', 'decision headers forged', 'BYEs relayed afterwards'],
);
await eachTarget(async (target) => {
  const calls = await openCalls(target, 5);
  const figures = await measureMutants(target, { count: Number(values.mutants), seed: Number(values.seed) });
  const { alive, inward, malformed, forged } = figures;
  row(target.name, yes(alive), inward, malformed.length, forged.length, `${await calls.end()} of 5`);
});
