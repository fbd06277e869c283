#!/bin/bash
# Takes what the daemons say from the journal, which is in memory, to CloudWatch Logs. What has not been acknowledged is sent again.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/common.sh"
poll=${VESTIBULE_POLL_SECONDS:-5}
cursor=/run/vestibule-journal.cursor
batch=$(mktemp -d /run/vestibule-journal.XXXXXX)
trap 'rm -rf "$batch"' EXIT
stream=$(metadata instance-id)

aws logs create-log-stream --log-group-name "$VESTIBULE_LOG_GROUP" --log-stream-name "$stream" 2>/dev/null || true

# Far below the limits of one request (10,000 events, 1 MiB), whatever the lines.
next_lines() {
  local after=()
  [ ! -e "$cursor" ] || after=(--after-cursor "$(cat "$cursor")")
  { journalctl --unit='vestibule-*' --output=json --no-pager "${after[@]}" 2>/dev/null || true; } | head -n 200
}

send() {
  jq -s --arg group "$VESTIBULE_LOG_GROUP" --arg stream "$stream" '{
    logGroupName: $group, logStreamName: $stream,
    logEvents: (map({
      timestamp: (.__REALTIME_TIMESTAMP | tonumber / 1000 | floor),
      message: ((._SYSTEMD_UNIT // "?") + " " + (.MESSAGE // "" | if type == "array" then implode else tostring end))[:4096]
    }) | sort_by(.timestamp))
  }' "$batch/lines" >"$batch/request"
  aws logs put-log-events --cli-input-json "file://$batch/request" >/dev/null
}

while :; do
  next_lines >"$batch/lines"
  if [ ! -s "$batch/lines" ]; then
    sleep "$poll"
  elif send; then
    tail -n 1 "$batch/lines" | jq -r .__CURSOR >"$cursor"
  else
    say 'CloudWatch Logs does not take what there is; it is sent again'
    sleep "$poll"
  fi
done
