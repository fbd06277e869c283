import type { Config } from '@vestibule/config';
import { callBackWords, type CallBackWords } from '../call-back/words.ts';
import { systemPrompt } from './prompt.ts';
import { redFlagRules } from './red-flag-prompt.ts';
import { Secrets } from './secrets.ts';
import { versionOf } from './versions.ts';

/**
 * The agent's fixed words. California AB 3030 wants the AI disclosure and the way to a person at the start and
 * at the end; §632 wants all parties' consent to recording.
 */
export interface Script {
  /** sha256 of these words and of the model's rules: answers on record name what they were given under. */
  version: string;
  /** What of the model's rules is none of the caller's. */
  secrets: Secrets;
  opening: string;
  consentQuestion: string;
  consentAgain: string;
  consented: string;
  notConsented: string;
  resumptionQuestion: string;
  resumptionAgain: string;
  /** What is left only the patient may answer, and somebody else is on the line. */
  patientQuestion: string;
  patientAgain: string;
  patientThanks: string;
  patientRecorded: string;
  goesOn: string;
  beginsAnew: string;
  closing: string;
  handOver: string;
  apology: string;
  trouble: string;
  /** The final words are others than the interim ones that were answered. */
  misheard: string;
  withoutModel: string;
  holding: string;
  outage: string;
  alertFailed: string;
  unheard: string;
  /** Before the question that a model says the caller answered unasked, and what they are to have answered. */
  otherQuestion: string;
  /** In place of what a model may not say. */
  cannotSay: string;
  /** Questions whether the caller wants what a model says they want. */
  leaveOut: string;
  isPatient: string;
  isProxy: string;
  wantsPerson: string;
  wantsToStop: string;
  callBack: CallBackWords;
}

/** `call`: what the log says of the call; a call-back begins with other words. */
export function createScript(config: Config, call?: { callBack?: unknown }): Script {
  const callBack = callBackWords(config);
  const usual = { ...wordsOf(config), callBack };
  const words = call?.callBack === undefined ? usual : { ...usual, opening: callBack.opening };
  // Who we are and how to reach us is said on every call.
  const organisation = { ...config.organisation, name: '', person: '' };
  const secrets = new Secrets(systemPrompt({ ...config, organisation }, ''));
  return { version: versionOf([words, systemPrompt(config, ''), redFlagRules]), secrets, ...words };
}

function wordsOf({ organisation, staff }: Config): Omit<Script, 'version' | 'secrets' | 'callBack'> {
  const { name, person } = organisation;
  return {
    opening:
      `Thank you for calling ${name}. I am an automated assistant, not a person. ` +
      'If this is an emergency, please hang up and dial 9 1 1. ' +
      `To reach a person at any time, call ${person}.`,
    consentQuestion: 'May I record this call and keep a transcript of it? Please say yes or no.',
    consentAgain:
      'Sorry, I need a yes or a no. You can also press one for yes, or two for no. May I record this call?',
    consented: 'Thank you.',
    notConsented: 'That is fine. I will keep only your answers.',
    resumptionQuestion:
      'It seems that we were cut off earlier. Shall we go on where we stopped? Please say yes or no.',
    resumptionAgain:
      'Sorry, I need a yes or a no. You can also press one for yes, or two for no. Shall we go on where we stopped?',
    patientQuestion:
      'What I still need to ask, only the patient can answer. Can they come to the phone now? Please say yes or no.',
    patientAgain:
      'Sorry, I need a yes or a no. You can also press one for yes, or two for no. Can the patient come to the phone now?',
    patientThanks: `Thank you. Please give them the phone. Hello, this is the automated assistant of ${name}, not a person.`,
    patientRecorded: 'This call is being recorded. If you do not want that, please say so.',
    goesOn: 'Good.',
    beginsAnew: 'Then we begin anew.',
    closing:
      `Thank you, that is all I need. You have been speaking with an automated assistant of ${name}. ` +
      `To reach a person, call ${person}. Goodbye.`,
    handOver: staff
      ? 'I would like a person to help you with this. Please stay on the line while I connect you.'
      : `I would like a person to help you with this. I have left word for our staff. You can also call ${person}. You have been speaking with an automated assistant. Goodbye.`,
    apology: 'I am sorry, I lost you for a moment.',
    trouble: 'I am sorry, something went wrong on my side.',
    misheard: 'Sorry, I misheard you.',
    withoutModel:
      'I am sorry, I understand only plain answers just now. Please answer in a few words, or press 1 for yes and 2 for no. To reach a person, say: a person.',
    holding: 'One moment, please.',
    outage: `I am sorry, we have a technical problem. Please call again in a few minutes, or call ${person}. In an emergency, hang up and dial 9 1 1. You have been speaking with an automated assistant. Goodbye.`,
    alertFailed: `I could not reach our staff just now. Please call ${person}. In an emergency, hang up and dial 9 1 1.`,
    otherQuestion: 'About another question:',
    cannotSay: 'That is something I cannot help with; our staff can.',
    isPatient: 'Are you the patient yourself? Please say yes or no.',
    isProxy: 'Are you calling for somebody else? Please say yes or no.',
    leaveOut: 'Shall we leave this question out? Please say yes or no.',
    wantsPerson: staff
      ? 'Shall I connect you to a person? Please say yes or no.'
      : 'Shall I end this call and leave word for a person to help you? Please say yes or no.',
    wantsToStop: 'Do you want to stop here? Please say yes or no.',
    unheard: `I am sorry, I cannot hear you any more. I have left word for our staff. You can also call ${person}. You have been speaking with an automated assistant. Goodbye.`,
  };
}
