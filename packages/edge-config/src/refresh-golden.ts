/** `node packages/edge-config/src/refresh-golden.ts` rewrites the golden files; read the difference before you commit it. */
import { writeFileSync } from 'node:fs';
import { goldenFile, goldenRendering } from './golden.ts';

for (const { path, text } of goldenRendering()) writeFileSync(goldenFile(path), text);
