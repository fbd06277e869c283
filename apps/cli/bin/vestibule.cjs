#!/usr/bin/env node
// Plain JavaScript for whatever Node runs npx: hands over to the Node 24 of node_modules, which runs the TypeScript.
const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { resolve } = require('node:path');

const root = resolve(__dirname, '../../..');
const node = resolve(root, 'node_modules/.bin/node');
if (existsSync(node)) {
  const main = resolve(root, 'apps/cli/src/main.ts');
  // Ctrl-C reaches both; the child decides when to end.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);
  const { status, signal } = spawnSync(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exit(status ?? (signal === 'SIGINT' ? 130 : 1));
} else {
  process.stderr.write('vestibule: Node 24 is not in node_modules yet. Run: make setup\n');
  process.exit(1);
}
