import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type Config, parseConfig } from '@vestibule/config';

type WithCallBacks = Config & { callBacks: NonNullable<Config['callBacks']> };

const golden = readFileSync(
  new URL('../../../../../packages/edge-config/golden/vestibule.yaml', import.meta.url),
  'utf8',
).replace(/^callBacks:.*\n/m, '');

/** A deployment in New York that calls back numbers under +1. `callBacks`: more of that section, as YAML. */
export function configWith(callBacks: string): WithCallBacks {
  const text = `${golden}\ncallBacks: { prefixes: ['+1'], ${callBacks} }\n`.replace(
    'person: the front desk',
    'person: the front desk, timezone: America/New_York',
  );
  const { config, faults } = parseConfig(text, 'v.yaml');
  assert.ok(config?.callBacks, JSON.stringify(faults));
  return config as WithCallBacks;
}

export function configWithout(): Config {
  const { config } = parseConfig(golden, 'v.yaml');
  assert.ok(config);
  return config;
}
