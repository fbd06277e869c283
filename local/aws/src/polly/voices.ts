/** An Amazon Polly voice and what speaks for it here. */
export interface Voice {
  readonly Id: string;
  readonly Gender: 'Female' | 'Male';
  readonly LanguageCode: string;
  readonly LanguageName: string;
  readonly SupportedEngines: readonly Engine[];
  readonly local: LocalVoice;
}
export type Engine = 'standard' | 'neural' | 'long-form' | 'generative';

export type LocalVoice =
  | { readonly program: 'flite'; readonly voice: 'slt' | 'rms' | 'awb' | 'kal16' }
  | { readonly program: 'espeak-ng'; readonly voice: string };

const slt: LocalVoice = { program: 'flite', voice: 'slt' };
const rms: LocalVoice = { program: 'flite', voice: 'rms' };
const awb: LocalVoice = { program: 'flite', voice: 'awb' };
const kal: LocalVoice = { program: 'flite', voice: 'kal16' };

type Row = readonly [id: string, gender: 'f' | 'm', language: string, engines: string, local: LocalVoice];

const names: Record<string, string> = {
  'en-US': 'US English',
  'en-GB': 'British English',
  'en-AU': 'Australian English',
  'en-IN': 'Indian English',
  'en-IE': 'Irish English',
  'es-US': 'US Spanish',
  'es-MX': 'Mexican Spanish',
  'es-ES': 'Castilian Spanish',
  'fr-FR': 'French',
  'fr-CA': 'Canadian French',
  'de-DE': 'German',
  'it-IT': 'Italian',
  'pt-BR': 'Brazilian Portuguese',
  'nl-NL': 'Dutch',
  'pl-PL': 'Polish',
  'sv-SE': 'Swedish',
  'ko-KR': 'Korean',
};

/** Engines by letter: s(tandard), n(eural), l(ong-form), g(enerative). */
const rows: readonly Row[] = [
  ['Danielle', 'f', 'en-US', 'nlg', slt],
  ['Gregory', 'm', 'en-US', 'nl', rms],
  ['Ivy', 'f', 'en-US', 'sn', slt],
  ['Joanna', 'f', 'en-US', 'sng', slt],
  ['Kendra', 'f', 'en-US', 'sn', slt],
  ['Kimberly', 'f', 'en-US', 'sn', slt],
  ['Salli', 'f', 'en-US', 'sng', slt],
  ['Ruth', 'f', 'en-US', 'nlg', slt],
  ['Joey', 'm', 'en-US', 'sn', kal],
  ['Justin', 'm', 'en-US', 'sn', kal],
  ['Kevin', 'm', 'en-US', 'n', kal],
  ['Matthew', 'm', 'en-US', 'sng', rms],
  ['Stephen', 'm', 'en-US', 'ng', rms],
  ['Patrick', 'm', 'en-US', 'l', rms],
  ['Amy', 'f', 'en-GB', 'sng', slt],
  ['Emma', 'f', 'en-GB', 'sn', slt],
  ['Brian', 'm', 'en-GB', 'sn', awb],
  ['Arthur', 'm', 'en-GB', 'n', awb],
  ['Olivia', 'f', 'en-AU', 'ng', slt],
  ['Nicole', 'f', 'en-AU', 's', slt],
  ['Russell', 'm', 'en-AU', 's', awb],
  ['Kajal', 'f', 'en-IN', 'ng', slt],
  ['Aditi', 'f', 'en-IN', 's', slt],
  ['Raveena', 'f', 'en-IN', 's', slt],
  ['Niamh', 'f', 'en-IE', 'n', slt],
  ['Lupe', 'f', 'es-US', 'sng', espeak('es-419+f3')],
  ['Penelope', 'f', 'es-US', 's', espeak('es-419+f3')],
  ['Miguel', 'm', 'es-US', 's', espeak('es-419')],
  ['Pedro', 'm', 'es-US', 'ng', espeak('es-419')],
  ['Mia', 'f', 'es-MX', 'sng', espeak('es-419+f3')],
  ['Lucia', 'f', 'es-ES', 'sng', espeak('es+f3')],
  ['Sergio', 'm', 'es-ES', 'ng', espeak('es')],
  ['Lea', 'f', 'fr-FR', 'sng', espeak('fr-fr+f3')],
  ['Remi', 'm', 'fr-FR', 'ng', espeak('fr-fr')],
  ['Gabrielle', 'f', 'fr-CA', 'ng', espeak('fr-fr+f3')],
  ['Vicki', 'f', 'de-DE', 'sng', espeak('de+f3')],
  ['Daniel', 'm', 'de-DE', 'ng', espeak('de')],
  ['Hans', 'm', 'de-DE', 's', espeak('de')],
  ['Bianca', 'f', 'it-IT', 'sng', espeak('it+f3')],
  ['Camila', 'f', 'pt-BR', 'sng', espeak('pt-br+f3')],
  ['Laura', 'f', 'nl-NL', 'n', espeak('nl+f3')],
  ['Ola', 'f', 'pl-PL', 'n', espeak('pl+f3')],
  ['Elin', 'f', 'sv-SE', 'n', espeak('sv+f3')],
  ['Seoyeon', 'f', 'ko-KR', 'sng', espeak('ko+f3')],
];

const engineOf: Record<string, Engine> = { s: 'standard', n: 'neural', l: 'long-form', g: 'generative' };

export const voices: readonly Voice[] = rows.map(([Id, gender, LanguageCode, engines, local]) => ({
  Id,
  Gender: gender === 'f' ? 'Female' : 'Male',
  LanguageCode,
  LanguageName: names[LanguageCode] ?? LanguageCode,
  SupportedEngines: [...engines].map((letter) => engineOf[letter] ?? 'standard'),
  local,
}));

function espeak(voice: string): LocalVoice {
  return { program: 'espeak-ng', voice };
}
