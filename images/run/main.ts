import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { tmpdir } from 'node:os';
import { CodedError } from '@vestibule/core';
import { baseTree } from './bases.ts';
import { build, type Image } from './build.ts';
import { check } from './check.ts';
import { copyContext } from './copy.ts';
import { parseDockerfile } from './dockerfile.ts';
import { RunError } from './errors.ts';
import { ignored } from './ignore.ts';
import { size } from './size.ts';
import { ports, type Target } from './settings.ts';

/**
 * Carries out the Dockerfile's own steps for one image without an engine, then runs it: `node images/run/main.ts agent|mcp|recorder`. As root, on
 * Debian 12, after `make setup`. Ends with 0 when all is as it must be.
 */
const root = resolve(import.meta.dirname, '../..');
const say = (line: string) => process.stdout.write(`  ${line}\n`);

async function main([target, work]: string[]): Promise<void> {
  if (!isTarget(target))
    throw new RunError('not-possible', 'usage: node images/run/main.ts agent|mcp|recorder');
  if (process.getuid?.() !== 0)
    throw new RunError('not-possible', 'namespaces and chroot need root: sudo node images/run/main.ts');
  // Second time: in the namespaces that the first has made.
  if (work !== undefined) return check({ target, image: stored(work), root, work, say });
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-images-'));
  try {
    built(target, folder);
    const own = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
    const args = [...own, process.execPath, import.meta.filename, target, folder];
    process.exitCode = spawnSync('unshare', args, { stdio: 'inherit' }).status ?? 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function built(target: Target, work: string): void {
  const began = performance.now();
  const text = readFileSync(join(root, 'images/Dockerfile'), 'utf8');
  const context = join(work, 'context');
  copyContext(root, context, ignored(readFileSync(join(root, '.dockerignore'), 'utf8')));
  const image = build(
    {
      stages: parseDockerfile(text),
      context,
      work,
      baseTree: (name) => baseTree(name, root),
      buildEnv: buildEnv(),
      onStep: (stage, { kind, line }, ms) => {
        if (ms > 1000) say(`${stage}: line ${line}, ${kind}: ${(ms / 1000).toFixed(1)} s`);
      },
    },
    target,
  );
  const { all, own } = size(image.root, ['vestibule', 'usr/local']);
  say(
    `${target}: steps carried out in ${((performance.now() - began) / 1000).toFixed(1)} s; ${all} MB, ${own} MB of it not the base`,
  );
  writeFileSync(join(work, 'image.json'), JSON.stringify(image));
}

const stored = (work: string) => JSON.parse(readFileSync(join(work, 'image.json'), 'utf8')) as Image;

/** What an engine's build arguments are for: ways out and registries. */
function buildEnv(): Record<string, string> {
  const names = [
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'NO_PROXY',
    'http_proxy',
    'https_proxy',
    'no_proxy',
    'NODE_EXTRA_CA_CERTS',
  ];
  const given = names.flatMap((name) => (process.env[name] ? [[name, process.env[name]] as const] : []));
  const registry = spawnSync('npm', ['config', 'get', 'registry'], {
    cwd: root,
    encoding: 'utf8',
  }).stdout.trim();
  return { ...Object.fromEntries(given), ...(registry === '' ? {} : { npm_config_registry: registry }) };
}

const isTarget = (text: string | undefined): text is Target =>
  text !== undefined && Object.hasOwn(ports, text);

main(process.argv.slice(2)).then(
  // Services may run still; they end with the namespace.
  () => process.exit(),
  (error: unknown) => {
    process.stderr.write(
      `images: ${error instanceof CodedError ? error.message : String((error as Error).stack)}\n`,
    );
    process.exit(1);
  },
);
