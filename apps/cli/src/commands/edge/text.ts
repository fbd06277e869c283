import type { Applied, Change, EdgeStatus } from '@vestibule/edge-config';

export function appliedText({ changes, reloads, restarts, isStopped }: Applied): string {
  if (changes.length === 0 && reloads.length === 0) return 'Nothing to change: the edge is as configured.\n';
  return [
    changesText(changes).trimEnd(),
    ...reloads.map((command) => `reloaded   ${command.join(' ')}`),
    ...restarts.map((daemon) => `restarted  ${daemon}`),
    ...(isStopped ? ['Kamailio does not run: the files are there for its start.'] : []),
    '',
  ]
    .filter((line, index) => index > 0 || line !== '')
    .join('\n');
}

export const changesText = (changes: readonly Change[]): string =>
  changes
    .map(({ path, present, effect }) => {
      const how = effect.restart ? `restarts ${effect.restart}` : effect.reload ? 'by reload' : '';
      return (
        `${(present === undefined ? 'new' : 'changed').padEnd(10)} ${path.padEnd(38)} ${how}`.trimEnd() + '\n'
      );
    })
    .join('');

export function statusText(found: EdgeStatus): string {
  const { zone, isDraining, callsUp: calls, targets = [], banned, certificate, changed } = found;
  const up = (is: boolean) => (is ? 'up' : 'down');
  const rows: [string, string | undefined][] = [
    ['zone', zone],
    ['Kamailio', up(found.isKamailioUp)],
    ['RTPEngine', up(found.isRtpengineUp)],
    ['new calls', isDraining === undefined ? undefined : isDraining ? 'refused (draining)' : 'taken'],
    ['calls up', calls?.toString()],
    ...targets.map(({ uri, state }): [string, string] => ['LiveKit SIP', `${uri} ${state}`]),
    ['banned', banned?.toString()],
    ['certificate', certificate && `until ${certificate.validUntil.toISOString()}`],
    ['files', changed.length === 0 ? 'as configured' : `not as configured: ${changed.join(', ')}`],
  ];
  return rows
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name.padEnd(12)} ${value}\n`)
    .join('');
}
