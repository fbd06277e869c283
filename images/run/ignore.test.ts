import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ignored } from './ignore.ts';

test('the last pattern that fits decides, for a folder too', () => {
  const out = ignored(
    '# comment\n*\n!apps\n!local/*/package.json\n**/node_modules\n**/*.test.ts\napps/x?/\n',
  );
  const kept = ['apps', 'apps/agent/src/main.ts', 'local/aws/package.json'];
  const gone = [
    'README.md',
    'local/aws/src/main.ts',
    'local/aws/src/package.json',
    'apps/agent/node_modules/a/b.js',
    'apps/agent/src/a.test.ts',
    'apps/xy/main.ts',
  ];
  assert.deepEqual(kept.filter(out), []);
  assert.deepEqual(gone.filter(out), gone);
});

test('a dot is a dot', () => {
  assert.equal(ignored('a.b')('axb'), false);
});
