import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDockerfile } from './dockerfile.ts';

test('stages with their instructions, in the plain kind', () => {
  const [first, second] = parseDockerfile(`
# a comment
FROM debian:12@sha256:abc AS modules
ARG VERSION=1
RUN --mount=type=cache,target=/root/.npm \\
  # inside a continuation
  npm ci \\
  && true

FROM modules AS app
ENV A=1 B="two words"
COPY --from=modules --chown=1:2 /a /b ./c/
HEALTHCHECK --interval=5s CMD ["node", "x.ts"]
CMD ["node"]
`);
  assert.deepEqual(first, {
    name: 'modules',
    base: 'debian:12@sha256:abc',
    line: 3,
    instructions: [
      { line: 4, kind: 'ARG', name: 'VERSION', value: '1' },
      { line: 5, kind: 'RUN', caches: ['/root/.npm'], command: 'npm ci && true' },
    ],
  });
  assert.deepEqual(second?.instructions, [
    {
      line: 11,
      kind: 'ENV',
      pairs: [
        ['A', '1'],
        ['B', 'two words'],
      ],
    },
    { line: 12, kind: 'COPY', from: 'modules', chown: '1:2', sources: ['/a', '/b'], target: './c/' },
    { line: 13, kind: 'HEALTHCHECK', words: ['node', 'x.ts'] },
    { line: 14, kind: 'CMD', words: ['node'] },
  ]);
});

for (const [line, what] of [
  ['ADD https://example.org/x /x', /Dockerfile:2: ADD is not known here/],
  ['ENTRYPOINT ["x"]', /ENTRYPOINT is not known/],
  ['CMD node x.ts', /not in exec form/],
  ['CMD []', /not in exec form/],
  ['USER node', /USER needs numbers/],
  ['WORKDIR x', /absolute path/],
  ['RUN --network=none true', /RUN --network=none is not known/],
  ['RUN --mount=type=secret,id=x true', /--mount=type=secret,id=x is not known/],
  ['RUN ["true"]', /shell form/],
  ['RUN <<EOF', /shell form/],
  ['COPY --link a b', /COPY --link is not known|plain paths/],
  ['COPY *.ts ./', /plain paths/],
  ['COPY a', /plain paths/],
  ['HEALTHCHECK NONE', /needs CMD/],
  ['ENV A', /NAME=VALUE/],
  ['FROM debian', /FROM IMAGE AS NAME/],
  ['FROM --platform=linux/arm64 debian AS b', /FROM IMAGE AS NAME/],
] as const)
  test(`${line}: refused`, () => {
    assert.throws(() => parseDockerfile(`FROM debian AS a\n${line}\n`), what);
  });

test('a parser directive and an instruction before FROM are refused', () => {
  assert.throws(() => parseDockerfile('# syntax=docker/dockerfile:1\nFROM debian AS a'), /directives/);
  assert.throws(() => parseDockerfile('ARG X\nFROM debian AS a'), /before the first FROM/);
});
