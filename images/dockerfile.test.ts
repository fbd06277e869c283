import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type Instruction, parseDockerfile, type Stage } from './run/dockerfile.ts';
import { ports } from './run/settings.ts';

const root = join(import.meta.dirname, '..');
const text = readFileSync(join(import.meta.dirname, 'Dockerfile'), 'utf8');
const stages = parseDockerfile(text);

/** A stage with all that it goes on from. */
function whole(name: string): Instruction[] {
  const stage = stages.find((each) => each.name === name);
  return stage === undefined ? [] : [...whole(stage.base), ...stage.instructions];
}

const of = <Kind extends Instruction['kind']>(instructions: Instruction[], kind: Kind) =>
  instructions.filter((each): each is Instruction & { kind: Kind } => each.kind === kind);

interface Lock {
  packages: Record<string, { dependencies?: Record<string, string>; resolved?: string; link?: boolean }>;
}

/** Folders of the repository's own packages that an app needs, itself among them. */
function closure(app: string): Set<string> {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;
  const found = new Set<string>();
  const add = (folder: string) => {
    if (found.has(folder)) return;
    found.add(folder);
    for (const name of Object.keys(packages[folder]?.dependencies ?? {})) {
      const own = packages[`node_modules/${name}`];
      if (own?.link && own.resolved !== undefined) add(own.resolved);
    }
  };
  add(app);
  return found;
}

test('each base that is not a stage is pinned by its digest', () => {
  const isStage = ({ base }: Stage) => stages.some(({ name }) => name === base);
  const bases = stages.filter((stage) => !isStage(stage)).map(({ base }) => base);
  assert.equal(bases.length, 2);
  for (const base of bases) {
    assert.match(base, /^[a-z0-9./-]+:[\w.-]+@sha256:[0-9a-f]{64}$/);
    assert.doesNotMatch(base, /:latest@/);
  }
});

test('no secret is among arguments and variables', () => {
  for (const { instructions } of stages) {
    const names = [
      ...of(instructions, 'ARG').map(({ name }) => name),
      ...of(instructions, 'ENV').flatMap(({ pairs }) => pairs.map(([name]) => name)),
    ];
    assert.deepEqual(
      names.filter((name) => /SECRET|TOKEN|PASSWORD|KEY|CREDENTIAL/i.test(name)),
      [],
    );
  }
});

for (const target of Object.keys(ports) as (keyof typeof ports)[])
  describe(target, () => {
    const instructions = whole(target);

    test('it runs as a user by number that is not root, and ends by SIGTERM', () => {
      assert.equal(of(instructions, 'USER').at(-1)?.value, '65532:65532');
      assert.equal(of(instructions, 'STOPSIGNAL').at(-1)?.value, 'SIGTERM');
    });

    test('no command is run in it, and what it has of modules is from a stage that is left behind', () => {
      assert.deepEqual(of(instructions, 'RUN'), []);
      const base = stages.find(({ name }) => name === 'runtime')?.base ?? '';
      assert.match(base, /^gcr\.io\/distroless\//);
    });

    test('its start and its health check are of its own app', () => {
      assert.deepEqual(of(instructions, 'CMD').at(-1)?.words, ['node', `apps/${target}/src/main.ts`]);
      const port = String(ports[target]);
      assert.equal(of(instructions, 'HEALTHCHECK').at(-1)?.words.at(-1), port);
      assert.equal(of(instructions, 'EXPOSE').at(-1)?.value, port);
    });

    test('it has the repository’s packages that its app needs, and no others', () => {
      const copied = of(instructions, 'COPY').flatMap(({ from, sources }) =>
        from === undefined ? sources : [],
      );
      const own = copied.filter((path) => /^(apps|packages)\//.test(path)).sort();
      assert.deepEqual(own, [...closure(`apps/${target}`)].sort());
    });

    test('it is labelled', () => {
      const labels = Object.fromEntries(of(instructions, 'LABEL').flatMap(({ pairs }) => pairs));
      for (const name of ['title', 'description', 'licenses', 'version', 'revision', 'base.name'])
        assert.ok(labels[`org.opencontainers.image.${name}`], name);
    });
  });
