#!/bin/bash
# release.sh ARCHITECTURE OUT.tar.gz: what an edge host has in /opt/vestibule, of the commit that is checked out: command line, edge/control,
# scripts, their dependencies, and Node for arm64 or x64. Needs git and npm.
set -euo pipefail

case ${1-} in
  arm64 | x64) architecture=$1 ;;
  *)
    echo "release.sh: ${1-nothing} is neither arm64 nor x64" >&2
    exit 1
    ;;
esac
out=$(readlink -f "$2")
repository=$(git -C "$(dirname "$(readlink -f "$0")")" rev-parse --show-toplevel)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

git -C "$repository" archive HEAD | tar -x -C "$work"
cd "$work"
npm ci --omit=dev --ignore-scripts --no-audit --no-fund --os=linux --cpu="$architecture" \
  --include-workspace-root --workspace apps/cli --workspace edge/control
git -C "$repository" rev-parse HEAD >RELEASE

# Links of node_modules to what stays behind are of no use.
mkdir kept
for part in RELEASE package.json node_modules packages apps/cli edge/control infra/hosts; do
  mkdir -p "kept/$(dirname "$part")"
  mv "$part" "kept/$part"
done
rm -rf kept/infra/hosts/testing kept/infra/hosts/*.test.ts
find kept/node_modules -xtype l -delete
tar -C kept --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -cf - . | gzip -n >"$out"
