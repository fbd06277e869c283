#!/bin/bash
# Waits until the Auto Scaling group wants to end this host; then new calls get 503 and go to another zone, and the calls that are up are
# waited for. The hook ends two minutes after the last heartbeat, so a dead host is replaced at once and a draining one is not.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
. "$here/common.sh"
poll=${VESTIBULE_POLL_SECONDS:-5}

while [ "$(metadata autoscaling/target-lifecycle-state || true)" != Terminated ]; do sleep "$poll"; done
say 'this host is to end: draining'

"$here/heartbeats.sh" terminating &
trap 'kill %1' EXIT

# Kamailio may be on its way up again.
until=$((SECONDS + VESTIBULE_DRAIN_SECONDS))
until vestibule edge drain --wait $((until - SECONDS)); do
  ((SECONDS < until)) || break
  sleep "$poll"
done
complete terminating CONTINUE
