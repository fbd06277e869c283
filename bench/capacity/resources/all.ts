import type { Figures } from '../../../infra/cost/figures.ts';
import { admission } from './admission.ts';
import type { Deployment } from './deployment.ts';
import { hosts } from './hosts.ts';
import { models } from './models.ts';
import type { Resource } from './resource.ts';
import { stores } from './stores.ts';
import { tasks } from './tasks.ts';

/** All that may break, with its limit in this deployment. */
export function resourcesOf(figures: Figures, deployment: Deployment): Resource[] {
  return [
    ...models(figures),
    ...hosts(figures, deployment),
    ...tasks(figures, deployment),
    ...stores(figures, deployment),
    ...admission(figures, deployment),
  ];
}
