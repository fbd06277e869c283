import { dataTables, switches, tablesFolder } from '../data-tables.ts';
import { metricsParameter } from './metrics.ts';
import { outwardCounters } from './outward.ts';
import type { EdgeSettings } from './settings.ts';
import { windowed } from './settings.ts';

/** Dialled numbers, callers, rates, switches: tables in memory, read from files, and again by `kamcmd htable.reload`. */
export function tablesSection({ config, paths }: EdgeSettings): string {
  const tables = [...dataTables(config), switches(false)];
  const lines = tables.map(
    ({ name, holds }) => `# ${holds}\nmodparam("htable", "htable", "${name}=>size=8;dbtable=${name};")`,
  );
  const counters = windowed(config.rates).map(
    ([table, { seconds }]) =>
      `modparam("htable", "htable", "${table}=>size=12;autoexpire=${seconds};updateexpire=0;initval=0;")`,
  );
  return String.raw`####### 3. Tables

# From files of their own, one a table: id, key, type of key, type of value (0 text, 1 number), value, expiry.
modparam("db_text", "db_mode", 1)               # read again on each reload
modparam("htable", "db_url", "text://${paths.files}/${tablesFolder}")
${lines.join('\n')}

# Strangers who are not listened to any more.
modparam("htable", "htable", "ban=>size=12;autoexpire=600;updateexpire=0;")
${counters.length === 0 ? '' : `# Calls counted in a window longer than a second.\n${counters.join('\n')}\n`}${outwardCounters(config)}${metricsParameter}`;
}
