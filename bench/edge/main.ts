import { parseArgs } from 'node:util';
import { testAddresses } from '../../edge/test/edge-host.ts';
import { tortureDomains as domains, tortureUsers as users } from '../../edge/torture/corpus.ts';
import { startDebianDefault } from '../../edge/torture/target/debian-default.ts';
import type { Target } from '../../edge/torture/target/target.ts';
import { startVestibule } from '../../edge/torture/target/vestibule.ts';
import { attackTable, forgeryTable } from './attacks.ts';
import { type EachTarget, mutantTable, tortureTable } from './malformed.ts';

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

const eachTarget: EachTarget = async (measure) => {
  for (const start of targets) {
    const target = await start();
    await measure(target).finally(() => target.stop());
  }
};

process.stdout.write(`${new Date().toISOString().slice(0, 10)}\n`);
await tortureTable(eachTarget);
await mutantTable(eachTarget, { count: Number(values.mutants), seed: Number(values.seed) });
await attackTable(eachTarget);
await forgeryTable(eachTarget);
