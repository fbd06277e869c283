import { type CallBackState, foldCallBack, foldWish } from './call-back.ts';
import { drained, modelLost, modelTried, type Payload, payloadOf, type Entry } from './entries.ts';

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
  /** A call that was cut off before this one, and whether the caller goes on with it, once that is settled. */
  earlier?: Payload<'earlier'>;
  goesOn?: boolean;
  /**
   * Inputs of the questionnaire engine in order; replaying them gives its state. Those of an earlier call that this one goes on with are one
   * `CarriedInputs` among them.
   */
  inputs: unknown[];
  /** Which of them rests on interim words and came last: it may be withdrawn. */
  provisional?: number;
  turns: Turn[];
  redFlags: { id: string; severity: string; action: string; linkId?: string }[];
  /** Keys of tool calls that succeeded: their effects are done. */
  done: string[];
  /** What tools gave for the model, in order; failures are not among it. */
  found?: { name: string; piiResult: unknown }[];
  /** Why the caller is left to a person, or wants no more, once that is settled. */
  handOver?: string;
  /** Every language model has failed: the call goes on without one, until one is tried again (false). */
  withoutModel?: boolean;
  /** Where calling back was spoken about, or this is such a call. */
  callBack?: CallBackState;
  end?: Payload<'end'>;
}

/** What was answered in an earlier call. */
export interface CarriedInputs {
  kind: 'carried';
  inputs: unknown[];
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
    case 'earlier':
      return { ...state, ...optional('earlier', payloadOf(entry, kind)) };
    case 'resumption':
      return goOn(state, payloadOf(entry, kind)?.accepted);
    case 'call-back':
      return { ...state, callBack: foldCallBack(state.callBack, payloadOf(entry, kind)) };
    case 'call-back-wish':
      return { ...state, callBack: foldWish(state.callBack, payloadOf(entry, kind)) };
    case 'error': {
      const { part, code } = payloadOf(entry, kind) ?? {};
      if (part !== modelLost.part) return state;
      if (code === modelLost.code) return { ...state, withoutModel: true };
      return code === modelTried.code ? { ...state, withoutModel: false } : state;
    }
    case 'answer': {
      const answer = payloadOf(entry, kind);
      const provisional = answer?.obtained?.provisional === true ? { provisional: state.inputs.length } : {};
      return { ...state, ...provisional, inputs: [...state.inputs, answer?.piiInput] };
    }
    case 'withdrawn': {
      const { provisional, ...rest } = state;
      return { ...rest, inputs: state.inputs.filter((_, at) => at !== provisional) };
    }
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
      if (!result || result.failed) return state;
      const { key, name, piiResult } = result;
      const found = [...(state.found ?? []), { name, piiResult }];
      return { ...state, done: [...state.done, key], found };
    }
    case 'hand-over': {
      const reason = payloadOf(entry, kind)?.reason;
      return reason === drained ? state : { ...state, ...optional('handOver', reason) };
    }
    case 'end':
      return { ...state, ...optional('end', payloadOf(entry, kind)), endedAt: at };
    default:
      return state;
  }
}

function goOn(state: CallState, goesOn: boolean | undefined): CallState {
  const settled = { ...state, ...optional('goesOn', goesOn) };
  if (goesOn !== true || !state.earlier) return settled;
  const carried: CarriedInputs = { kind: 'carried', inputs: state.earlier.piiInputs };
  return { ...settled, inputs: [...state.inputs, carried] };
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
