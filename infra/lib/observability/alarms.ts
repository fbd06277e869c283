/** What somebody is woken for, or gets a ticket for. Each says what to do, as docs/operations has it. */
export interface AlarmRule {
  name: string;
  /** `page` wakes somebody; `ticket` waits for the morning. */
  severity: 'page' | 'ticket';
  /** Metrics of `signals.ts` by name, or of a service of AWS. */
  of: readonly string[] | ServiceMetric;
  statistic: string;
  /** Seconds. */
  period: number;
  threshold: number;
  /** Periods out of how many. */
  within?: readonly [number, number];
  isBelow?: true;
  /** What a period without data means: nothing wrong, unless it is said here. */
  noDataIs?: 'breaching';
  what: string;
  runbook: string;
}

export interface ServiceMetric {
  namespace: string;
  metric: string;
  dimensions: Readonly<Record<string, string>>;
}

const lost = 'lost-answers.md';

/** From the apps' own logs. */
export const appAlarms = (quotas: { transcribeStreams: number }): AlarmRule[] => [
  ...immediate(
    ['CallsUnsealed', 'EntriesRefused', 'CallsGivenUp'],
    'page',
    'An answer may be lost, or a call is not sealed',
    lost,
  ),
  ...immediate(['StaffNotTold', 'AlertsLost'], 'page', 'A red flag has reached nobody', 'red-flags.md'),
  ...immediate(
    ['LogStoreAway'],
    'page',
    'The call log is out of reach: callers are held, nothing is decided',
    'log-store.md',
  ),
  ...immediate(
    ['CallsNotRecorded', 'CallsNotEnriched', 'ToolBroke'],
    'ticket',
    'A call has no recording, no enrichment, or lost a tool',
    'after-the-call.md',
  ),
  ...immediate(
    ['SipNotGranted'],
    'page',
    'Somebody in the app tier tried to call out without a grant',
    'key-compromise.md',
  ),
  {
    ...{ name: 'SipRefusals', severity: 'page', of: ['SipUnavailable'], statistic: 'Sum' },
    ...{ period: 60, threshold: 5, within: [2, 3] },
    what: 'The edge answers callers 503: a limit of vestibule.yaml, draining, or no LiveKit SIP',
    runbook: 'callers-wait.md',
  },
  {
    ...{
      name: 'TakeOvers',
      severity: 'page',
      of: ['TakeOvers'],
      statistic: 'Sum',
      period: 300,
      threshold: 3,
    },
    what: 'Workers lose their calls: callers hear apologies',
    runbook: 'take-overs.md',
  },
  {
    ...{
      name: 'CallersWait',
      severity: 'page',
      of: ['Waiting'],
      statistic: 'Maximum',
      period: 60,
      threshold: 3,
      within: [2, 2],
    },
    what: 'Callers hear ringing because no worker has room',
    runbook: 'callers-wait.md',
  },
  {
    ...{
      name: 'TurnsSlow',
      severity: 'ticket',
      of: ['TurnMs'],
      statistic: 'p95',
      period: 300,
      threshold: 3500,
      within: [2, 3],
    },
    what: 'One answer in twenty comes later than 3.5 s',
    runbook: 'turns-slow.md',
  },
  {
    ...{
      name: 'ModelsFail',
      severity: 'page',
      of: ['HearingFailed', 'ModelFailed', 'SpeechFailed'],
      statistic: 'Sum',
      period: 300,
      threshold: 10,
    },
    what: 'Transcribe, Bedrock or Polly fail or throttle',
    runbook: 'bedrock-throttling.md',
  },
  {
    ...{
      name: 'TranscribeQuota',
      severity: 'ticket',
      of: ['Held'],
      statistic: 'Sum',
      period: 60,
      within: [3, 5],
    },
    threshold: Math.floor(quotas.transcribeStreams * 0.8),
    what: `Calls take four fifths of Transcribe's ${quotas.transcribeStreams} concurrent streams`,
    runbook: 'transcribe-quota.md',
  },
];

/** One is too many. */
function immediate(
  of: string[],
  severity: AlarmRule['severity'],
  what: string,
  runbook: string,
): AlarmRule[] {
  return of.map((metric) => ({
    ...{ name: metric, severity, of: [metric], statistic: 'Sum', period: 60, threshold: 1, what, runbook },
  }));
}

export interface Watched {
  /** ECS services that must each have their one task. */
  hosts: readonly string[];
  /** Apps, and how few tasks are too few. */
  apps: Readonly<Record<string, number>>;
  caches: Readonly<Record<string, string>>;
  domain: { name: string; account: string };
  deadLetters: string;
  model: string | undefined;
}

/** From AWS's own metrics. */
export function serviceAlarms({ hosts, apps, caches, domain, deadLetters, model }: Watched): AlarmRule[] {
  return [
    ...[...hosts.map((host): [string, number] => [host, 1]), ...Object.entries(apps)].map(
      ([service, least]): AlarmRule => ({
        name: `TasksOf-${service}`,
        severity: 'page',
        of: serviceMetric('ECS/ContainerInsights', 'RunningTaskCount', {
          ClusterName: 'vestibule',
          ServiceName: service,
        }),
        ...{
          statistic: 'Minimum',
          period: 60,
          threshold: least,
          within: [3, 3] as const,
          isBelow: true,
          noDataIs: 'breaching',
        },
        what: `${service} has fewer tasks than it must have`,
        runbook: 'tasks.md',
      }),
    ),
    ...Object.entries(caches).flatMap(([place, group]): AlarmRule[] => [
      {
        name: `MemoryOf-${place}`,
        severity: place === 'call-log' ? 'page' : 'ticket',
        of: serviceMetric('AWS/ElastiCache', 'DatabaseMemoryUsagePercentage', { ReplicationGroupId: group }),
        ...{ statistic: 'Maximum', period: 60, threshold: 75, within: [3, 5] as const },
        what: `${place} is nearly full; it evicts nothing, so that it refuses entries when it is`,
        runbook: 'log-store.md',
      },
      {
        name: `CpuOf-${place}`,
        severity: 'ticket',
        of: serviceMetric('AWS/ElastiCache', 'EngineCPUUtilization', { ReplicationGroupId: group }),
        ...{ statistic: 'Maximum', period: 60, threshold: 80, within: [3, 5] as const },
        what: `${place} has little processor time left`,
        runbook: 'log-store.md',
      },
    ]),
    {
      ...{ name: 'SearchRed', severity: 'ticket', statistic: 'Maximum', period: 60, threshold: 1 },
      of: serviceMetric('AWS/ES', 'ClusterStatus.red', { DomainName: domain.name, ClientId: domain.account }),
      what: 'OpenSearch has lost an index: no knowledge, no search of calls; calls go on',
      runbook: 'after-the-call.md',
    },
    {
      ...{ name: 'DeadLetters', severity: 'ticket', statistic: 'Maximum', period: 300, threshold: 1 },
      of: serviceMetric('AWS/SQS', 'ApproximateNumberOfMessagesVisible', { QueueName: deadLetters }),
      what: 'Sealed calls did not reach the systems downstream',
      runbook: 'after-the-call.md',
    },
    ...(model === undefined
      ? []
      : [
          {
            ...{
              name: 'BedrockThrottles',
              severity: 'page' as const,
              statistic: 'Sum',
              period: 60,
              threshold: 5,
              within: [2, 3] as const,
            },
            of: serviceMetric('AWS/Bedrock', 'InvocationThrottles', { ModelId: model }),
            what: 'Bedrock refuses turns: callers are asked the next question in fixed words',
            runbook: 'bedrock-throttling.md',
          },
        ]),
  ];
}

const serviceMetric = (
  namespace: string,
  metric: string,
  dimensions: Record<string, string>,
): ServiceMetric => ({
  ...{ namespace, metric, dimensions },
});
