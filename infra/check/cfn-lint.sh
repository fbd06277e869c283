#!/usr/bin/env bash
# cfn-lint with the arguments given. Kept in the cache as the other tools are.
# shellcheck source-path=SCRIPTDIR source=../../local/setup/lib.sh disable=SC2154
. "$(dirname "${BASH_SOURCE[0]}")/../../local/setup/lib.sh"
mkdir -p "$state" "$logs"
step=cfn-lint log=$logs/setup-cfn-lint.log
folder=$(only_one cfn-lint wheel cfn-lint 'cfn-lint==1.58.0' 2>"$log") || { cat "$state/$step.failure" >&2; exit 1; }
PYTHONPATH=$folder exec "${folder%/wheel}/bin/python" -c 'from cfnlint.runner import main; main()' "$@"
