import { parseArgs } from 'node:util';
import { CodedError } from '@vestibule/core';
import { parseUri } from '@vestibule/local-telephony';
import type { Target } from './call.ts';

export interface Arguments {
  persona?: string;
  questionnaire?: string;
  wavs: string[];
  targets: Target[];
  /** Dialled, E.164. */
  number: string;
  from?: string;
  local: { address: string; port: number; rtp: { from: number; to: number } };
  out: string;
  /** Undefined: as long as the questionnaire may need. */
  limitMs?: number;
}

export const usage = `Usage: npx vestibule call (--persona FILE | --wav FILE...) [options]

Places one call as Twilio's SIP trunk does, and plays the person on it. On a terminal the call is shown as it goes on;
elsewhere standard output is JSON lines.

  --persona FILE         who calls and what they answer (YAML, see examples/personas)
  --questionnaire FILE   what the persona expects to be asked (YAML or FHIR JSON)
  --wav FILE [FILE...]   play recordings instead: one after each of the agent's turns
  --to URI               where the trunk leads (sip:127.0.0.10:5060); again for a second one to fail over to
  --number +1555...      number that is dialled (+15550100100)
  --from +1555...        caller's number, in place of the persona's (+15550100123)
  --local HOST[:PORT]    our SIP address (127.0.0.20:5060; another port when that is taken)
  --rtp FROM-TO          our RTP ports (30000-30999)
  --out DIR              where the recording goes (.local/calls)
  --limit SECONDS        the call ends then at the latest (900, or 60 for each item of a longer questionnaire)
  --json                 JSON lines, also on a terminal`;

/** @throws CodedError `usage` with one line that says what is wrong. */
export function parseArguments(argv: readonly string[]): Arguments | 'help' {
  const { values, positionals } = read(argv);
  if (values.help) return 'help';
  const [verb, ...rest] = positionals;
  if (verb !== 'call')
    throw wrong(verb === undefined ? 'say what to do: call' : `there is no "${verb}", only call`);
  if (rest.length > 0 && values.wav === undefined) throw wrong(`"${rest[0]}" belongs to no option`);
  const wavs = [...(values.wav ?? []), ...rest];
  if (values.persona === undefined && wavs.length === 0) throw wrong('give --persona FILE or --wav FILE');
  const targets = (values.to ?? ['sip:127.0.0.10:5060']).map(target);
  return {
    ...(values.persona === undefined ? {} : { persona: values.persona }),
    ...(values.questionnaire === undefined ? {} : { questionnaire: values.questionnaire }),
    wavs,
    targets: targets.map(({ address, port }) => ({ address, port })),
    number: e164('--number', values.number ?? targets.find(({ user }) => user)?.user ?? '+15550100100'),
    ...(values.from === undefined ? {} : { from: e164('--from', values.from) }),
    local: { ...hostPort(values.local ?? '127.0.0.20:5060'), rtp: range(values.rtp ?? '30000-30999') },
    out: values.out ?? '.local/calls',
    ...(values.limit === undefined ? {} : { limitMs: seconds(values.limit) * 1000 }),
  };
}

function read(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        persona: { type: 'string' },
        questionnaire: { type: 'string' },
        wav: { type: 'string', multiple: true },
        to: { type: 'string', multiple: true },
        number: { type: 'string' },
        from: { type: 'string' },
        local: { type: 'string' },
        rtp: { type: 'string' },
        out: { type: 'string' },
        limit: { type: 'string' },
        // For whoever shows our output to a person: it is JSON lines in any case.
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (cause) {
    throw wrong(cause instanceof Error ? (cause.message.split(/[.\n]/)[0] ?? '') : '', cause);
  }
}

function target(text: string): Target & { user: string } {
  const uri = parseUri(text);
  if (uri?.scheme !== 'sip' || uri.host === '')
    throw wrong(`--to "${text}" is no SIP URI such as sip:127.0.0.10:5060`);
  return { user: uri.user, address: uri.host, port: uri.port ?? 5060 };
}

function e164(option: string, text: string): string {
  if (!/^\+[1-9]\d{6,14}$/.test(text))
    throw wrong(`${option} "${text}" is no E.164 number such as +15550100100`);
  return text;
}

function hostPort(text: string): { address: string; port: number } {
  const parts = /^(\d+\.\d+\.\d+\.\d+)(?::(\d{1,5}))?$/.exec(text);
  if (!parts?.[1]) throw wrong(`--local "${text}" is no IPv4 address with a port, such as 127.0.0.20:5060`);
  return { address: parts[1], port: Number(parts[2] ?? 5060) };
}

function range(text: string): { from: number; to: number } {
  const [from, to] = /^(\d+)-(\d+)$/.exec(text)?.slice(1).map(Number) ?? [];
  if (from === undefined || to === undefined || to < from || to > 65535) {
    throw wrong(`--rtp "${text}" is no range of ports such as 30000-30999`);
  }
  return { from, to };
}

function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 1 || value > 3600)
    throw wrong(`--limit "${text}" is not 1 to 3600 seconds`);
  return value;
}

function wrong(message: string, cause?: unknown): CodedError {
  return new CodedError('usage', `${message} (--help shows the options)`, { cause });
}
