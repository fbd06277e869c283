import { z } from 'zod';

/** Of a call that we placed ourselves: which call it answers, the caller's own, when that began, and which attempt it is, from 1. */
export const callBackOf = z.object({ of: z.string(), since: z.string(), attempt: z.number() });

/**
 * Where a call-back stands, written before it is acted on. In the log of the call that comes before: `scheduled`, with the id that the attempt's own log
 * will have, or `given-up`. In the attempt's own: all others.
 */
export const callBack = z.object({
  step: z.enum([
    'scheduled',
    'given-up',
    'dialled',
    'answered',
    /** Somebody is there, and is greeted. */
    'person',
    'machine',
    /** Our word is being left with it. */
    'word',
    'failed',
  ]),
  /** Of `scheduled`: the attempt's call id, and when it is due. */
  id: z.string().optional(),
  dueAt: z.string().optional(),
  /** Of a schedule: why; of a failure: a SIP status as `sip-486`, or what else it was; of a machine: by what it was known. */
  code: z.string().optional(),
  /** Of `dialled`. */
  callerId: z.string().optional(),
  piiNumber: z.string().optional(),
});

/** What whoever is on the line says about being called back, or at the beginning of a call-back about being who we called. */
export const callBackWish = z.object({
  wish: z.enum([
    'agreed',
    'refused',
    /** No more calls, whatever was agreed. */
    'withdrawn',
    /** They ask for a call, at `piiWhen` where they said so. */
    'asked-for',
    'is-caller',
    'is-not-caller',
    'not-identified',
    'wrong-number',
  ]),
  piiWords: z.string(),
  /** Local date and time of the organisation, YYYY-MM-DDTHH:MM:SS, or PT…M from then. */
  piiWhen: z.string().optional(),
});

/** The call id of an attempt to answer `origin`: the same for every worker, so that its log shows whether it was made. */
export const attemptId = (origin: string, attempt: number) => `CB${attempt}-${origin}`;

/** Which call an attempt answers, and which attempt it is, from 1; undefined for a caller's own call. */
export function attemptOf(callId: string): { origin: string; attempt: number } | undefined {
  const [, attempt, origin] = /^CB([1-9]\d?)-(.+)$/.exec(callId) ?? [];
  return origin === undefined ? undefined : { origin, attempt: Number(attempt) };
}

type Step = z.infer<typeof callBack>;
type Wish = z.infer<typeof callBackWish>;

/** What a log says about calling back. */
export interface CallBackState {
  /** Whether the caller may be called back; undefined while they were not asked. */
  agreed?: boolean;
  /** They want no more calls. */
  withdrawn?: boolean;
  /** They asked for a call; `when` as `piiWhen`. */
  wanted?: { when?: string };
  /** Of a call-back: whether who answered is who called, once that is known. */
  isCaller?: boolean;
  wrongNumber?: boolean;
  /** The last step of an attempt. */
  step?: Exclude<Step['step'], 'scheduled' | 'given-up'>;
  code?: string;
  /** What comes next, once that is settled. */
  next?: { id: string; dueAt: string } | { givenUp: string };
}

export function foldCallBack(state: CallBackState = {}, entry: Step | undefined): CallBackState {
  if (!entry) return state;
  const { step, id = '', dueAt = '', code = '' } = entry;
  if (step === 'given-up') return { ...state, next: { givenUp: code } };
  if (step === 'scheduled') return { ...state, next: { id, dueAt } };
  return { ...state, step, code };
}

export function foldWish(state: CallBackState = {}, entry: Wish | undefined): CallBackState {
  switch (entry?.wish) {
    case undefined:
      return state;
    case 'agreed':
      return { ...state, agreed: true, withdrawn: false };
    case 'refused':
      return { ...state, agreed: false };
    case 'withdrawn':
      return { ...state, withdrawn: true };
    case 'asked-for': {
      const { piiWhen: when } = entry;
      return { ...state, agreed: true, withdrawn: false, wanted: when === undefined ? {} : { when } };
    }
    case 'is-caller':
      return { ...state, isCaller: true };
    case 'wrong-number':
      return { ...state, isCaller: false, wrongNumber: true };
    case 'is-not-caller':
    case 'not-identified':
      return { ...state, isCaller: false };
  }
}
