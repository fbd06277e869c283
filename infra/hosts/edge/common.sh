# shellcheck shell=bash
# What the scripts of an edge host share. /etc/vestibule/host.env comes from the user data; the project from the image.
project=/opt/vestibule
# shellcheck disable=SC2034 # by apply-bundle.sh
state=/var/lib/vestibule
imds=http://169.254.169.254/latest
# shellcheck source=/dev/null
. /etc/vestibule/host.env
export AWS_DEFAULT_REGION=$VESTIBULE_REGION AWS_PAGER=

say() { echo "${0##*/}: $*" >&2; }
fail() {
  say "$*"
  exit 1
}

metadata() {
  local token
  token=$(curl -sf --max-time 5 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$imds/api/token") || return
  curl -sf --max-time 5 -H "X-aws-ec2-metadata-token: $token" "$imds/meta-data/$1"
}

# The command line, by the Node of the project.
vestibule() { "$project/node_modules/.bin/node" "$project/apps/cli/src/main.ts" "$@"; }

# Answers a lifecycle hook of the Auto Scaling group: `launching` or `terminating`, with CONTINUE or ABANDON.
complete() {
  aws autoscaling complete-lifecycle-action --auto-scaling-group-name "$VESTIBULE_GROUP" \
    --lifecycle-hook-name "$1" --lifecycle-action-result "$2" --instance-id "$(metadata instance-id)"
}
