import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { build } from './build.ts';
import { copyContext } from './copy.ts';
import { parseDockerfile } from './dockerfile.ts';
import { ignored } from './ignore.ts';

const folder = mkdtempSync(join(tmpdir(), 'vestibule-build-'));
after(() => rmSync(folder, { recursive: true }));
let runs = 0;

/** Carries out steps that need no command run, on an empty base. */
function built(text: string, target = 'last') {
  const work = join(folder, String(runs++));
  const [repository, context, base] = ['repository', 'context', 'base'].map((name) => join(work, name)) as [
    string,
    string,
    string,
  ];
  for (const at of ['src/a/node_modules', 'src/b']) mkdirSync(join(repository, at), { recursive: true });
  mkdirSync(base, { recursive: true });
  for (const file of [
    'src/a/main.ts',
    'src/a/main.test.ts',
    'src/a/node_modules/x.js',
    'src/b/only.test.ts',
    'LICENSE',
  ])
    writeFileSync(join(repository, file), file);
  copyContext(repository, context, ignored('**/node_modules\n**/*.test.ts'));
  const stages = parseDockerfile(text);
  return build({ stages, context, work, baseTree: () => base, buildEnv: {}, onStep: () => {} }, target);
}

test('a stage has what was copied, and no more', () => {
  const { root } = built(
    'FROM x AS last\nWORKDIR /app\nCOPY src ./src\nCOPY LICENSE ./\nCOPY LICENSE src ./both/\n',
  );
  const there = (path: string) => existsSync(join(root, 'app', path));
  assert.deepEqual(
    ['src/a/main.ts', 'LICENSE', 'both/LICENSE', 'both/a/main.ts'].filter((path) => !there(path)),
    [],
  );
  assert.deepEqual(['src/a/main.test.ts', 'src/a/node_modules', 'src/b'].filter(there), []);
});

test('a stage goes on from another, and one that nobody needs is left out', () => {
  const image = built(
    'FROM x AS first\nENV A=1\nUSER 1:2\nWORKDIR /w\nFROM x AS idle\nCOPY nothing ./\n' +
      'FROM first AS last\nARG V=2\nENV B=$A.${V}\nLABEL v="$V"\nCOPY --from=first /w /v\nCMD ["c"]\n',
  );
  assert.deepEqual(
    [image.env['B'], image.labels, image.user, image.workdir],
    ['1.2', { v: '2' }, '1:2', '/w'],
  );
  assert.deepEqual(image.command, ['c']);
  assert.ok(existsSync(join(image.root, 'v')));
});

test('what is not there is said with its line', () => {
  assert.throws(() => built('FROM x AS last\nCOPY nothing ./\n'), /Dockerfile:2: COPY: nothing is not there/);
  assert.throws(() => built('FROM x AS last\nENV A=$B\n'), /Dockerfile:2: \$B is not set/);
  assert.throws(() => built('FROM x AS last\n', 'other'), /no stage other/);
});

test('stages do not share their trees', () => {
  const { root } = built('FROM x AS first\nCOPY LICENSE /f\nFROM first AS last\nCOPY src/a/main.ts /f\n');
  assert.equal(readFileSync(join(root, 'f'), 'utf8'), 'src/a/main.ts');
  assert.equal(readFileSync(join(root, '../first/f'), 'utf8'), 'LICENSE');
});
