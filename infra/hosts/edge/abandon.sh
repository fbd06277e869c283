#!/bin/bash
# Run when the user data fails: the Auto Scaling group ends this host and starts another.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/common.sh"
say 'this host cannot take calls'
complete launching ABANDON
