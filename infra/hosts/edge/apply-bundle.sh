#!/bin/bash
# apply-bundle.sh [--restart] [--roll-back]: brings this host to the bundle that the parameter names. Whatever is refused, in a line, leaves
# everything as it is. --restart: a daemon may be started again (calls that are up go on). --roll-back: to a lower version than the present one.
set -euo pipefail
umask 027
here=$(dirname "$(readlink -f "$0")")
. "$here/common.sh"

restart='' roll_back=''
for option; do
  case $option in
    --restart) restart=--restart ;;
    --roll-back) roll_back=yes ;;
    *) fail "$option is no option of mine: --restart, --roll-back" ;;
  esac
done

mkdir -p "$state/bundles"
exec 9>"$state/lock"
flock -n 9 || fail 'another bundle is being applied. Wait for it'
work=$(mktemp -d "$state/.apply.XXXXXX")
trap 'rm -rf "$work"' EXIT
new=$work/bundle

# The object that the parameter names, by version and digest; then its signature.
fetch() {
  local name bucket key object digest
  name=$(aws ssm get-parameter --name "$VESTIBULE_BUNDLE_PARAMETER" --query Parameter.Value --output text) ||
    fail "$VESTIBULE_BUNDLE_PARAMETER cannot be read. Has a bundle been published?"
  digest=''
  read -r bucket key object digest < <(jq -r '[.bucket, .key, .versionId, .sha256] | map(. // "") | @tsv' <<<"$name") || true
  [ -n "$digest" ] ||
    fail "$VESTIBULE_BUNDLE_PARAMETER does not hold bucket, key, versionId and sha256"
  aws s3api get-object --bucket "$bucket" --key "$key" --version-id "$object" "$work/file" >/dev/null ||
    fail "s3://$bucket/$key, version $object, cannot be fetched"
  sha256sum --check --status <<<"$digest  $work/file" || fail "s3://$bucket/$key is not what the parameter says: its digest differs"
  aws kms get-public-key --key-id "$VESTIBULE_BUNDLE_KEY" --query PublicKey --output text | base64 -d |
    openssl pkey -pubin -inform DER -out "$work/key.pem" || fail "the public key of $VESTIBULE_BUNDLE_KEY cannot be had"
  "$here/verify-bundle.sh" "$work/file" "$work/key.pem" "$new"
}

# Never another tenant's, never silently an older one, never the same number with other content.
check_version() {
  local tenant applied=0 digest=''
  read -r _ tenant < <(sed -n 2p "$new/manifest")
  read -r _ version < <(sed -n 3p "$new/manifest")
  [ "$tenant" = "$VESTIBULE_TENANT" ] || fail "the bundle is of $tenant, this host of $VESTIBULE_TENANT"
  [ ! -e "$state/applied" ] || read -r applied digest <"$state/applied"
  sum=$(sha256sum "$new/manifest" | cut -d ' ' -f 1)
  [ "$version" -ge "$applied" ] || [ -n "$roll_back" ] ||
    fail "version $version is older than $applied, which is applied. To go back nevertheless: --roll-back"
  [ "$version" -ne "$applied" ] || [ "$sum" = "$digest" ] ||
    fail "version $version is applied already, with other content. Make it with a higher version"
}

# The host applies what it renders itself, so that must be, byte for byte, what was signed.
check_rendering() {
  local folder=$new/edge/$VESTIBULE_ZONE
  [ -d "$folder" ] || fail "the bundle has no files for $VESTIBULE_ZONE"
  vestibule edge render "$new/vestibule.yaml" --zone "$VESTIBULE_ZONE" >"$work/rendered" || fail 'vestibule.yaml cannot be rendered'
  sed -n 's/^# --- //p' "$work/rendered" >"$work/paths"
  while read -r path; do
    echo "# --- $path"
    cat "$folder/$path" 2>/dev/null || true
    echo
  done <"$work/paths" >"$work/signed"
  if ! cmp -s "$work/rendered" "$work/signed" || [ "$(find "$folder" -type f | wc -l)" -ne "$(wc -l <"$work/paths")" ]; then
    fail 'this image renders other files than were signed. Make the bundle with the release of the image'
  fi
}

# {"tls/fullchain.pem": "…", "edge.env": "…"}: files under /etc/vestibule.
write_secrets() {
  local path
  aws secretsmanager get-secret-value --secret-id "$VESTIBULE_SECRET" --query SecretString --output text >"$work/secrets" ||
    fail "$VESTIBULE_SECRET cannot be read. Has it a value?"
  jq -e 'type == "object" and all(.[]; type == "string")' "$work/secrets" >/dev/null 2>&1 ||
    fail "$VESTIBULE_SECRET is no JSON object of file names and texts"
  while read -r path; do
    [[ $path =~ ^((tls|control)/[a-z0-9-]+\.pem|edge\.env)$ ]] || fail "$VESTIBULE_SECRET: $path is neither tls/NAME.pem, control/NAME.pem nor edge.env"
    jq -r --arg path "$path" '.[$path]' "$work/secrets" >"$work/secret"
    install -d -m 750 -g vestibule "$(dirname "/etc/vestibule/$path")"
    install -m 640 -g vestibule "$work/secret" "/etc/vestibule/$path"
  done < <(jq -r 'keys[]' "$work/secrets")
}

# The token of RTPEngine's store, which rotates by itself: RTPEngine and the script before it have it from their environment.
write_store_token() {
  local token
  token=$(aws secretsmanager get-secret-value --secret-id "$VESTIBULE_STORE_SECRET" --query SecretString --output text | jq -re .password) ||
    fail "$VESTIBULE_STORE_SECRET cannot be read, or has no password"
  printf 'RTPENGINE_REDIS_AUTH_PW=%s\nREDISCLI_AUTH=%s\n' "$token" "$token" >"$work/store.env"
  install -m 640 -g vestibule "$work/store.env" /etc/vestibule/store.env
}

apply() {
  install -d -m 2770 -g vestibule /etc/vestibule/edge /etc/vestibule/edge/tables
  # shellcheck disable=SC2086 # nothing, or one option
  vestibule edge apply "$new/vestibule.yaml" --zone "$VESTIBULE_ZONE" $restart || fail "version $version was not applied"
  install -m 640 -g vestibule "$new/vestibule.yaml" /etc/vestibule/vestibule.yaml.new
  mv /etc/vestibule/vestibule.yaml.new /etc/vestibule/vestibule.yaml
  systemctl daemon-reload
  systemctl enable --quiet --now /etc/vestibule/edge/systemd/*.service
  systemctl try-reload-or-restart vestibule-control.service
}

# The present one and the one before stay, for whoever wants to know what ran.
keep() {
  rm -rf "${state:?}/bundles/$version"
  mv "$new" "$state/bundles/$version"
  echo "$version $sum" >"$state/applied.new"
  mv "$state/applied.new" "$state/applied"
  find "$state/bundles" -mindepth 1 -maxdepth 1 -printf '%C@ %p\n' | sort -rn | tail -n +3 | cut -d ' ' -f 2- | xargs -r rm -rf
}

fetch
check_version
check_rendering
write_secrets
write_store_token
apply
keep
say "version $version is applied"
