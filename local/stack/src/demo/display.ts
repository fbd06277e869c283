import type { TimedEvent } from '@vestibule/local-carrier';
import { payloadOf, type Entry } from '@vestibule/record';
import { z } from 'zod';
import type { Colour } from '../text.ts';

/** What the display is fed: what the carrier saw on the wire, and the call's own log. `atMs` counts from the INVITE. */
export type DemoEvent =
  | { readonly source: 'carrier'; readonly event: TimedEvent }
  | { readonly source: 'log'; readonly entry: Entry; readonly atMs: number };

/** One thing to show. A `live` line is overwritten by the next one. */
export interface DisplayLine {
  readonly atMs: number;
  /** Who or what: `agent`, `caller`, `heard`, `tool` … */
  readonly who: string;
  readonly text: string;
  readonly colour?: Colour;
  readonly live?: boolean;
}

/** Lines for an event; none for what a watcher does not need. Pure. */
export function display(event: DemoEvent): DisplayLine[] {
  return event.source === 'carrier' ? carrierLines(event.event) : logLines(event.entry, event.atMs);
}

function carrierLines(event: TimedEvent): DisplayLine[] {
  const { atMs } = event;
  const line = (who: string, text: string, colour?: Colour): DisplayLine[] => [
    { atMs, who, text, ...(colour ? { colour } : {}) },
  ];
  switch (event.event) {
    case 'invite':
      return line('carrier', `INVITE ${event.from} → ${event.to} (${event.target})`, 'dim');
    case 'ring':
      return line('carrier', `ringing (${event.status})`, 'dim');
    case 'answer':
      return line('carrier', `answered, ${event.codec}`, 'dim');
    case 'refused':
      return line('carrier', `refused: ${event.status} ${event.reason}`, 'red');
    case 'unanswered':
      return line('carrier', 'not answered', 'red');
    case 'agent-speech-start':
      return event.latencyMs === undefined
        ? []
        : line('', `${Math.round(event.latencyMs)} ms to the answer`, 'dim');
    case 'says':
      return line('caller', event.text, 'green');
    case 'plays':
      return line('caller', `plays ${event.file}`, 'green');
    case 'dtmf':
      return line('keypad', `${event.digits} ${event.direction}`, 'green');
    case 'hangup':
      return line(
        'carrier',
        event.by === 'limit'
          ? `hung up by the time limit of ${Math.round((event.limitMs ?? 0) / 1000)} s: the call was not over`
          : `hung up by the ${event.by}`,
        event.by === 'limit' ? 'red' : 'dim',
      );
    case 'reacts':
      return event.why === 'interrupts' ? line('', 'the caller interrupts', 'dim') : [];
    case 'hold':
    case 'heard':
    case 'agent-speech-end':
    case 'caller-speech-start':
    case 'caller-speech-end':
    case 'summary':
      return [];
  }
}

function logLines(entry: Entry, atMs: number): DisplayLine[] {
  const line = (who: string, text: string, colour?: Colour): DisplayLine[] => [
    { atMs, who, text, ...(colour ? { colour } : {}) },
  ];
  switch (entry.header.kind) {
    case 'partial':
      return line('hearing', payloadOf(entry, 'partial')?.piiText ?? '', 'dim').map((one) => ({
        ...one,
        live: true,
      }));
    case 'resumption':
      return line(
        'goes on',
        payloadOf(entry, 'resumption')?.accepted ? 'where the earlier call was cut off' : 'no: begins anew',
        'green',
      );
    case 'call-back': {
      const { step = '', code = '' } = payloadOf(entry, 'call-back') ?? {};
      return line('call-back', `${step} ${code}`.trim(), 'bold');
    }
    case 'call-back-wish':
      return line('call-back', payloadOf(entry, 'call-back-wish')?.wish ?? '', 'green');
    case 'keys':
      return line('keys', payloadOf(entry, 'keys')?.piiKeys ?? '', 'dim');
    case 'withdrawn':
      return line('answer', `${payloadOf(entry, 'withdrawn')?.linkId ?? ''}: taken back, misheard`, 'yellow');
    case 'final':
      return line('heard', payloadOf(entry, 'final')?.piiText ?? '', 'dim');
    case 'said':
      return line('agent', payloadOf(entry, 'said')?.piiText ?? '', 'cyan');
    case 'tool-call': {
      const call = payloadOf(entry, 'tool-call');
      return call ? line('tool', `${call.name} ${compact(call.piiArguments)}`, 'yellow') : [];
    }
    case 'tool-result': {
      const result = payloadOf(entry, 'tool-result');
      if (!result) return [];
      const text = `${result.name} ${result.failed ? 'failed' : 'done'} in ${Math.round(result.durationMs)} ms`;
      return line('', text, result.failed ? 'red' : 'dim');
    }
    case 'answer':
      return answerLines(entry, atMs);
    case 'consent':
      return line(
        'consent',
        payloadOf(entry, 'consent')?.recording ? 'recording allowed' : 'no recording',
        'bold',
      );
    case 'red-flag': {
      const flag = payloadOf(entry, 'red-flag');
      return flag ? line('RED FLAG', `${flag.id} (${flag.severity}): ${flag.action}`, 'red') : [];
    }
    case 'hand-over':
      return line('HAND-OVER', `to a person: ${payloadOf(entry, 'hand-over')?.reason ?? ''}`, 'red');
    case 'transfer': {
      const { step, staff, code } = payloadOf(entry, 'transfer') ?? {};
      return line('TRANSFER', [step, staff, code].filter(Boolean).join(' '), 'yellow');
    }
    case 'take-over':
      return line(
        'worker',
        `another worker took over: ${payloadOf(entry, 'take-over')?.reason ?? ''}`,
        'yellow',
      );
    case 'error': {
      const fault = payloadOf(entry, 'error');
      return fault ? line('fault', `${fault.part}: ${fault.code}`, 'red') : [];
    }
    case 'end':
      return line('end', `intake ${payloadOf(entry, 'end')?.outcome ?? ''}`, 'bold');
    case 'call':
    case 'provisional':
    case 'turn':
    case 'earlier':
    case 'prompt':
    case 'output':
    case 'played':
    case 'barge-in':
    case 'hang-up':
    case 'audio':
    case 'recording':
      return [];
  }
}

/** The engine's events that a watcher wants to see. Others pass. */
const intakeEvent = z.looseObject({
  kind: z.string(),
  linkId: z.string().optional(),
  display: z.string().optional(),
  problem: z.string().optional(),
  confirmed: z.boolean().optional(),
});

function answerLines(entry: Entry, atMs: number): DisplayLine[] {
  const events = payloadOf(entry, 'answer')?.piiEvents ?? [];
  return events.flatMap((one): DisplayLine[] => {
    const parsed = intakeEvent.safeParse(one);
    const text = parsed.success ? answerText(parsed.data) : undefined;
    return text === undefined ? [] : [{ atMs, who: 'answer', text, colour: 'bold' }];
  });
}

function answerText(event: z.infer<typeof intakeEvent>): string | undefined {
  const item = event.linkId ?? '';
  switch (event.kind) {
    case 'answered':
      return `${item}: ${event.display ?? ''}${event.confirmed === false ? ' (to be confirmed)' : ''}`;
    case 'corrected':
      return `${item}: ${event.display ?? ''} (corrected)`;
    case 'confirmed':
    case 'rejected':
    case 'declined':
    case 'unknown':
    case 'skipped':
    case 'dropped':
      return `${item}: ${event.kind}`;
    case 'invalid':
      return `${item}: not accepted, ${event.problem ?? ''}`;
    default:
      return undefined;
  }
}

function compact(value: unknown): string {
  if (typeof value === 'string') return value;
  return JSON.stringify(value) ?? '';
}
