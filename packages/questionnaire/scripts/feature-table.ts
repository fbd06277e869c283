import { writeFileSync } from 'node:fs';
import { featureTable } from '../src/testing/feature-table.ts';

const table = featureTable();
if (process.argv.includes('--write')) writeFileSync(new URL('../FEATURES.md', import.meta.url), table);
else process.stdout.write(table);
