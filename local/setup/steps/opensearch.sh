#!/usr/bin/env bash
# OpenSearch from its Maven artifacts, and a class archive for the JVM: the archive brings its start from 11 s to 4 s.
# shellcheck source=../lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

title() { echo 'OpenSearch 2.19'; }

target=$cache/$opensearch_name

needed() { ! [ -e "$target/.complete" ]; }

# train: starts OpenSearch once and keeps the classes that it loaded (JEP 350). Without the archive it only starts slower.
train() {
  local scratch=$1 out=$1/train.log jvm
  mkdir -p "$scratch/conf"
  printf 'network.host: 127.0.0.1\ndiscovery.type: single-node\ntransport.port: 9280-9289\n' >"$scratch/conf/opensearch.yml"
  printf 'rootLogger.level = info\nappender.c.type = Console\nappender.c.name = c\nappender.c.layout.type = PatternLayout\nappender.c.layout.pattern = %%m%%n\nrootLogger.appenderRef.c.ref = c\n' >"$scratch/conf/log4j2.properties"
  mapfile -t jvm <"$root/local/setup/opensearch/jvm.options"
  java "${jvm[@]}" -XX:ArchiveClassesAtExit="$target/classes.jsa" -cp "$(cat "$target/classpath")" \
    org.codelibs.opensearch.runner.OpenSearchRunner -basePath "$scratch/base" -confPath "$scratch/conf" -numOfNode 1 \
    -baseHttpPort 9270 -moduleTypes "$(paste -sd, "$root/local/setup/opensearch/modules.txt")" >"$out" 2>&1 &
  local pid=$! waited=0
  until grep -qx started "$out" || ! kill -0 $pid 2>/dev/null || [ $((waited += 1)) -gt 600 ]; do sleep 0.1; done
  kill $pid 2>/dev/null
  wait $pid
  cat "$out"
}

fetch() {
  [ -e "$target/.complete" ] && return
  rm -rf "$target"
  mkdir -p "$target"
  mvn -B -ntp -Dmaven.wagon.http.retryHandler.count=2 -f "$root/local/setup/opensearch/pom.xml" dependency:copy-dependencies \
    -DoutputDirectory="$target/lib" || {
    blame "$log" 'Maven Central'
    fail 'Maven could not fetch OpenSearch' "See ${log#"$root"/}"
  }
  # In a fixed order: the class archive is valid only for the class path that it was made with.
  printf '%s\n' "$target"/lib/*.jar | LC_ALL=C sort | paste -sd: >"$target/classpath"
  local scratch
  scratch=$(mktemp -d)
  train "$scratch"
  rm -rf "$scratch"
  touch "$target/.complete"
}

run() {
  command -v mvn >/dev/null || fail 'Maven is missing' 'Install it (apt-get install maven), then run this again'
  java -version 2>&1 | grep -qE 'version "(1[7-9]|[2-9][0-9])' || fail 'Java 17 or newer is missing' 'Install it (apt-get install openjdk-17-jre-headless), or put it first in PATH'
  only_one opensearch fetch
}

"$@"
