import type { EdgeSettings } from './settings.ts';
import { hasPolicies, policies, policiesComment } from './tls.ts';

/** Dialled numbers, callers and switches: small tables in memory, changed while running by `kamcmd htable.seti/sets`. */
export function tablesSection({ config }: EdgeSettings): string {
  const lines = [
    ...policies(config),
    ...config.numbers.map(({ number, attestation }) => `    $sht(numbers=>${number}) = "${attestation}";`),
    ...config.callers.allow.map((caller) => `    $sht(allow=>${caller}) = 1;`),
    ...config.callers.deny.map((caller) => `    $sht(deny=>${caller}) = 1;`),
  ];
  return String.raw`####### 3. Tables

${hasPolicies(config) ? policiesComment : ''}# numbers: what becomes of calls that are not attested A. allow: callers who may count as verified. deny: callers
# who are always refused. switches: drain, set while running (kamcmd htable.seti switches drain 1).
event_route[htable:mod-init] {
${lines.join('\n')}
    $sht(switches=>drain) = 0;
}
`;
}
