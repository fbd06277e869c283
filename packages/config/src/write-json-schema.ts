/** `node packages/config/src/write-json-schema.ts` refreshes the checked-in schema that editors use. */
import { writeFile } from 'node:fs/promises';
import { configJsonSchema } from './json-schema.ts';

await writeFile(
  new URL('../vestibule.schema.json', import.meta.url),
  `${JSON.stringify(configJsonSchema(), null, 2)}\n`,
);
