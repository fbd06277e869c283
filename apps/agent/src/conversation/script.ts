import type { Config } from '@vestibule/config';
import { systemPrompt } from './prompt.ts';
import { versionOf } from './versions.ts';

/**
 * The agent's fixed words. California AB 3030 wants the AI disclosure and the way to a person at the start and
 * at the end; §632 wants all parties' consent to recording.
 */
export interface Script {
  /** sha256 of these words and of the model's rules: answers on record name what they were given under. */
  version: string;
  opening: string;
  consentQuestion: string;
  consentAgain: string;
  consented: string;
  notConsented: string;
  resumptionQuestion: string;
  resumptionAgain: string;
  goesOn: string;
  beginsAnew: string;
  closing: string;
  handOver: string;
  apology: string;
  trouble: string;
  withoutModel: string;
  holding: string;
  outage: string;
  alertFailed: string;
  unheard: string;
}

export function createScript(config: Config): Script {
  const words = wordsOf(config);
  return { version: versionOf([words, systemPrompt(config, '')]), ...words };
}

function wordsOf({ organisation }: Config): Omit<Script, 'version'> {
  const { name, person } = organisation;
  return {
    opening:
      `Thank you for calling ${name}. I am an automated assistant, not a person. ` +
      'If this is an emergency, please hang up and dial 9 1 1. ' +
      `To reach a person at any time, call ${person}.`,
    consentQuestion: 'May I record this call and keep a transcript of it? Please say yes or no.',
    consentAgain: 'Sorry, I need a yes or a no. May I record this call?',
    consented: 'Thank you.',
    notConsented: 'That is fine. I will keep only your answers.',
    resumptionQuestion:
      'It seems that we were cut off earlier. Shall we go on where we stopped? Please say yes or no.',
    resumptionAgain: 'Sorry, I need a yes or a no. Shall we go on where we stopped?',
    goesOn: 'Good.',
    beginsAnew: 'Then we begin anew.',
    closing:
      `Thank you, that is all I need. You have been speaking with an automated assistant of ${name}. ` +
      `To reach a person, call ${person}. Goodbye.`,
    handOver: `I would like a person to help you with this. I have left word for our staff. You can also call ${person}. You have been speaking with an automated assistant. Goodbye.`,
    apology: 'I am sorry, I lost you for a moment.',
    trouble: 'I am sorry, something went wrong on my side.',
    withoutModel:
      'I am sorry, I understand only plain answers just now. Please answer in a few words, or press 1 for yes and 2 for no. To reach a person, say: a person.',
    holding: 'One moment, please.',
    outage: `I am sorry, we have a technical problem. Please call again in a few minutes, or call ${person}. In an emergency, hang up and dial 9 1 1. You have been speaking with an automated assistant. Goodbye.`,
    alertFailed: `I could not reach our staff just now. Please call ${person}. In an emergency, hang up and dial 9 1 1.`,
    unheard: `I am sorry, I cannot hear you any more. I have left word for our staff. You can also call ${person}. You have been speaking with an automated assistant. Goodbye.`,
  };
}
