import { z } from 'zod';
import type { CrossFault, Read } from './cross-checks.ts';
import * as leaf from './leaves.ts';
import { isInsideVpc } from './networks.ts';

const toolName = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'is not a tool’s name');
/** As the model sees it: a tool of ours, or one of another server with the server's name before it. */
const anyTool = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'is not a tool’s name');
const timeout = z.int().min(100).max(30_000);

const server = z.strictObject({
  name: leaf.name('Name of the server; with an underscore it stands before each of its tools', 'calendar'),
  url: leaf.url('MCP endpoint (Streamable HTTP)', 'https://mcp.internal/mcp', ['https:', 'http:']),
  allow: z
    .array(z.string().regex(/^[\w./-]{1,128}$/, 'is not a tool’s name'))
    .min(1)
    .meta({ description: 'Its tools that the model may call, as the server names them' }),
  callers: z
    .enum(['verified', 'all'])
    .default('verified')
    .meta({
      description: 'Whose calls may use it: a server of somebody else’s does not know who is verified',
      examples: ['verified'],
    }),
  timeoutMs: timeout
    .default(8000)
    .meta({ description: 'Longest time for one call of a tool, ms', examples: [8000] }),
  tokenFrom: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]*$/, 'is not the name of an environment variable')
    .optional()
    .meta({
      description: 'Environment variable of the agent workers with the server’s bearer token',
      examples: ['CALENDAR_TOKEN'],
    }),
});

export const toolsSchema = z.strictObject({
  backend: leaf.name('The backend behind the tools', 'florizel'),
  openapi: z
    .string()
    .min(1)
    .default('/openapi.yaml')
    .meta({
      description:
        'The backend’s OpenAPI file (3.0 or 3.1): a path on the backend, or a file relative to this one (./…)',
      examples: ['/openapi.yaml'],
    }),
  allow: z
    .array(toolName)
    .default([])
    .meta({ description: 'Tools that the model may call; all others are refused' }),
  embeddings: z
    .string()
    .regex(
      /^(amazon\.titan-embed-text|cohere\.embed)[\w.:-]*$/,
      'is not an embedding model of Titan or Cohere',
    )
    .optional()
    .meta({
      description: 'Bedrock model whose vectors search_knowledge uses beside words; without it, words alone',
      examples: ['amazon.titan-embed-text-v2:0'],
    }),
  questionnaires: z
    .record(z.string(), z.array(anyTool))
    .default({})
    .meta({ description: 'Tools of one questionnaire’s calls, where they are not all of the deployment’s' }),
  timeouts: z.record(z.string(), timeout).default({}).meta({
    description: 'Longest time for one call of a tool, ms, by its name',
  }),
  servers: z
    .array(server)
    .default([])
    .meta({ description: 'Other MCP servers whose tools the model may call' }),
});

type Tools = z.output<typeof toolsSchema>;
interface Names {
  readonly allow: readonly string[];
  readonly servers: readonly { readonly name: string; readonly allow: readonly string[] }[];
}

/** How the model knows a tool of another server. */
export const foreignToolName = (server: string, tool: string): string =>
  `${server}_${tool}`.replaceAll(/[^A-Za-z0-9_-]/g, '_');

/** Every tool of the deployment, as the model knows it. */
const allTools = ({ allow, servers }: Names): string[] => [
  ...allow,
  ...servers.flatMap(({ name, allow: theirs }) => theirs.map((tool) => foreignToolName(name, tool))),
];

interface Deployment {
  readonly numbers: readonly { readonly number: string; readonly questionnaire: string }[];
  readonly tools: Names & { readonly questionnaires: { readonly [name: string]: readonly string[] } };
}

/** The tools that the model may call on a call to that number: its questionnaire's, or else all of the deployment's. */
export function toolsOfNumber({ numbers, tools }: Deployment, dialled: string): readonly string[] {
  const name = numbers.find(({ number }) => number === dialled)?.questionnaire;
  const own = name === undefined ? undefined : tools.questionnaires[name];
  return own ?? allTools(tools);
}

export function toolFaults(read: Read): CrossFault[] {
  const tools = read('tools');
  if (!tools) return [];
  const known = allTools(tools);
  const questionnaires = read('numbers')?.map(({ questionnaire }) => questionnaire);
  return [
    ...Object.keys(tools.questionnaires).flatMap((name) =>
      questionnaires === undefined || questionnaires.includes(name)
        ? []
        : [fault(['questionnaires', name], `no number has the questionnaire ${name}`, questionnaires)],
    ),
    ...Object.entries(tools.questionnaires).flatMap(([name, list]) =>
      list.flatMap((tool, index) =>
        known.includes(tool)
          ? []
          : [fault(['questionnaires', name, index], `${tool} is not among the deployment’s tools`, known)],
      ),
    ),
    ...Object.keys(tools.timeouts).flatMap((tool) =>
      tools.allow.includes(tool)
        ? []
        : [fault(['timeouts', tool], `${tool} is not under tools.allow`, tools.allow)],
    ),
    ...serverFaults(tools.servers, read('egress') ?? [], read('region') ?? ''),
  ];
}

function serverFaults(servers: Tools['servers'], egress: readonly string[], region: string): CrossFault[] {
  return servers.flatMap(({ name, url }, index) => {
    const host = new URL(url).hostname;
    const isOutside = !isInsideVpc(host, region);
    return [
      ...(servers.findIndex((one) => one.name === name) === index
        ? []
        : [{ path: at(['servers', index, 'name']), message: `${name} is there already` }]),
      ...(isOutside && !egress.includes(host)
        ? [
            {
              path: at(['servers', index, 'url']),
              message: 'An MCP server outside the VPC needs an explicit egress permission',
              remedy: `If callers’ words may go to ${host}, add it under egress`,
            },
          ]
        : []),
      ...(isOutside && !url.startsWith('https:')
        ? [
            {
              path: at(['servers', index, 'url']),
              message: 'callers’ words would cross the internet in the clear',
              remedy: 'Use https',
            },
          ]
        : []),
    ];
  });
}

const at = (path: readonly (string | number)[]) => ['tools', ...path];

function fault(path: readonly (string | number)[], message: string, choices: readonly string[]): CrossFault {
  return { path: at(path), message, remedy: `Name one of: ${choices.join(', ') || '(none)'}` };
}
