import { ServiceError } from '../server/service-error.ts';

/** What `StartStreamTranscription` was asked, checked. */
export interface StreamParameters {
  readonly languageCode: string;
  /** Hz */
  readonly sampleRate: number;
  readonly vocabularyNames: readonly string[];
  readonly languageModelName?: string;
  /** Partial-results stabilisation: items say whether they may still change. */
  readonly stabilise: boolean;
  readonly sessionId?: string;
}

const prefix = 'x-amzn-transcribe-';
/** The service hears more languages; the recogniser behind this stand-in hears English. */
const languages = ['en-US', 'en-GB', 'en-AU', 'en-IE', 'en-IN', 'en-NZ', 'en-WL', 'en-ZA', 'en-AB'];
const encodings = ['pcm', 'ogg-opus', 'flac'];
const lowestRate = 8000;
const highestRate = 48000;

type Headers = Readonly<Record<string, string>>;

/** @throws ServiceError `BadRequestException` listing every parameter that is wrong, as the service words it. */
export function readParameters(headers: Headers): StreamParameters {
  const get = (name: string) => headers[prefix + name] || undefined;
  const faults: string[] = [];
  const identify = get('identify-language') === 'true' || get('identify-multiple-languages') === 'true';
  const languageCode = get('language-code') ?? (identify ? 'en-US' : undefined);
  const sampleRate = Number(get('sample-rate'));
  checkChoice('languageCode', languageCode, languages, faults);
  checkChoice('mediaEncoding', get('media-encoding'), encodings, faults);
  checkRate(get('sample-rate'), sampleRate, faults);
  const stability = get('partial-results-stability');
  if (stability !== undefined)
    checkChoice('partialResultsStability', stability, ['high', 'medium', 'low'], faults);
  if (faults.length > 0) throw badRequest(validationMessage(faults));
  if (get('media-encoding') !== 'pcm') throw badRequest('This stand-in hears media encoding pcm only.');
  const stabilise = get('enable-partial-results-stabilization') === 'true';
  if (stability !== undefined && !stabilise) {
    throw badRequest('To set PartialResultsStability, EnablePartialResultsStabilization must be true.');
  }
  const languageModelName = get('language-model-name');
  const sessionId = get('session-id');
  return {
    languageCode: languageCode ?? 'en-US',
    sampleRate,
    vocabularyNames: names(get('vocabulary-name') ?? get('vocabulary-names')),
    stabilise,
    ...(languageModelName === undefined ? {} : { languageModelName }),
    ...(sessionId === undefined ? {} : { sessionId }),
  };
}

/** The response repeats the parameters of the request. */
export function echoHeaders(headers: Headers, sessionId: string): Record<string, string> {
  const echoed = Object.entries(headers).filter(([name]) => name.startsWith(prefix));
  return { ...Object.fromEntries(echoed), [`${prefix}session-id`]: sessionId };
}

export function badRequest(message: string): ServiceError {
  return new ServiceError('BadRequestException', 400, message);
}

function checkChoice(
  member: string,
  value: string | undefined,
  choices: readonly string[],
  faults: string[],
): void {
  if (value === undefined) faults.push(fault('null', member, 'not be null'));
  else if (!choices.includes(value)) {
    faults.push(fault(`'${value}'`, member, `satisfy enum value set: [${choices.join(', ')}]`));
  }
}

function checkRate(text: string | undefined, rate: number, faults: string[]): void {
  const member = 'mediaSampleRateHertz';
  if (text === undefined) faults.push(fault('null', member, 'not be null'));
  else if (!Number.isInteger(rate) || rate < lowestRate) {
    faults.push(fault(`'${text}'`, member, `have value greater than or equal to ${lowestRate}`));
  } else if (rate > highestRate) {
    faults.push(fault(`'${text}'`, member, `have value less than or equal to ${highestRate}`));
  }
}

function fault(shown: string, member: string, constraint: string): string {
  return `Value ${shown} at '${member}' failed to satisfy constraint: Member must ${constraint}`;
}

function validationMessage(faults: readonly string[]): string {
  return `${faults.length} validation error${faults.length === 1 ? '' : 's'} detected: ${faults.join('; ')}`;
}

function names(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
