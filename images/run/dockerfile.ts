import { RunError } from './errors.ts';

export type Instruction = { line: number } & (
  | { kind: 'ARG'; name: string; value?: string }
  | { kind: 'ENV' | 'LABEL'; pairs: [string, string][] }
  | { kind: 'WORKDIR' | 'USER' | 'STOPSIGNAL' | 'EXPOSE'; value: string }
  | { kind: 'COPY'; from?: string; chown?: string; sources: string[]; target: string }
  | { kind: 'RUN'; caches: string[]; command: string }
  | { kind: 'VOLUME' | 'CMD' | 'HEALTHCHECK'; words: string[] }
);

/** From one FROM to the next. */
export interface Stage {
  name: string;
  /** Another stage's name, or an image. */
  base: string;
  line: number;
  instructions: Instruction[];
}

/**
 * Reads a Dockerfile of the plain kind: named stages, exec form, numbers for users. What it does not know it refuses, so that nothing is passed over
 * when the steps run without an engine.
 * @throws RunError `unknown-instruction`, naming the line.
 */
export function parseDockerfile(text: string): Stage[] {
  const stages: Stage[] = [];
  for (const { line, keyword, rest } of logicalLines(text)) {
    if (keyword === 'FROM') {
      const [, base, name] = /^(\S+) AS ([a-z][a-z0-9-]*)$/.exec(rest) ?? [];
      if (!base || !name || base.startsWith('--'))
        throw unknown(line, 'FROM needs the form: FROM IMAGE AS NAME');
      stages.push({ name, base, line, instructions: [] });
      continue;
    }
    const stage = stages.at(-1);
    if (stage === undefined) throw unknown(line, `${keyword} before the first FROM`);
    stage.instructions.push(instruction(line, keyword, rest));
  }
  return stages;
}

function instruction(line: number, kind: string, rest: string): Instruction {
  switch (kind) {
    case 'ARG': {
      const [, name, value] = /^(\w+)(?:=(\S*))?$/.exec(rest) ?? [];
      if (name === undefined) throw unknown(line, 'ARG needs the form: ARG NAME=DEFAULT');
      return { line, kind, name, ...(value === undefined ? {} : { value }) };
    }
    case 'ENV':
    case 'LABEL':
      return { line, kind, pairs: words(rest).map((word) => pair(line, kind, word)) };
    case 'USER':
      if (!/^\d+:\d+$/.test(rest)) throw unknown(line, 'USER needs numbers: USER UID:GID');
      return { line, kind, value: rest };
    case 'WORKDIR':
      if (!rest.startsWith('/')) throw unknown(line, 'WORKDIR needs an absolute path');
      return { line, kind, value: rest };
    case 'STOPSIGNAL':
    case 'EXPOSE':
      return { line, kind, value: rest };
    case 'COPY':
      return copy(line, rest);
    case 'RUN': {
      const { options, rest: command } = split(line, kind, rest, /^mount=type=cache,target=(\/\S+)$/);
      if (command.startsWith('[') || command.includes('<<')) throw unknown(line, 'RUN needs the shell form');
      return { line, kind, caches: options, command };
    }
    case 'HEALTHCHECK': {
      const { rest: command } = split(line, kind, rest, /^((?:interval|timeout|start-period|retries)=\w+)$/);
      if (!command.startsWith('CMD ')) throw unknown(line, 'HEALTHCHECK needs CMD');
      return { line, kind, words: exec(line, command.slice(4)) };
    }
    case 'VOLUME':
    case 'CMD':
      return { line, kind, words: exec(line, rest) };
    default:
      throw unknown(line, `${kind} is not known here`);
  }
}

function copy(line: number, text: string): Instruction {
  const { options, rest } = split(line, 'COPY', text, /^((?:from=[a-z0-9-]+|chown=\d+:\d+))$/);
  const option = (name: string) =>
    options.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1);
  const paths = rest.split(/\s+/);
  const target = paths.pop();
  if (target === undefined || paths.length === 0 || /["*?[\\]/.test(rest))
    throw unknown(line, 'COPY needs plain paths: COPY SOURCE… TARGET');
  const [from, chown] = [option('from'), option('chown')];
  return {
    line,
    kind: 'COPY',
    sources: paths,
    target,
    ...(from === undefined ? {} : { from }),
    ...(chown === undefined ? {} : { chown }),
  };
}

/** Takes the options off the front; each must be of that form. */
function split(line: number, kind: string, text: string, form: RegExp): { options: string[]; rest: string } {
  const options: string[] = [];
  let rest = text;
  for (let found; (found = /^--(\S+)\s+/.exec(rest)) !== null; rest = rest.slice(found[0].length)) {
    const value = form.exec(found[1]!)?.[1];
    if (value === undefined) throw unknown(line, `${kind} --${found[1]} is not known here`);
    options.push(value);
  }
  return { options, rest };
}

function exec(line: number, text: string): string[] {
  try {
    const parsed: unknown = JSON.parse(text);
    if (Array.isArray(parsed) && parsed.length > 0 && parsed.every((word) => typeof word === 'string'))
      return parsed;
  } catch {
    // Said below.
  }
  throw unknown(line, `${text} is not in exec form: ["WORD", …]`);
}

const words = (text: string) => text.match(/(?:[^\s"]|"[^"\\]*")+/g) ?? [];

function pair(line: number, kind: string, word: string): [string, string] {
  const at = word.indexOf('=');
  if (at < 1) throw unknown(line, `${kind} needs the form: ${kind} NAME=VALUE`);
  return [word.slice(0, at), word.slice(at + 1).replaceAll('"', '')];
}

/** Lines with their continuations joined, comments left out. */
function logicalLines(text: string): { line: number; keyword: string; rest: string }[] {
  const found: { line: number; text: string }[] = [];
  let open = false;
  for (const [index, line] of text.split('\n').entries()) {
    if (/^#\s*(escape|syntax)\s*=/i.test(line))
      throw unknown(index + 1, 'parser directives are not known here');
    if (/^\s*(#|$)/.test(line)) continue;
    const content = line.replace(/\\\s*$/, '').trim();
    if (open) found.at(-1)!.text += ` ${content}`;
    else found.push({ line: index + 1, text: content });
    open = /\\\s*$/.test(line);
  }
  return found.map(({ line, text: whole }) => {
    const [, keyword = '', rest = ''] = /^(\S+)\s*(.*)$/.exec(whole) ?? [];
    return { line, keyword: keyword.toUpperCase(), rest };
  });
}

const unknown = (line: number, what: string) =>
  new RunError('unknown-instruction', `Dockerfile:${line}: ${what}`);
