#!/bin/bash
# publish-bundle.sh BUNDLE BUCKET: puts a signed bundle where hosts and tasks find it. Hosts that run take it by the document vestibule-apply-bundle,
# zone by zone; new ones at once. Needs the AWS CLI with an operator's credentials, and jq.
set -euo pipefail

bundle=$1 bucket=$2
key=bundle.tgz
parameter=/vestibule/bundle
[ -f "$bundle" ] || {
  echo "publish-bundle.sh: $bundle: no such file" >&2
  exit 1
}
sha256=$(sha256sum "$bundle" | cut -d ' ' -f 1)
version=$(aws s3api put-object --bucket "$bucket" --key "$key" --body "$bundle" --checksum-algorithm SHA256 --query VersionId --output text)
put() { aws ssm put-parameter --overwrite --type String --name "$1" --value "$2" --query Version --output text >/dev/null; }

put "$parameter/uri" "s3://$bucket/$key?versionId=$version"
put "$parameter/sha256" "$sha256"
# Last, as hosts go by it alone.
put "$parameter" "$(jq -cn --arg bucket "$bucket" --arg key "$key" --arg versionId "$version" --arg sha256 "$sha256" '$ARGS.named')"
echo "published: s3://$bucket/$key, version $version"
