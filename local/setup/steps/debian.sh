#!/usr/bin/env bash
# Debian packages, only the missing ones (of $only_packages, where that is set). Their daemons are neither started now nor at the next boot.
# shellcheck source=../lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

title() { echo 'Debian packages'; }

missing() {
  local installed package command
  installed=$(dpkg-query -W -f='${db:Status-Abbrev} ${Package}\n' 2>/dev/null | sed -n 's/^ii  *//p')
  while read -r package command; do
    case $package in '' | '#'*) continue ;; esac
    [ -z "${only_packages:-}" ] || [[ " $only_packages " == *" $package "* ]] || continue
    [ -n "$command" ] && command -v "$command" >/dev/null && continue
    grep -qxF "$package" <<<"$installed" || echo "$package"
  done <"$root/local/setup/debian-packages.txt"
}

needed() { [ -n "$(missing)" ]; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

# No daemon may start while packages are set up (policy-rc.d, Debian Policy 9.11.3.1). What stood there comes back.
policy=/usr/sbin/policy-rc.d
saved=$policy.before-vestibule
marker='# vestibule set-up: no daemon starts while packages are installed'
forbid_daemons() {
  if [ -e $policy ] && ! grep -qF "$marker" $policy; then as_root mv $policy $saved; fi
  printf '#!/bin/sh\n%s\nexit 101\n' "$marker" | as_root tee $policy >/dev/null
  as_root chmod 755 $policy
}
allow_daemons() {
  if [ -e $saved ]; then as_root mv $saved $policy; else as_root rm -f $policy; fi
}

# The stack runs its own instances on its own addresses, so what was newly installed stays off at boot.
disable_new_units() {
  [ -d /run/systemd/system ] || return 0
  local package
  for package in "$@"; do
    case $package in
      kamailio | redis-server | rtpengine-daemon) as_root systemctl disable --quiet "$package" || true ;;
    esac
  done
}

install() {
  as_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 \
    apt-get install -y --no-install-recommends -o Dpkg::Lock::Timeout=120 -o Acquire::Retries=2 "$@"
}
# What a dpkg that was interrupted left behind; apt-get refuses to work before that is done.
finish_interrupted() {
  [ -n "$(ls /var/lib/dpkg/updates 2>/dev/null)" ] || [ -n "$(dpkg --audit 2>/dev/null)" ] || return 0
  as_root env DEBIAN_FRONTEND=noninteractive dpkg --force-confold --configure -a
}
update() { as_root apt-get update -o Acquire::Retries=2; }
lists_are_fresh() { [ -n "$(find /var/lib/apt/lists -maxdepth 1 -name '*_Packages*' -mtime -2 -print -quit 2>/dev/null)" ]; }

run() {
  local packages
  mapfile -t packages < <(missing)
  command -v apt-get >/dev/null || fail "apt-get is missing, so ${packages[*]} cannot be installed" 'This needs Debian 12; on another system install them yourself'
  if [ "$(id -u)" != 0 ] && ! sudo -n true 2>/dev/null; then
    fail "Root is needed to install Debian packages (${packages[*]})" "Run 'sudo -v' first, or: sudo apt-get install ${packages[*]}"
  fi
  trap allow_daemons EXIT
  # Bash waits for the command that it is in: apt-get and dpkg are never cut short.
  trap 'exit 143' TERM
  forbid_daemons
  finish_interrupted || fail 'An interrupted installation could not be finished' "Run 'sudo dpkg --configure -a' and look at what it says"
  lists_are_fresh || update
  install "${packages[@]}" || { update && install "${packages[@]}"; } || {
    blame "$log" "Debian's package mirror"
    fail 'apt-get could not install the packages' "See ${log#"$root"/}"
  }
  disable_new_units "${packages[@]}"
}

"$@"
