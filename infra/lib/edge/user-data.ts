/** Directory of the scripts on the image. */
export const scripts = '/opt/vestibule/infra/hosts/edge';

/**
 * What an edge host does when it is new. Whatever fails, the group is told, ends the host and tries another; meanwhile it is told that this one still works.
 * @param variables of host.env, whose values must need no quoting
 * @param interfaces lines that take the pinned interfaces
 */
export function edgeUserData(
  variables: Readonly<Record<string, string>>,
  interfaces: readonly string[],
): string {
  return [
    '#!/bin/bash',
    'set -euo pipefail',
    'install -d /etc/vestibule',
    `cat > /etc/vestibule/host.env <<'END-OF-FILE'`,
    ...Object.entries(variables).map(([name, value]) => `${name}=${value}`),
    'END-OF-FILE',
    'status=0',
    `${scripts}/heartbeats.sh launching &`,
    `trap 'status=$?; kill %1; [ $status -eq 0 ] || ${scripts}/abandon.sh' EXIT`,
    ...interfaces,
    'systemctl enable --now vestibule-lifecycle.service vestibule-journal.service',
    `${scripts}/start.sh`,
    '',
  ].join('\n');
}
