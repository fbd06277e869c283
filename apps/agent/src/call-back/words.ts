import type { Config } from '@vestibule/config';

/** What is said about calling back, and in a call-back. Before it is known who answered nothing is said of the call that it answers, not even what it was for. */
export interface CallBackWords {
  /** First words of a call-back: who calls and that it is no person (47 CFR 64.1200(b)(1), California AB 3030). */
  opening: string;
  whoQuestion: string;
  whoAgain: string;
  /** What every call begins with, once it is known who is there. */
  whoThanks: string;
  mayQuestion: string;
  mayAgain: string;
  may: string;
  mayNot: string;
  /** Whether a caller means to be called back who may have meant something else. */
  wantsCallBack: string;
  /** Of a caller who wants no more calls, in a call of their own. */
  noted: string;
  willCallBack: string;
  noMoreCalls: string;
  wrongNumber: string;
  triesAgain: string;
  /** Of somebody whose identifiers were not those of the caller. */
  notIdentified: string;
  /** Left with a machine. */
  word: string;
}

export function callBackWords({ organisation: { name, person } }: Config): CallBackWords {
  const farewell = `You have been speaking with an automated assistant of ${name}. To reach a person, call ${person}. Goodbye.`;
  return {
    opening: `Hello. This is the automated assistant of ${name}, not a person. I am returning a call from this number.`,
    whoQuestion: 'Am I speaking with the person who called us? Please say yes or no.',
    whoAgain: 'Sorry, I need a yes or a no. Are you the person who called us?',
    whoThanks: `Thank you. If this is an emergency, please hang up and dial 9 1 1. To reach a person at any time, call ${person}. If you do not want any more calls, please say so.`,
    mayQuestion: 'If we are cut off, may I call you back on this number? Please say yes or no.',
    mayAgain: 'Sorry, I need a yes or a no. May I call you back if we are cut off?',
    may: 'Thank you.',
    mayNot: 'That is fine. I will not call you.',
    wantsCallBack: 'Shall I end this call and call you back? Please say yes or no.',
    noted: 'I will not call you back.',
    willCallBack: `I will call you back. ${farewell}`,
    noMoreCalls: `I will not call you again. ${farewell}`,
    wrongNumber: 'I am sorry for the mistake. I will not call this number again. Goodbye.',
    triesAgain: 'Thank you. I will try again another time. Goodbye.',
    notIdentified: `I am sorry, I cannot go on without that. Please call ${person}. ${farewell}`,
    word: `Hello. This is the automated assistant of ${name}, returning your call. Please call ${person}. Goodbye.`,
  };
}
