import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { test } from 'node:test';

const folder = import.meta.dirname;

test('ShellCheck has nothing against any script of the hosts', (t) => {
  const scripts = globSync(['*.sh', '{edge,image}/*.sh', 'testing/shims/*'], { cwd: folder });
  assert.ok(scripts.length >= 12);
  const { status, stdout, error } = spawnSync('shellcheck', ['-x', '--source-path=SCRIPTDIR', ...scripts], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (error !== undefined) return t.skip('shellcheck is not installed');
  assert.equal(status, 0, stdout);
});

test('every script stops at its first fault', () => {
  for (const script of globSync(['*.sh', '{edge,image}/*.sh'], { cwd: folder })) {
    if (script.endsWith('common.sh')) continue;
    const { status } = spawnSync('grep', ['-qx', 'set -euo pipefail', script], { cwd: folder });
    assert.equal(status, 0, script);
  }
});
