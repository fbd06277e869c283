#!/usr/bin/env bash
# Checks what set-up and the stack need; each fault comes with its remedy. Installs and starts nothing, writes below .local
# alone. Exit code 1 when something would stop `make demo`; warnings alone leave it 0.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

faults=0
# Debian's daemons lie where a user's PATH does not lead.
PATH=$PATH:/usr/sbin
good() { printf '  ✓ %s\n' "$1"; }
warn() { printf '  ! %s. %s\n' "$1" "$2"; }
bad() {
  printf '  ✗ %s. %s\n' "$1" "$2"
  faults=$((faults + 1))
}

# stack_memory: MiB that this clone's own stack holds at present.
stack_memory() {
  local process
  for process in /proc/[0-9]*; do
    grep -qzxF "VESTIBULE_STACK=$root/.local" "$process/environ" 2>/dev/null && cat "$process/smaps_rollup" 2>/dev/null
  done | awk '/^Pss:/ { sum += $2 } END { print int(sum / 1024) }'
}

check_machine() {
  local id=unknown free memory
  [ -r /etc/os-release ] && id=$(. /etc/os-release && echo "$ID $VERSION_ID")
  if [ "$id" = 'debian 12' ]; then good 'Debian 12'; else warn "This is $id" 'Debian 12 is what is tested; elsewhere install the packages of local/setup/debian-packages.txt yourself'; fi
  free=$(df -Pk "$root" | awk 'NR==2 { print int($4 / 1024 / 1024) }')
  if [ "$free" -ge 6 ]; then good "$free GiB of disk free"; else bad "Only $free GiB of disk are free" 'Set-up needs about 6 GiB'; fi
  memory=$(($(awk '/MemAvailable/ { print int($2 / 1024) }' /proc/meminfo) + $(stack_memory)))
  if [ "$memory" -ge 3000 ]; then good "$memory MiB of memory available to the stack"; else bad "Only $memory MiB of memory are available" 'The stack needs about 3,000 MiB; close something'; fi
  if [ "$(date +%Y)" -ge 2026 ]; then good "The clock says $(date -u '+%F %R') UTC"; else bad "The clock says $(date -u '+%F %R') UTC" 'Set it: signatures and tokens depend on it'; fi
  # libwebrtc, in agent and SIP bridge, gathers no ICE candidate from a loopback interface.
  if [ -n "$(hostname -I 2>/dev/null)" ]; then good 'A network interface besides loopback'; else bad 'There is no network interface besides loopback' 'WebRTC needs one with an address, reachable or not: ip link add v0 type veth peer name v1 && ip addr add 192.0.2.9/24 dev v0 && ip link set v0 up && ip link set v1 up'; fi
  if [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; then good 'Root is at hand for Debian packages'; else warn 'Neither root nor sudo without a password' "Run 'sudo -v' before make setup, should packages be missing"; fi
}

# tool NAME REMEDY: it must be in PATH.
tool() { if command -v "$1" >/dev/null; then good "$1"; else bad "$1 is missing" "$2"; fi; }

check_tools() {
  local name step
  for name in make setpriv flock; do tool "$name" "apt-get install make util-linux"; done
  for step in debian npm go-tools opensearch recogniser encoder; do
    if step=$step bash "$root/local/setup/steps/$step.sh" needed; then
      bad "$(bash "$root/local/setup/steps/$step.sh" title): not set up" 'Run: make setup'
    else
      good "$(bash "$root/local/setup/steps/$step.sh" title)"
    fi
  done
}

# version NAME FOUND WANTED: a version is right that begins with WANTED, or is no older when WANTED ends in +.
version() {
  local name=$1 found=$2 wanted=$3
  if [ -z "$found" ]; then
    bad "$name is missing" 'Run: make setup'
  elif [[ $wanted == *+ ]] && at_least "${wanted%+}" "$found" || [[ $found == "$wanted".* ]]; then
    good "$name $found"
  else
    bad "$name $found is in PATH, $wanted is needed" 'Install the one of Debian 12, or put it first in PATH'
  fi
}

# number: the first version number in what is read.
number() { grep -oE '[0-9]+(\.[0-9]+)*' | head -n1; }

check_versions() {
  local node=$root/node_modules/.bin/node
  version Kamailio "$(kamailio -v 2>/dev/null | number)" "$kamailio_version"
  version RTPEngine "$(rtpengine --version 2>&1 | grep -i version | number)" "$rtpengine_version"
  version Redis "$(redis-server --version 2>/dev/null | number)" "$redis_minimum+"
  version Java "$(java -version 2>&1 | grep -i version | number)" "$java_minimum+"
  version 'Node (of node_modules)' "$([ -x "$node" ] && "$node" --version | number)" "$node_version"
}

check_stack() {
  [ -x "$root/node_modules/.bin/node" ] || return
  "$root/node_modules/.bin/node" "$root/local/stack/src/main.ts" check || faults=$((faults + 1))
}

echo 'Machine'
check_machine
echo 'Tools'
check_tools
echo 'Versions'
check_versions
echo 'Stack'
check_stack
[ "$faults" = 0 ] || { echo "$faults to mend."; exit 1; }
echo 'All is well.'
