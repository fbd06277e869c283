import type { Figures } from '../../../infra/cost/figures.ts';
import type { Deployment } from './deployment.ts';
import { held, type Resource } from './resource.ts';

/** What stands on Fargate. */
export function tasks(figures: Figures, { zones, agentTasks, recorderTasks }: Deployment): Resource[] {
  const value = (name: string) => figures.value(name);
  const taskOfCall = 1 / (value('agent.callsPerTask') * value('agent.targetLoad'));
  const recorderOfCall = value('traffic.recordedShare') / value('recorder.callsPerTask');
  return [
    {
      ...{
        name: 'agent tasks',
        ...held,
        perCall: 1 / value('agent.callsPerTask'),
        limit: agentTasks,
        unit: 'tasks',
      },
      ...{ effect: 'callers hear ringing', remedy: 'aws.agents.most' },
    },
    {
      ...{ name: 'recorder tasks', ...held, perCall: recorderOfCall, limit: recorderTasks, unit: 'tasks' },
      ...{ effect: 'calls without a recording', remedy: 'aws.recorders.most' },
    },
    {
      ...{ name: 'Fargate vCPUs', ...held, limit: value('quota.fargateVcpus') - 3, unit: 'vCPU' },
      perCall: taskOfCall * value('agent.vcpus') + recorderOfCall * value('recorder.vcpus'),
      ...{
        effect: 'no new tasks: callers hear ringing',
        remedy: 'quota: Fargate On-Demand vCPU (three are for what stands)',
      },
    },
    {
      ...{
        name: 'addresses of app subnets',
        ...held,
        perCall: taskOfCall + recorderOfCall,
        unit: 'addresses',
      },
      ...{ limit: zones * value('agent.addressesPerZone'), effect: 'no new tasks: callers hear ringing' },
      remedy: 'a third zone; larger tasks of several processes',
    },
  ];
}
