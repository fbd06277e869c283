import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache } from './bases.ts';
import { copyInto, copyTree } from './copy.ts';
import type { Instruction, Stage } from './dockerfile.ts';
import { RunError } from './errors.ts';
import { commandOf, type Mount } from './namespace.ts';

/** A stage's tree, and what an image says of how it is run. */
export interface Image {
  root: string;
  env: Record<string, string>;
  labels: Record<string, string>;
  workdir: string;
  /** `UID:GID` */
  user: string;
  volumes: string[];
  command: string[];
  healthcheck: string[];
  stopSignal: string;
}

export interface Builder {
  stages: readonly Stage[];
  /** Folder of what .dockerignore leaves of the repository. */
  context: string;
  /** Folder for the stages' trees. */
  work: string;
  baseTree: (image: string) => string;
  /** Of the machine, that an engine would hand to a step too: proxies, registries. */
  buildEnv: Readonly<Record<string, string>>;
  /** Is told of each step. */
  onStep: (stage: string, instruction: Instruction, ms: number) => void;
}

/** Carries out the stages that a target needs, in order. @throws RunError `failed`, naming the line. */
export function build(builder: Builder, target: string): Image {
  const done = new Map<string, Image>();
  const image = (name: string): Image => {
    const ready = done.get(name);
    if (ready !== undefined) return ready;
    const stage = builder.stages.find((each) => each.name === name);
    if (stage === undefined) throw new RunError('failed', `the Dockerfile has no stage ${name}`);
    const isStage = builder.stages.some((each) => each.name === stage.base);
    const base = isStage ? image(stage.base) : { ...scratch, root: builder.baseTree(stage.base) };
    const made: Image = {
      ...base,
      root: join(builder.work, name),
      env: { ...base.env },
      labels: { ...base.labels },
    };
    copyTree(base.root, made.root);
    const args: Record<string, string> = {};
    for (const instruction of stage.instructions) {
      if (instruction.kind === 'COPY' && instruction.from !== undefined) image(instruction.from);
      const began = performance.now();
      step(builder, made, args, instruction, (from) => image(from).root);
      builder.onStep(name, instruction, performance.now() - began);
    }
    done.set(name, made);
    return made;
  };
  return image(target);
}

const scratch: Omit<Image, 'root'> = {
  env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
  labels: {},
  workdir: '/',
  user: '0:0',
  volumes: [],
  command: [],
  healthcheck: [],
  stopSignal: 'SIGTERM',
};

function step(
  builder: Builder,
  image: Image,
  args: Record<string, string>,
  instruction: Instruction,
  treeOf: (stage: string) => string,
): void {
  const { line } = instruction;
  const fill = (text: string) => filled(text, { ...args, ...image.env }, line);
  switch (instruction.kind) {
    case 'ARG':
      args[instruction.name] = instruction.value ?? '';
      return;
    case 'ENV':
      for (const [name, value] of instruction.pairs) image.env[name] = fill(value);
      return;
    case 'LABEL':
      for (const [name, value] of instruction.pairs) image.labels[name] = fill(value);
      return;
    case 'WORKDIR':
      image.workdir = instruction.value;
      mkdirSync(join(image.root, image.workdir), { recursive: true });
      return;
    case 'USER':
      image.user = instruction.value;
      return;
    case 'STOPSIGNAL':
      image.stopSignal = instruction.value;
      return;
    case 'VOLUME':
      image.volumes = [...image.volumes, ...instruction.words];
      return;
    case 'EXPOSE':
      return;
    case 'CMD':
      image.command = instruction.words;
      return;
    case 'HEALTHCHECK':
      image.healthcheck = instruction.words;
      return;
    case 'COPY': {
      const from = instruction.from === undefined ? builder.context : treeOf(instruction.from);
      copyInto({ ...instruction, from, root: image.root, workdir: image.workdir });
      return;
    }
    case 'RUN':
      runStep(builder, image, instruction);
  }
}

/** A step has the machine's network and name servers, as with an engine. */
function runStep(
  { buildEnv }: Builder,
  image: Image,
  { line, command, caches }: Extract<Instruction, { kind: 'RUN' }>,
): void {
  const { root, user, workdir } = image;
  const [program, ...args] = commandOf({
    ...{ root, user, workdir, readOnly: false },
    argv: ['/bin/sh', '-c', command],
    mounts: [...ofMachine(root, buildEnv), ...caches.map((at) => cached(root, at))],
  });
  const env = { ...image.env, HOME: '/root', ...buildEnv };
  const { status, stdout, stderr } = spawnSync(program!, args, {
    env,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  if (status !== 0)
    throw new RunError(
      'failed',
      `Dockerfile:${line}: RUN ended with ${status}:\n${`${stdout}${stderr}`.slice(-2000)}`,
    );
}

function ofMachine(root: string, buildEnv: Builder['buildEnv']): Mount[] {
  const authorities = buildEnv['NODE_EXTRA_CA_CERTS'];
  const files = ['/etc/resolv.conf', '/etc/hosts', ...(authorities === undefined ? [] : [authorities])];
  return files.map((at) => {
    mkdirSync(join(root, at, '..'), { recursive: true });
    writeFileSync(join(root, at), '', { flag: 'a' });
    return { kind: 'bind', from: at, at, readOnly: true };
  });
}

function cached(root: string, at: string): Mount {
  const from = join(cache, `cache${at.replaceAll('/', '-')}`);
  for (const folder of [from, join(root, at)]) mkdirSync(folder, { recursive: true });
  return { kind: 'bind', from, at };
}

function filled(text: string, values: Readonly<Record<string, string>>, line: number): string {
  return text.replace(/\$\{?(\w+)\}?/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new RunError('failed', `Dockerfile:${line}: $${name} is not set`);
    return value;
  });
}
