import { testAddresses } from '../../edge/test/edge-host.ts';
import { capacityTable } from './capacity.ts';
import { deathTable } from './deaths.ts';
import { floodTable } from './flood.ts';
import { reloadTable } from './reload.ts';

/** The edge's figures under load and after deaths, for a machine that does nothing else. Arguments: which of them; without any, all. */
const tables = { deaths: deathTable, flood: floodTable, reload: reloadTable, capacity: capacityTable };
const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !(name in tables));
if (unknown.length > 0) {
  process.stderr.write(`There is no ${unknown.join(', ')}. Choose from: ${Object.keys(tables).join(', ')}\n`);
  process.exit(1);
}
process.stdout.write(`${new Date().toISOString().slice(0, 10)}\n`);
for (const [name, table] of Object.entries(tables))
  if (chosen.length === 0 || chosen.includes(name)) await table(testAddresses());
