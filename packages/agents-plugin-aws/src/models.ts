/**
 * Names that are handy to complete in an editor; any other string is passed on, so that a model or voice which
 * AWS adds tomorrow needs no release of this package.
 */
export type BedrockModel =
  | 'us.anthropic.claude-haiku-4-5-20251001-v1:0'
  | 'us.anthropic.claude-sonnet-4-5-20250929-v1:0'
  | 'us.amazon.nova-lite-v1:0'
  | 'us.amazon.nova-pro-v1:0'
  | (string & {});

export type PollyVoice = 'Joanna' | 'Matthew' | 'Ruth' | 'Stephen' | 'Danielle' | 'Amy' | (string & {});
export type PollyEngine = 'standard' | 'neural' | 'long-form' | 'generative';
export type TranscribeLanguage = 'en-US' | 'en-GB' | 'es-US' | 'fr-CA' | 'de-DE' | (string & {});
