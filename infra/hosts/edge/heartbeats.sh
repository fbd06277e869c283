#!/bin/bash
# heartbeats.sh HOOK: tells the Auto Scaling group that this host still works on a lifecycle hook, until it is ended.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/common.sh"
while sleep "${VESTIBULE_HEARTBEAT_SECONDS:-40}"; do
  aws autoscaling record-lifecycle-action-heartbeat --auto-scaling-group-name "$VESTIBULE_GROUP" \
    --lifecycle-hook-name "$1" --instance-id "$(metadata instance-id)" || say 'a heartbeat was not taken'
done
