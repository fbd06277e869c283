import { bounds, protocol } from '../src/testing/protocol/protocol.ts';
import { explore } from '../src/testing/protocol/search.ts';

/** The search of `protocol.test.ts` with other bounds: `node packages/record/scripts/explore-protocol.ts '{"entries":2}'` (about five minutes, 2 GB). */
const wanted = { ...bounds, ...(JSON.parse(process.argv[2] ?? '{}') as Partial<typeof bounds>) };
const began = performance.now();
const outcome = explore(wanted, protocol, { limit: 20_000_000 });
process.stdout.write(
  `${JSON.stringify({ ...wanted, ...outcome, seconds: Math.round((performance.now() - began) / 1000) })}\n`,
);
