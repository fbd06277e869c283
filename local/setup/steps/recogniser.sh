#!/usr/bin/env bash
# The speech recogniser behind the Transcribe stand-in: a Python environment, and the models built from checked-in text.
# shellcheck source=../lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

title() { echo 'Speech recogniser (Python)'; }

source=$root/local/aws/recogniser
stamp=$state/recogniser.stamp

# The stamp: what the recogniser was made from, and where it lies.
made_from() {
  mapfile -t files < <(find "$source" -type f -not -path '*/__pycache__/*' -not -name '*.md' | LC_ALL=C sort)
  digest "${files[@]}"
}

needed() {
  [ -e "$source/install.py" ] || return 1
  local from= home=
  { read -r from && read -r home; } 2>/dev/null <"$stamp"
  [ "$from" != "$(made_from)" ] || [ ! -d "$home" ]
}

install() { "$1" "$source/install.py"; }

run() {
  local interpreter home
  interpreter=$(python) || exit 1
  home=$(only_one recogniser install "$interpreter" | tail -n1)
  if [ ! -d "$home" ]; then
    blame "$log" 'The Python package index'
    fail 'The recogniser could not be built' "See ${log#"$root"/}"
  fi
  printf '%s\n%s\n' "$(made_from)" "$home" >"$stamp"
}

"$@"
