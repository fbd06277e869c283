import { services } from '../lib/network/services.ts';
import type { Figures } from './figures.ts';
import { costOf, type Prices } from './prices.ts';
import { type Hosts, type Sizing, sizingOf } from './sizing.ts';

export const hoursPerMonth = 730;

export interface Costs {
  /** US dollars a month, by component, in the order in which they are told. */
  components: ReadonlyMap<string, number>;
  /** Call-minutes of the month. */
  minutes: number;
  sizing: Sizing;
}

/** `bedrock:…haiku…` and `…nova-lite…` are the models whose prices are known. */
export type Model = 'haiku' | 'novaLite';

/**
 * What a month of `calls` concurrent calls in the busy hour costs.
 * @throws CodedError `unknown-figure`, `unknown-price`
 */
export function costsOf(prices: Prices, figures: Figures, calls: number, model: Model): Costs {
  const sizing = sizingOf(figures, calls);
  const month = monthOf(figures, calls);
  const context = { prices, figures, sizing, month, calls };
  const components = new Map([
    ['Transcribe, streaming', costOf(prices, 'transcribeMinute', transcribedMinutes(figures, month))],
    [`Bedrock, ${modelNames[model]}`, bedrock(context, model)],
    ['Polly, neural', pollyCharacters(context) * costOf(prices, 'pollyNeural', 1e-6)],
    ['Agents, recorder, MCP (Fargate)', fargate(context)],
    ['Edge, LiveKit (EC2)', machines(context)],
    ['ElastiCache', caches(context)],
    ['OpenSearch', search(context)],
    ['S3, KMS, enrichment', archive(context)],
    ['VPC endpoints', endpoints(context)],
    ['Data transfer', transfer(context)],
    ['Logs, keys, addresses, gateway', rest(context)],
    ['Twilio trunk (not AWS)', trunk(context)],
  ]);
  return { components, minutes: month.minutes, sizing };
}

export const modelNames: Record<Model, string> = { haiku: 'Claude Haiku 4.5', novaLite: 'Nova Lite' };

interface Month {
  minutes: number;
  calls: number;
}

interface Context {
  prices: Prices;
  figures: Figures;
  sizing: Sizing;
  month: Month;
  calls: number;
}

/** Transcribe bills the audio that it is sent. */
const transcribedMinutes = (figures: Figures, { minutes }: Month) =>
  minutes * figures.value('call.transcribedShare');

/** `calls` are up throughout the busy hour, which has its share of the day's minutes. */
export function monthOf(figures: Figures, calls: number): Month {
  const day = (calls * 60) / figures.value('traffic.busyHourShare');
  const minutes = day * figures.value('traffic.daysPerMonth');
  return { minutes, calls: (minutes * 60) / figures.value('call.seconds') };
}

function bedrock({ prices, figures, month }: Context, model: Model): number {
  const turns = month.minutes * figures.value('call.turnsPerMinute');
  const millions = (name: string) => (turns * figures.value(name)) / 1e6;
  return (
    costOf(prices, `${model}Input`, millions('call.promptTokensPerTurn')) +
    costOf(prices, `${model}Output`, millions('call.completionTokensPerTurn'))
  );
}

/** A process has fixed sentences made once; what it says of them for the first time is not counted. */
const pollyCharacters = ({ figures, month }: Context) =>
  month.minutes * figures.value('call.charactersPerMinute') * (1 - figures.value('call.fixedCharacters'));

/** Agents follow the load; recorders and MCP stand as at the busiest. */
function fargate({ prices, figures, sizing, month }: Context): number {
  const task = (vcpus: number, gigabytes: number) =>
    costOf(prices, 'fargateVcpu', vcpus) + costOf(prices, 'fargateGigabyte', gigabytes);
  const agent = task(figures.value('agent.vcpus'), figures.value('agent.gigabytes'));
  const recorder = task(figures.value('recorder.vcpus'), figures.value('recorder.gigabytes'));
  return (
    agentHours(figures, month) * agent +
    hoursPerMonth * (sizing.recorders * recorder + sizing.mcp * task(0.5, 1))
  );
}

/** Hours of agent tasks in the month. */
export function agentHours(figures: Figures, { minutes }: Pick<Month, 'minutes'>): number {
  const calls = figures.value('agent.callsPerTask') * figures.value('agent.targetLoad');
  return Math.max(figures.value('agent.leastTasks') * hoursPerMonth, minutes / 60 / calls);
}

function machines({ prices, sizing }: Context): number {
  const { edge, server, sip, zones } = sizing;
  const vcpus = (hosts: Hosts) => hosts.perZone * hosts.vcpus * zones;
  const disks = (edge.perZone + server.perZone + sip.perZone) * zones * 20;
  return (
    costOf(prices, 'ec2Vcpu', hoursPerMonth * (vcpus(edge) + vcpus(server) + vcpus(sip))) +
    costOf(prices, 'ebsGigabyte', disks)
  );
}

/** Bus, the edge's store and each shard of the call log have a node in each zone. */
function caches({ prices, sizing }: Context): number {
  return (
    costOf(prices, 'cacheSmall', 2 * sizing.zones * hoursPerMonth) +
    costOf(prices, 'cacheShard', sizing.zones * sizing.logShards * hoursPerMonth)
  );
}

const search = ({ prices, sizing }: Context) =>
  costOf(prices, 'searchNode', sizing.searchNodes * hoursPerMonth) +
  costOf(prices, 'searchMaster', 3 * hoursPerMonth) +
  costOf(prices, 'searchGigabyte', sizing.searchNodes * 100);

function archive({ prices, figures, month }: Context): number {
  const value = (name: string) => figures.value(name);
  const gigabytes =
    (month.minutes * value('call.archiveKilobytesPerMinute') * value('call.monthsKept')) / 1e6;
  const journal = agentHours(figures, month) * 3600 * value('agent.journalPutsPerSecond');
  const puts = month.calls * value('call.archiveObjects') + journal;
  return (
    costOf(prices, 's3Gigabyte', gigabytes) +
    costOf(prices, 's3Put', puts / 1000) +
    costOf(prices, 'kmsRequest', (month.calls * value('call.kmsRequests')) / 10_000) +
    costOf(prices, 'lambdaRequest', month.calls / 1e6) +
    costOf(
      prices,
      'lambdaGigabyteSecond',
      month.calls * value('call.enrichSeconds') * value('call.enrichGigabytes'),
    )
  );
}

/** Interface endpoints: of each service, and S3's. */
const endpointServices = services.length + 1;

const endpoints = ({ prices, figures, sizing, month }: Context) =>
  costOf(prices, 'endpointHour', endpointServices * sizing.zones * hoursPerMonth) +
  costOf(
    prices,
    'endpointGigabyte',
    (month.minutes * 60 * figures.value('call.endpointKilobytesPerSecond')) / 1e6,
  );

function transfer({ prices, figures, month }: Context): number {
  const stream = (month.minutes * 60 * figures.value('call.rtpKilobytesPerSecond')) / 1e6;
  return (
    costOf(prices, 'transferOut', stream) +
    costOf(prices, 'transferZones', stream * figures.value('call.zoneCrossings'))
  );
}

const rest = ({ prices, figures, sizing, month }: Context) =>
  costOf(prices, 'logsGigabyte', (month.calls * figures.value('call.logLinesKilobytes')) / 1e6) +
  costOf(prices, 'kmsKey', 4) +
  costOf(prices, 'secret', 12) +
  costOf(prices, 'gatewayHour', hoursPerMonth) +
  costOf(prices, 'publicAddress', sizing.edge.perZone * sizing.zones * hoursPerMonth);

/** Twilio rounds each call up to the next minute. */
export function trunkMinutesPerCall(figures: Figures): number {
  const lengths = figures.values('call.seconds');
  return lengths.reduce((sum, seconds) => sum + Math.ceil(seconds / 60), 0) / lengths.length;
}

const trunk = ({ prices, figures, month }: Context) =>
  costOf(prices, 'trunkMinute', month.calls * trunkMinutesPerCall(figures)) +
  costOf(prices, 'trunkNumber', 2);
