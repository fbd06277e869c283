import { z } from 'zod';
import { ServiceError } from '../server/service-error.ts';
import { oneInvalid, refusal, validation } from './errors.ts';
import { parseSsml, plainSpeech, type Speech } from './ssml.ts';
import { voices, type Engine, type Voice } from './voices.ts';

export const outputFormats = ['mp3', 'ogg_opus', 'ogg_vorbis', 'pcm'] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** A request for speech, checked. */
export interface SpeechRequest {
  readonly voice: Voice;
  readonly engine: Engine;
  readonly format: OutputFormat;
  /** Hz */
  readonly sampleRate: number;
  readonly speech: readonly Speech[];
  /** What is billed: SSML tags do not count. */
  readonly characters: number;
}

const engines: readonly Engine[] = ['standard', 'neural', 'long-form', 'generative'];
const rates: Record<OutputFormat, readonly number[]> = {
  mp3: [8000, 16000, 22050, 24000, 44100, 48000],
  ogg_vorbis: [8000, 16000, 22050, 24000, 44100, 48000],
  ogg_opus: [8000, 16000, 24000, 48000],
  pcm: [8000, 16000],
};
/** Amazon Polly's quotas for SynthesizeSpeech. */
const maximumBilled = 3000;
const maximumTotal = 6000;

const documentSchema = z.object({
  Engine: z.string().optional(),
  LanguageCode: z.string().optional(),
  LexiconNames: z.array(z.string()).optional(),
  OutputFormat: z.string().optional(),
  SampleRate: z.coerce.string().optional(),
  SpeechMarkTypes: z.array(z.string()).optional(),
  Text: z.string().optional(),
  TextType: z.string().optional(),
  VoiceId: z.string().optional(),
});

/** @throws ServiceError as the service answers the first thing wrong with the request. */
export function readSpeechRequest(body: Buffer): SpeechRequest {
  const document = readDocument(body);
  const how = readManner(document);
  const speech = readText(document.Text, document.TextType);
  return { ...how, ...speech };
}

export interface Manner {
  readonly voice: Voice;
  readonly engine: Engine;
  readonly format: OutputFormat;
  readonly sampleRate: number;
}

/** Voice, engine, format and rate, which SynthesizeSpeech and the bidirectional stream share. */
export function readManner(asked: {
  VoiceId?: string | undefined;
  Engine?: string | undefined;
  OutputFormat?: string | undefined;
  SampleRate?: string | undefined;
  SpeechMarkTypes?: readonly string[] | undefined;
}): Manner {
  if (asked.VoiceId === undefined) throw oneInvalid(null, 'voiceId', 'not be null');
  if (asked.OutputFormat === undefined) throw oneInvalid(null, 'outputFormat', 'not be null');
  const voice = voices.find(({ Id }) => Id === asked.VoiceId);
  if (!voice) {
    const set = voices.map(({ Id }) => Id).join(', ');
    throw oneInvalid(asked.VoiceId, 'voiceId', `satisfy enum value set: [${set}]`);
  }
  const engine = readEngine(asked.Engine, voice);
  const format = readFormat(asked.OutputFormat);
  if ((asked.SpeechMarkTypes?.length ?? 0) > 0) {
    throw refusal(
      'MarksNotSupportedForFormatException',
      'Speech marks are not supported for this output format.',
    );
  }
  return { voice, engine, format, sampleRate: readRate(asked.SampleRate, format, engine) };
}

function readDocument(body: Buffer): z.infer<typeof documentSchema> {
  let document: unknown;
  try {
    document = JSON.parse(body.toString('utf8'));
  } catch {
    throw new ServiceError('SerializationException', 400, 'Could not parse the request body as JSON.');
  }
  const parsed = documentSchema.safeParse(document);
  if (!parsed.success) throw new ServiceError('SerializationException', 400, z.prettifyError(parsed.error));
  return parsed.data;
}

function readEngine(asked: string | undefined, voice: Voice): Engine {
  const engine = engines.find((known) => known === (asked ?? 'standard'));
  if (engine === undefined)
    throw oneInvalid(asked ?? null, 'engine', `satisfy enum value set: [${engines.join(', ')}]`);
  if (!voice.SupportedEngines.includes(engine)) {
    throw validation(`This voice does not support the selected engine: ${engine}`);
  }
  return engine;
}

function readFormat(asked: string): OutputFormat {
  const format = outputFormats.find((known) => known === asked);
  if (format === undefined) {
    throw oneInvalid(asked, 'outputFormat', `satisfy enum value set: [${outputFormats.join(', ')}]`);
  }
  return format;
}

function readRate(asked: string | undefined, format: OutputFormat, engine: Engine): number {
  if (asked === undefined || asked === '') {
    if (format === 'pcm') return 16000;
    if (format === 'ogg_opus') return 48000;
    return engine === 'standard' ? 22050 : 24000;
  }
  const rate = Number(asked);
  if (!rates[format].includes(rate)) {
    throw refusal(
      'InvalidSampleRateException',
      'The specified sample rate is not valid for the output format.',
    );
  }
  return rate;
}

function readText(
  text: string | undefined,
  type = 'text',
): { speech: readonly Speech[]; characters: number } {
  if (text === undefined) throw oneInvalid(null, 'text', 'not be null');
  if (type !== 'text' && type !== 'ssml')
    throw oneInvalid(type, 'textType', 'satisfy enum value set: [ssml, text]');
  const speech = type === 'ssml' ? parseSsml(text) : plainSpeech(text);
  const characters = type === 'ssml' ? billed(speech) : [...text].length;
  if (characters > maximumBilled || [...text].length > maximumTotal) {
    throw refusal('TextLengthExceededException', 'Maximum text length has been exceeded');
  }
  return { speech, characters };
}

function billed(speech: readonly Speech[]): number {
  return speech.reduce((sum, part) => sum + (part.kind === 'text' ? [...part.text].length : 0), 0);
}
