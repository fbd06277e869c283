#!/bin/bash
# verify-bundle.sh BUNDLE KEY FOLDER: unpacks a bundle into FOLDER, which it makes, if it is what was signed by the owner of KEY (public, PEM).
# Else it says why in one line and leaves nothing behind. Needs gzip, tar, openssl and sha256sum; nothing is unpacked before all names in it
# are known to be those that were signed. `verifyBundle` of packages/bundle does the same.
set -euo pipefail
export LC_ALL=C

bundle=$1 key=$2 folder=$3
most=$((64 << 20)) # bytes, unpacked
work=$(mktemp -d "$(dirname "$folder")/.bundle.XXXXXX")
trap 'rm -rf "$work"' EXIT

refuse() {
  echo "bundle refused: $*" >&2
  exit 1
}
listed() { paste -sd ' ' "$1"; }

gzip -dc "$bundle" 2>/dev/null | head -c $((most + 1)) >"$work/tar" || true
[ "$(stat -c %s "$work/tar")" -le "$most" ] || refuse "it has more than $most bytes"
tar -tvf "$work/tar" >"$work/entries" 2>/dev/null || refuse 'it is no gzipped tar archive'
[ "$(cut -c 1 "$work/entries" | sort -u)" = - ] || refuse 'it holds other things than files'
tar -tf "$work/tar" 2>/dev/null | sort >"$work/names"

for name in manifest manifest.sig; do
  grep -qx "$name" "$work/names" || refuse "it has no $name"
  tar -xOf "$work/tar" "$name" >"$work/$name"
done
openssl dgst -sha256 -verify "$key" -signature "$work/manifest.sig" "$work/manifest" >/dev/null 2>&1 ||
  refuse 'its signature is not of this key'
[ "$(head -n 1 "$work/manifest")" = 'vestibule bundle 1' ] || refuse 'its manifest is not of format 1'

tail -n +4 "$work/manifest" >"$work/sums"
{ printf 'manifest\nmanifest.sig\n' && cut -c 67- "$work/sums"; } | sort >"$work/wanted"
comm -13 "$work/names" "$work/wanted" >"$work/missing"
comm -23 "$work/names" "$work/wanted" >"$work/extra"
[ ! -s "$work/missing" ] || refuse "missing: $(listed "$work/missing")"
[ ! -s "$work/extra" ] || refuse "not signed: $(listed "$work/extra")"

mkdir "$work/files"
tar -xf "$work/tar" -C "$work/files" --no-same-owner --no-same-permissions
{ (cd "$work/files" && sha256sum --check --strict ../sums 2>/dev/null) || true; } | sed -n 's/: FAILED.*//p' >"$work/altered"
[ ! -s "$work/altered" ] || refuse "not what was signed: $(listed "$work/altered")"
mv "$work/files" "$folder"
