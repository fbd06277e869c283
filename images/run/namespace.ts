/** A command in a tree of files of its own, as an engine runs one. */
export interface Container {
  /** The tree. */
  root: string;
  argv: readonly string[];
  /** `UID:GID` */
  user: string;
  workdir: string;
  readOnly: boolean;
  mounts: readonly Mount[];
}

export type Mount = { at: string } & (
  { kind: 'bind'; from: string; readOnly?: boolean } | { kind: 'tmpfs'; options: string }
);

/**
 * The command line that runs it as process 1 of its own process and mount namespaces, in the network namespace that is there. util-linux's unshare, as the
 * tree may have no shell. The folders that something is mounted on must be there.
 */
export function commandOf({ root, argv, user, workdir, readOnly, mounts }: Container): string[] {
  const [uid, gid] = user.split(':') as [string, string];
  const script = [
    'set -e',
    'mount --make-rprivate /',
    `mount --bind '${root}' '${root}'`,
    `mount -t proc proc '${root}/proc'`,
    `mount -t tmpfs -o mode=755,size=64k tmpfs '${root}/dev'`,
    ...devices.flatMap((name) => [
      `: >'${root}/dev/${name}'`,
      `mount --bind /dev/${name} '${root}/dev/${name}'`,
    ]),
    ...mounts.flatMap((mount) => mounted(root, mount)),
    ...(readOnly ? [`mount -o remount,bind,ro '${root}'`] : []),
    `exec setpriv --no-new-privs unshare --root='${root}' --wd='${workdir}' --setgid=${gid} --setuid=${uid} "$@"`,
  ].join('\n');
  return ['unshare', '--mount', '--pid', '--fork', '--kill-child', 'sh', '-c', script, 'sh', ...argv];
}

const devices = ['null', 'zero', 'random', 'urandom'];

function mounted(root: string, mount: Mount): string[] {
  const at = `'${root}${mount.at}'`;
  if (mount.kind === 'tmpfs') return [`mount -t tmpfs -o '${mount.options}' tmpfs ${at}`];
  const bind = `mount --bind '${mount.from}' ${at}`;
  return mount.readOnly ? [bind, `mount -o remount,bind,ro ${at}`] : [bind];
}
