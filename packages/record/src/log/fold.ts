import { type Payload, payloadOf, type Entry } from './entries.ts';

export interface Turn {
  speaker: 'caller' | 'agent';
  text: string;
  startMs: number;
  endMs: number;
  confidence?: number;
}

/** What a call has come to: a pure fold over its log. */
export interface CallState {
  call?: Payload<'call'>;
  startedAt?: string;
  endedAt?: string;
  consent?: boolean;
  /** Inputs of the questionnaire engine in order; replaying them gives its state. */
  inputs: unknown[];
  turns: Turn[];
  redFlags: { id: string; severity: string; action: string; linkId?: string }[];
  /** Keys of tool calls that succeeded: their effects are done. */
  done: string[];
  end?: Payload<'end'>;
}

const empty: CallState = { inputs: [], turns: [], redFlags: [], done: [] };

export function foldCall(entries: readonly Entry[], from: CallState = empty): CallState {
  return entries.reduce(foldEntry, from);
}

function foldEntry(state: CallState, entry: Entry): CallState {
  const { kind, at } = entry.header;
  switch (kind) {
    case 'call':
      return { ...state, ...optional('call', payloadOf(entry, kind)), startedAt: at };
    case 'consent':
      return { ...state, ...optional('consent', payloadOf(entry, kind)?.recording) };
    case 'answer':
      return { ...state, inputs: [...state.inputs, payloadOf(entry, kind)?.piiInput] };
    case 'final':
    case 'played':
      return { ...state, turns: [...state.turns, ...turnOf(entry)] };
    case 'red-flag': {
      const flag = payloadOf(entry, kind);
      if (!flag) return state;
      const { id, severity, action, linkId } = flag;
      const redFlag = { id, severity, action, ...optional('linkId', linkId) };
      return { ...state, redFlags: [...state.redFlags, redFlag] };
    }
    case 'tool-result': {
      const result = payloadOf(entry, kind);
      return result && !result.failed ? { ...state, done: [...state.done, result.key] } : state;
    }
    case 'end':
      return { ...state, ...optional('end', payloadOf(entry, kind)), endedAt: at };
    default:
      return state;
  }
}

function turnOf(entry: Entry): Turn[] {
  const heard = payloadOf(entry, 'final');
  if (heard) {
    const { piiText, confidence, startMs, endMs } = heard;
    return [{ speaker: 'caller', text: piiText, startMs, endMs, confidence }];
  }
  const played = payloadOf(entry, 'played');
  if (!played || played.piiText === '') return [];
  return [{ speaker: 'agent', text: played.piiText, startMs: played.startMs, endMs: played.endMs }];
}

function optional<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { [K in Key]?: Value };
}
