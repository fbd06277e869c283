/** Writes the JSON Schema of the YAML short form, for editors. A test holds the file to the code. */
import { writeFileSync } from 'node:fs';
import { shortFormJsonSchema } from '../src/index.ts';

const file = new URL('../schema/questionnaire.schema.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(shortFormJsonSchema(), null, 2)}\n`);
