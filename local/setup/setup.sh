#!/usr/bin/env bash
# Brings a plain Debian 12 machine to where the stack and the tests run. Bash, because Node may be missing.
# With names of steps it does only those. Safe to interrupt and to run again; what is done is skipped. Shows one line a step; details go to .local/log/.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
if ! mkdir -p "$state" "$logs" 2>/dev/null || [ ! -w "$state" ] || [ ! -w "$logs" ] || [ ! -w "$root" ]; then
  echo "setup: $root cannot be written by $(id -un). Use a clone of your own, or: sudo chown -R $(id -un) $root" >&2
  exit 1
fi

step_file() { echo "$root/local/setup/steps/$1.sh"; }

# Steps that are done take no lock: what needs only them runs while the rest is being set up.
if [ $# -gt 0 ]; then
  waiting=no
  for step in "$@"; do if step=$step bash "$(step_file "$step")" needed; then waiting=yes; fi; done
  [ $waiting = yes ] || exit 0
fi

exec 8>"$state/lock"
flock -n 8 || { echo 'setup: another set-up of this clone is running; waiting for it'; flock 8; }

tty=no; [ -t 1 ] && [ "${TERM:-dumb}" != dumb ] && tty=yes
began=$SECONDS
declare -A pid_of=() title_of=() since_of=()
failed=no

clear_line() { if [ $tty = yes ]; then printf '\r\033[K'; fi; }
say() { clear_line; printf '%s\n' "$1"; }

# end_step STEP: all of its process group, but for dpkg, which would be left half done: there only the step's own shell,
# which ends once the command that it is in has ended.
end_step() {
  local pid=${pid_of[$1]}
  if [ "$1" = debian ]; then kill -TERM "$pid" 2>/dev/null; else kill -TERM -- "-$pid" 2>/dev/null; fi
}

stop_all() {
  trap - INT TERM HUP
  local step
  clear_line
  [ -z "${pid_of[debian]:-}" ] || echo 'setup: waiting for apt-get to finish what it has begun' >&2
  for step in "${!pid_of[@]}"; do end_step "$step"; done
  wait
  clear_line
  echo 'setup: interrupted; run the same command again to go on' >&2
  exit 130
}
trap stop_all INT TERM HUP

# launch STEP: starts it in its own process group, so that an interrupt reaches all of it. It inherits the lock: should this
# shell be killed, the next set-up waits for what still runs.
launch() {
  local step=$1
  title_of[$step]=$(bash "$(step_file "$step")" title)
  rm -f "$state/$step.failure"
  set -m
  log=$logs/setup-$step.log step=$step bash "$(step_file "$step")" run >"$logs/setup-$step.log" 2>&1 </dev/null &
  pid_of[$step]=$!
  set +m
  since_of[$step]=$SECONDS
  [ $tty = yes ] || say "  … ${title_of[$step]}"
}

finish() {
  local step=$1 took=$((SECONDS - since_of[$1]))
  if wait "${pid_of[$step]}"; then
    say "  ✓ ${title_of[$step]} (${took} s)"
  else
    failed=yes
    local reason="it failed. See .local/log/setup-$step.log, then run this again"
    [ -s "$state/$step.failure" ] && reason=$(head -n1 "$state/$step.failure")
    say "  ✗ ${title_of[$step]}: $reason" >&2
  fi
  unset "pid_of[$step]"
}

# stop_others: after a failure. What they have fetched or built so far is kept by their own caches.
stop_others() {
  local step
  for step in "${!pid_of[@]}"; do
    end_step "$step"
    wait "${pid_of[$step]}"
    unset "pid_of[$step]"
  done
}

# await: shows progress until every launched step has ended.
await() {
  local frames='⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏' frame=0 step line beat=$SECONDS
  while [ ${#pid_of[@]} -gt 0 ]; do
    for step in "${!pid_of[@]}"; do
      kill -0 "${pid_of[$step]}" 2>/dev/null || finish "$step"
    done
    [ $failed = no ] || stop_others
    [ ${#pid_of[@]} -gt 0 ] || break
    line=
    for step in "${!pid_of[@]}"; do line+="${line:+, }${title_of[$step]} $((SECONDS - since_of[$step])) s"; done
    if [ $tty = yes ]; then
      printf '\r\033[K%s' "  ${frames:frame++%10:1} $line" | cut -c "1-$((${COLUMNS:-80} + 4))" | tr -d '\n'
    elif [ $((SECONDS - beat)) -ge 30 ]; then
      beat=$SECONDS
      say "    still working: $line"
    fi
    sleep 0.2
  done
}

# stage STEP...: the steps that are needed, side by side; stops the set-up when one failed.
stage() {
  local step
  for step in "$@"; do
    if step=$step bash "$(step_file "$step")" needed; then launch "$step"; fi
  done
  await
  [ $failed = no ] || { echo 'setup: not finished' >&2; exit 1; }
}

if [ $# -gt 0 ]; then
  # Where Node is missing npm is fetched with Python's tools, and nothing else of Debian's is wanted for it.
  if [[ " $* " == *' npm '* ]] && bash "$(step_file npm)" lacks_python; then
    only_packages='python3 python3-venv' stage debian
  fi
  stage "$@"
else
  stage debian
  stage npm go-tools opensearch recogniser encoder
fi
[ $((SECONDS - began)) -lt 3 ] || say "  Set-up took $((SECONDS - began)) s; the next run skips what is done."
