import { knownPlugin, type ModelRole } from '@vestibule/config';

export interface PluginModel {
  readonly provider: string;
  readonly model: string;
  /** BCP 47. */
  readonly language?: string;
  readonly voice?: string;
}

/**
 * What a plugin's constructor is to be told, in that plugin's own names for it. A plugin that is not known gets the
 * common names and no endpoint; it finds its key in the environment itself.
 */
export function pluginOptions(
  role: ModelRole,
  { provider, model, language, voice }: PluginModel,
  { endpoint, apiKey }: { endpoint?: string | undefined; apiKey?: string | undefined },
): Record<string, unknown> {
  const known = knownPlugin(provider);
  if (!known) return defined({ model, language, voice });
  const { endpoint: base, fixed, ...names } = known.parts[role] ?? {};
  return defined({
    ...fixed?.(model),
    model,
    apiKey,
    ...(names.language && { [names.language]: language }),
    ...(names.voice && { [names.voice]: voice }),
    ...(base && endpoint !== undefined && { [base.option]: asScheme(endpoint, base.scheme) }),
  });
}

/** Plugins append their paths, and most make their WebSocket's URL by replacing `http`; one file names one endpoint. */
function asScheme(endpoint: string, scheme: 'http' | 'ws'): string {
  return endpoint.replace(/^(?:http|ws)(?=s?:)/, scheme).replace(/\/+$/, '');
}

/** An option that is there but undefined would hide the plugin's default. */
function defined(options: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
