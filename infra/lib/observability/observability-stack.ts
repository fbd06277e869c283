import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Deployment } from '../deployment.ts';
import { type AlarmRule, appAlarms, serviceAlarms, type Watched } from './alarms.ts';
import { dashboardWidgets } from './dashboard.ts';
import { type LogName, type Signal, signals } from './signals.ts';

const namespace = 'Vestibule';

/** Metrics made from the apps' logs, alarms, and the dashboard. Whoever is on call subscribes to the topics. */
export class ObservabilityStack extends Stack {
  readonly #metrics = new Map<string, cloudwatch.Metric>();

  constructor(
    scope: Construct,
    id: string,
    deployment: Deployment,
    { logGroups, watched }: { logGroups: Partial<Record<LogName, logs.ILogGroup>>; watched: Watched },
    props: StackProps,
  ) {
    super(scope, id, props);
    for (const signal of signals) {
      const group = logGroups[signal.log];
      if (group !== undefined) this.#addSignal(signal, group);
    }
    const topics = this.#addTopics();
    for (const rule of [...appAlarms(deployment.settings.quotas), ...serviceAlarms(watched)])
      if (this.#isKnown(rule)) this.#addAlarm(rule, topics[rule.severity]);
    new cloudwatch.Dashboard(this, 'Dashboard', {
      dashboardName: 'vestibule',
      widgets: dashboardWidgets((name) => this.#metricBy(name)),
    });
  }

  #addSignal(
    { metric, log, pattern, value, unit, namespace: own = namespace, byApp }: Signal,
    group: logs.ILogGroup,
  ): void {
    new logs.CfnMetricFilter(this, `Signal-${log}-${metric}`, {
      logGroupName: group.logGroupName,
      filterPattern: pattern,
      metricTransformations: [
        {
          metricNamespace: own,
          metricName: metric,
          metricValue: value ?? '1',
          unit: unit ?? 'Count',
          ...(byApp ? { dimensions: [{ key: 'app', value: '$.app' }] } : {}),
        },
      ],
    });
    const made = new cloudwatch.Metric({
      ...{ namespace: own, metricName: metric },
      ...(byApp ? { dimensionsMap: { app: log } } : {}),
    });
    this.#metrics.set(`${log}/${metric}`, made);
  }

  #addTopics(): Record<AlarmRule['severity'], sns.Topic> {
    const key = new kms.Key(this, 'TopicKey', {
      description: 'vestibule: topics of alarms',
      enableKeyRotation: true,
    });
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        // Of a key's policy: this key.
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
    const topic = (id: string) => new sns.Topic(this, id, { masterKey: key, enforceSSL: true });
    return { page: topic('Page'), ticket: topic('Ticket') };
  }

  #addAlarm(rule: AlarmRule, topic: sns.Topic): void {
    const { name, threshold, within: [breaching, of] = [1, 1], isBelow, what, runbook } = rule;
    const alarm = new cloudwatch.Alarm(this, `Alarm-${name}`, {
      alarmName: `vestibule-${name}`,
      alarmDescription: `${what}. docs/operations/${runbook}`,
      metric: this.#metricOf(rule),
      threshold,
      evaluationPeriods: of,
      datapointsToAlarm: breaching,
      comparisonOperator: isBelow
        ? cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD
        : cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData:
        rule.noDataIs === 'breaching'
          ? cloudwatch.TreatMissingData.BREACHING
          : cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(topic));
    alarm.addOkAction(new SnsAction(topic));
  }

  /** Of the log that has it; of what several have, the agents'. */
  #metricBy(name: string): cloudwatch.Metric | undefined {
    const logs = signals.filter(({ metric }) => metric === name).map(({ log }) => log);
    return logs.map((log) => this.#metrics.get(`${log}/${name}`)).find((metric) => metric !== undefined);
  }

  /** What no app logs in this deployment has no alarm. @throws RangeError for a signal that there is not at all. */
  #isKnown({ of }: AlarmRule): boolean {
    if ('namespace' in of) return true;
    const missing = of.find((name) => !signals.some(({ metric }) => metric === name));
    if (missing !== undefined) throw new RangeError(`there is no signal ${missing}`);
    return of.every((name) => this.#metricBy(name) !== undefined);
  }

  /** Metrics of the apps are added up: each of them alone would be an alarm with a threshold of its own. */
  #metricOf({ of, statistic, period }: AlarmRule): cloudwatch.IMetric {
    if ('namespace' in of) {
      const { namespace: service, metric, dimensions } = of;
      return new cloudwatch.Metric({
        ...{ namespace: service, metricName: metric, dimensionsMap: dimensions },
        ...{ statistic, period: Duration.seconds(period) },
      });
    }
    const metrics = of.map((name) =>
      this.#metricBy(name)!.with({ statistic, period: Duration.seconds(period) }),
    );
    const [first, ...others] = metrics;
    if (others.length === 0) return first!;
    return new cloudwatch.MathExpression({
      expression: metrics.map((_, index) => `FILL(m${index}, 0)`).join(' + '),
      usingMetrics: Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric])),
      period: Duration.seconds(period),
    });
  }
}
