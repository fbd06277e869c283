import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAnchored, exampleRecord } from '../src/testing/example-record.ts';

/**
 * Makes the synthetic record in examples/records: a call that never was, signed by a key that is thrown away.
 * `node packages/record/scripts/make-example.ts`
 */
const root = join(import.meta.dirname, '../../../examples/records');
const record = await exampleRecord(
  'call_example',
  'my knee hurts when I climb stairs',
  await createAnchored(),
);
mkdirSync(join(root, 'call_example'), { recursive: true });
for (const [name, text] of record.files) writeFileSync(join(root, 'call_example', name), text);
writeFileSync(join(root, 'trust-anchor.pem'), record.anchor.export({ type: 'spki', format: 'pem' }));
