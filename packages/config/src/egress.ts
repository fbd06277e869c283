import type { CrossFault } from './cross-checks.ts';
import { parseLlmModel, parseSttModel, parseTtsModel, type ModelRole } from './models.ts';
import { isInsideVpc } from './networks.ts';

const parsers = { stt: parseSttModel, llm: parseLlmModel, tts: parseTtsModel };

/**
 * Caller speech leaves the VPC only where the file says so twice: an endpoint that names the host, and the host
 * under `egress`. A plugin without an endpoint would go to its vendor's own, so its endpoint must be named.
 */
export function egressFaults(document: unknown): CrossFault[] {
  const root = record(document);
  const agent = record(root.agent);
  const endpoints = record(agent.endpoints);
  const region = typeof root.region === 'string' ? root.region : '';
  const allowed = Array.isArray(root.egress) ? root.egress : [];
  return [...missingEndpoints(record(agent.models), endpoints), ...forbidden(endpoints, region, allowed)];
}

function missingEndpoints(models: Record<string, unknown>, endpoints: Record<string, unknown>): CrossFault[] {
  return (Object.keys(parsers) as ModelRole[]).flatMap((role) => {
    const text = models[role];
    if (typeof text !== 'string') return [];
    const model = parsers[role](text);
    if ('message' in model || model.plugin === undefined || model.provider in endpoints) return [];
    return [
      {
        path: ['agent', 'models', role],
        message: `the endpoint of ${model.provider} is not named`,
        remedy: `Add agent.endpoints.${model.provider} with its base URL, and its host to egress when it lies outside the VPC`,
      },
    ];
  });
}

function forbidden(
  endpoints: Record<string, unknown>,
  region: string,
  allowed: readonly unknown[],
): CrossFault[] {
  return Object.entries(endpoints).flatMap(([provider, endpoint]) => {
    if (typeof endpoint !== 'string' || !URL.canParse(endpoint)) return [];
    const host = new URL(endpoint).hostname;
    if (isInsideVpc(host, region) || allowed.includes(host)) return [];
    return [
      {
        path: ['agent', 'endpoints', provider],
        message: 'An endpoint outside the VPC needs an explicit egress permission',
        remedy: `If callers’ speech may go to ${host}, add it under egress`,
      },
    ];
  });
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
