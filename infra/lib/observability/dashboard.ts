import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

type MetricOf = (name: string) => cloudwatch.Metric | undefined;

/** Title, metrics, statistic: a graph each, in the order in which somebody looks at 3 a.m. */
const graphs: readonly (readonly [title: string, metrics: readonly string[], statistic: string])[] = [
  ['Calls held and waiting', ['Held', 'Waiting', 'Capacity'], 'Sum'],
  ['Answer after the caller stops, P50, ms', ['TurnMs'], 'p50'],
  ['Answer after the caller stops, P95, ms', ['TurnMs'], 'p95'],
  [
    'Calls at the edge: admitted, 503, failed over',
    ['SipAdmitted', 'SipUnavailable', 'LiveKitSipFailed'],
    'Sum',
  ],
  ['Calls claimed, taken over, sealed', ['CallsClaimed', 'TakeOvers', 'CallsSealed'], 'Sum'],
  ['Answers that may be lost', ['CallsUnsealed', 'EntriesRefused', 'CallsGivenUp'], 'Sum'],
  ['Red flags that reached nobody', ['StaffNotTold', 'AlertsLost'], 'Sum'],
  ['Transcribe, Bedrock, Polly: failures', ['HearingFailed', 'ModelFailed', 'SpeechFailed'], 'Sum'],
  ['After the call', ['CallsNotRecorded', 'CallsNotEnriched', 'ToolBroke'], 'Sum'],
];

export const dashboardWidgets = (metricOf: MetricOf): cloudwatch.IWidget[][] =>
  pairsOf(
    graphs.map(
      ([title, names, statistic]) =>
        new cloudwatch.GraphWidget({
          title,
          left: names.flatMap((name) => metricOf(name)?.with({ statistic }) ?? []),
          width: 12,
        }),
    ),
  );

function pairsOf<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / 2) }, (_, row) => items.slice(row * 2, row * 2 + 2));
}
