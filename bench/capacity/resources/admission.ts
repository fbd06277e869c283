import type { Figures } from '../../../infra/cost/figures.ts';
import type { Deployment } from './deployment.ts';
import { held, once, type Resource } from './resource.ts';

/** Limits that vestibule.yaml sets. */
export function admission(figures: Figures, { zones, edges }: Deployment): Resource[] {
  const value = (name: string) => figures.value(name);
  const edgeHosts = zones * edges.perZone;
  return [
    {
      ...{
        name: 'rates.concurrent',
        ...held,
        perCall: 1,
        limit: edgeHosts * value('config.concurrent'),
        unit: 'calls',
      },
      ...{ effect: 'calls get 503', remedy: 'vestibule.yaml' },
    },
    {
      ...{
        name: 'rates.perNumber',
        ...once,
        perArrival: 1,
        limit: edgeHosts * value('config.perNumber'),
        unit: '1/s',
      },
      ...{ effect: 'calls to that number get 503', remedy: 'vestibule.yaml' },
    },
    {
      ...{ name: 'rates.perSource', ...once, perArrival: 1, unit: '1/s' },
      limit: edgeHosts * value('config.perSource') * value('config.carrierAddresses'),
      ...{ effect: 'calls get 503', remedy: 'vestibule.yaml' },
    },
  ];
}
