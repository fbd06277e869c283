#!/usr/bin/env bash
# Copies the images that vestibule.yaml names, each by its digest and with all its platforms, to this account's ECR, once VestibuleImages is deployed.
#   mirror.sh ACCOUNT.dkr.ecr.REGION.amazonaws.com [VESTIBULE.YAML] [OWN]
# OWN is where our own images were pushed to when they were built: HOST/PATH, with agent, mcp and recorder below it. Needs skopeo, logged in to ECR:
#   aws ecr get-login-password | skopeo login --username AWS --password-stdin ACCOUNT.dkr.ecr.REGION.amazonaws.com
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
registry=${1:-}
config=${2:-vestibule.yaml}
own=${3:-}

fail() {
  printf 'mirror: %s\n' "$1" >&2
  exit 1
}

[[ $registry =~ ^[0-9]{12}\.dkr\.ecr(-fips)?\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$ ]] ||
  fail "usage: mirror.sh ACCOUNT.dkr.ecr.REGION.amazonaws.com [VESTIBULE.YAML] [OWN]"
command -v skopeo >/dev/null || fail 'skopeo is missing. Install it (Debian 12: apt-get install skopeo)'
# A port is no tag; a tag or a digest stands after the last slash.
[[ ${own##*/} != *[:@]* ]] || fail "$own has a tag or a digest. Give the path above agent, mcp and recorder; the digests are in $config"

images=$("${NODE:-node}" "$here/list.ts" "$config") || fail "$config cannot be used"

# all of it is looked at before anything is copied
while read -r name _ digest upstream; do
  [[ $digest =~ ^sha256:[0-9a-f]{64}$ ]] || fail "aws.images.$name: $digest is not a digest; tags are not taken"
  [[ $upstream != - || -n $own ]] || fail "$name is ours: say where it was pushed to (OWN)"
done <<<"$images"

while read -r name repository digest upstream; do
  [ "$upstream" != - ] || upstream=$own/$name
  target=docker://$registry/$repository
  tag=${digest/:/-}
  if skopeo inspect --raw "$target@$digest" >/dev/null 2>&1 </dev/null; then
    echo "  $repository has $digest"
    continue
  fi
  skopeo copy --all --preserve-digests "docker://$upstream@$digest" "$target:$tag" </dev/null ||
    fail "$upstream@$digest was not copied to $target"
  skopeo inspect --raw "$target@$digest" >/dev/null </dev/null || fail "$target does not have $digest"
  echo "  $repository: $digest, from $upstream"
done <<<"$images"
