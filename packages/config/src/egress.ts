import type { CrossFault } from './cross-checks.ts';
import { type ModelPlace, rolesOf } from './model-places.ts';
import { awsProviders, parseLlmModel, parseSttModel, parseTtsModel, type ModelRole } from './models.ts';
import { isInsideVpc } from './networks.ts';
import { knownPlugin } from './plugins.ts';

const parsers = { stt: parseSttModel, llm: parseLlmModel, tts: parseTtsModel };

/** What of the document bears on egress, as far as it can be read. */
interface Routes {
  /** The models that plugins run. */
  plugins: { path: (string | number)[]; role: ModelRole; provider: string }[];
  endpoints: Record<string, unknown>;
  /** Base URL of the FHIR server. */
  fhir: unknown;
  region: string;
  allowed: string[];
}

/**
 * A caller's data leaves the VPC only where the file says so: an endpoint outside needs its host under `egress` as well.
 * A plugin without an endpoint would go to its vendor's own, so its endpoint must be named. A plugin that takes no
 * endpoint, or of which we do not know whether it takes one, may have none here: it would look as if it stayed inside.
 */
export function egressFaults(document: unknown): CrossFault[] {
  const routes = routesIn(document);
  return [...models(routes), ...unknownPlugins(routes), ...endpoints(routes), ...fhirServer(routes)];
}

function routesIn(document: unknown): Routes {
  const root = record(document);
  const agent = record(root.agent);
  const references = record(agent.models);
  return {
    plugins: (Object.keys(rolesOf) as ModelPlace[]).flatMap((place) => {
      const written = references[place];
      const isList = Array.isArray(written);
      return (isList ? (written as unknown[]) : [written]).flatMap((text, index) => {
        const role = rolesOf[place];
        const model = typeof text === 'string' ? parsers[role](text) : undefined;
        if (!model || 'message' in model || model.plugin === undefined) return [];
        const path = ['agent', 'models', place, ...(isList ? [index] : [])];
        return [{ path, role, provider: model.provider }];
      });
    }),
    endpoints: record(agent.endpoints),
    fhir: record(root.enrich).fhir,
    region: typeof root.region === 'string' ? root.region : '',
    allowed: (Array.isArray(root.egress) ? root.egress : []).filter((host) => typeof host === 'string'),
  };
}

function models({ plugins, endpoints, allowed }: Routes): CrossFault[] {
  return plugins.flatMap(({ path, role, provider }) => {
    const known = knownPlugin(provider);
    if (!known) return [];
    if (!known.parts[role]?.endpoint) {
      if (allowed.includes(known.vendorHost)) return [];
      return [
        {
          path,
          message: `${provider} always goes to ${known.vendorHost}, which needs an explicit egress permission`,
          remedy: `If callers’ speech may go to ${known.vendorHost}, add it under egress`,
        },
      ];
    }
    if (provider in endpoints) return [];
    return [
      {
        path,
        message: `the endpoint of ${provider} is not named`,
        remedy: `Add agent.endpoints.${provider} with its base URL, and its host to egress when it lies outside the VPC`,
      },
    ];
  });
}

/** Where an unknown plugin goes is for the file to say: by a host under `egress` that nothing else there accounts for. */
function unknownPlugins({ plugins, endpoints, allowed }: Routes): CrossFault[] {
  const unknown = plugins.filter(({ provider }) => !knownPlugin(provider));
  const accountedFor = new Set([
    ...Object.values(endpoints).map(hostOf),
    ...plugins.map(({ provider }) => knownPlugin(provider)?.vendorHost),
  ]);
  const others = new Set(allowed.filter((host) => !accountedFor.has(host)));
  if (others.size >= new Set(unknown.map(({ provider }) => provider)).size) return [];
  return unknown.map(({ path, provider }) => ({
    path,
    message: `${provider} is not a plugin of which we know where it goes: that needs an explicit egress permission`,
    remedy: `If callers’ speech may go to its vendor, add the vendor’s host under egress`,
  }));
}

function endpoints({ endpoints, region, allowed }: Routes): CrossFault[] {
  return Object.entries(endpoints).flatMap(([provider, endpoint]) => {
    const path = ['agent', 'endpoints', provider];
    const unused = whyUnused(provider);
    if (unused !== undefined) return [{ path, ...unused }];
    const host = hostOf(endpoint);
    if (host === undefined || isInsideVpc(host, region) || allowed.includes(host)) return [];
    return [
      {
        path,
        message: 'An endpoint outside the VPC needs an explicit egress permission',
        remedy: `If callers’ speech may go to ${host}, add it under egress`,
      },
    ];
  });
}

function fhirServer({ fhir, region, allowed }: Routes): CrossFault[] {
  const host = hostOf(fhir);
  if (host === undefined || isInsideVpc(host, region)) return [];
  const path = ['enrich', 'fhir'];
  return [
    ...(allowed.includes(host)
      ? []
      : [
          {
            path,
            message: 'A FHIR server outside the VPC needs an explicit egress permission',
            remedy: `If callers’ answers may go to ${host}, add it under egress`,
          },
        ]),
    ...(new URL(String(fhir)).protocol === 'https:'
      ? []
      : [{ path, message: 'callers’ answers would cross the internet in the clear', remedy: 'Use https' }]),
  ];
}

/** Why an endpoint for this provider would not be heeded, if so. */
function whyUnused(provider: string): Omit<CrossFault, 'path'> | undefined {
  if (Object.values(awsProviders).includes(provider)) {
    return {
      message: `${provider} is reached by the AWS SDK’s own rules; an endpoint here would not be heeded`,
      remedy: 'Remove it; the SDK’s variables (AWS_ENDPOINT_URL_…) move an endpoint',
    };
  }
  const parts = Object.values(knownPlugin(provider)?.parts ?? {});
  if (parts.some(({ endpoint }) => endpoint !== undefined)) return undefined;
  return {
    message: `we cannot promise that the plugin ${provider} heeds an endpoint`,
    remedy: 'Remove it; if callers’ speech may go to the vendor, add the vendor’s host under egress',
  };
}

function hostOf(endpoint: unknown): string | undefined {
  return typeof endpoint === 'string' && URL.canParse(endpoint) ? new URL(endpoint).hostname : undefined;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
