import type { Config } from '@vestibule/config';

/** As many days as no calendar makes more of: a year counts 366. */
export const retentionDays = ({ count, unit }: Config['archive']['retention']): number =>
  unit === 'years' ? count * 366 : count;
