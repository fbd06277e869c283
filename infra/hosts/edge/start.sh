#!/bin/bash
# What the user data ends in, once the interfaces are there: the bundle, the daemons, the word to the Auto Scaling group. A host that cannot
# take calls is abandoned, so that another one is tried.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
. "$here/common.sh"

"$here/apply-bundle.sh" --restart
until=$((SECONDS + 120))
while ((SECONDS < until)); do
  # Faults of the app tier are not the host's: it is up when both daemons answer.
  status=$(vestibule edge status /etc/vestibule/vestibule.yaml --zone "$VESTIBULE_ZONE" --json || true)
  if jq -e '.isKamailioUp and .isRtpengineUp' <<<"$status" >/dev/null 2>&1; then
    complete launching CONTINUE
    exit
  fi
  sleep "${VESTIBULE_POLL_SECONDS:-2}"
done
fail 'Kamailio and RTPEngine do not both answer: journalctl -u vestibule-kamailio -u vestibule-rtpengine'
