#!/usr/bin/env bash
# Images that Debian's cosign 2 signed in each of its ways, in docker-registry, with a mock sigstore; all on loopback.
#
#   cosign2.sh FOLDER PORT     docker-registry at PORT, the mock at PORT+1; stays until SIGTERM
#
# Needs docker-registry, skopeo, jq, curl, python3 and node; NODE_PATH has npm's @sigstore/mock. Repositories (acme/…, 1.0.0):
#   key        .sig by key 1                       two        .sig by keys 1 and 2     keyless   .sig, keyless
#   att        .att by key 1                       katt       .att, keyless            index     .sig of an index
#   bundle     bundle by key 1, cosign 3's type    kbundle    bundles, keyless, of a provenance and of cosign 3's type
# FOLDER/verdicts.jsonl is what cosign 2, and cosign 3 if COSIGN3 names it, said of each.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
port=$2
mkdir -p "$1/keys" && cd "$1" && out=$PWD
. "$here/common.sh"
host=127.0.0.1:$port mock=http://127.0.0.1:$((port + 1))

start_docker_registry "$host"
start mock node "$here/mock-sigstore.js" "$out/sig" "$((port + 1))"
python3 "$here/make-image.py" image
for n in 1 2; do (cd keys && cosign2 generate-key-pair --output-key-prefix $n > /dev/null 2>&1); done
await curl -sf "http://$host/v2/"
await grep -q up mock.log

from=$(date -u +%Y-%m-%dT00:00:00Z)
cosign2 trusted-root create --certificate-chain sig/fulcio-root.pem --rekor-key sig/rekor.pub --rekor-start-time "$from" \
  --ctfe-key sig/ctfe.pub --ctfe-start-time "$from" --timestamp-certificate-chain sig/tsa-chain.pem --out sig/root.json
# cosign 2.5.0 leaves out the name of the log, by which a checkpoint is found.
jq '.tlogs[0].baseUrl = "https://rekor.lab"' sig/root.json > trusted-root.json

push single "$host" key two att bundle keyless kbundle katt none
push multi "$host" index
D=$(digest single) I=$(digest multi)
echo '{"buildDefinition": {"buildType": "https://builder.example/type", "externalParameters": {}},
  "runDetails": {"builder": {"id": "https://builder.example/acme"}}}' > slsa.json
echo '{}' > empty.json
slsa=(--type slsaprovenance1 --predicate slsa.json)
type=https://sigstore.dev/cosign/sign/v1
like3=(--new-bundle-format --type $type --predicate empty.json)
issuer=https://token.actions.githubusercontent.com
workflow=https://github.com/acme/api/.github/workflows/release.yml@refs/tags/v1.0.0
b64() { printf %s "$1" | base64 -w0 | tr '+/' '-_' | tr -d =; }
now=$(date +%s)
claims="{\"iss\":\"$issuer\",\"sub\":\"$workflow\",\"aud\":\"sigstore\",\"exp\":$((now + 86400)),\"iat\":$now}"
token=$(b64 '{"alg":"RS256","typ":"JWT"}').$(b64 "$claims").$(b64 unsigned)
keyless=(--fulcio-url "$mock" --rekor-url "$mock" --identity-token "$token")
export SIGSTORE_ROOT_FILE=$out/sig/fulcio-root.pem SIGSTORE_REKOR_PUBLIC_KEY=$out/sig/rekor.pub
export SIGSTORE_CT_LOG_PUBLIC_KEY_FILE=$out/sig/ctfe.pub
key() { echo "--key keys/$1.key --tlog-upload=false"; }
{
  cosign2 sign $(key 1) "$host/acme/key@$D"
  for n in 1 2; do cosign2 sign $(key $n) "$host/acme/two@$D"; done
  cosign2 sign $(key 1) "$host/acme/index@$I"
  cosign2 attest $(key 1) "${slsa[@]}" "$host/acme/att@$D"
  cosign2 attest $(key 1) "${like3[@]}" "$host/acme/bundle@$D"
  cosign2 sign "${keyless[@]}" "$host/acme/keyless@$D"
  cosign2 attest "${keyless[@]}" --new-bundle-format "${slsa[@]}" "$host/acme/kbundle@$D"
  cosign2 attest "${keyless[@]}" "${like3[@]}" "$host/acme/kbundle@$D"
  cosign2 attest "${keyless[@]}" "${slsa[@]}" "$host/acme/katt@$D"
} > sign.log 2>&1 || { tail -n 3 sign.log >&2; exit 1; }

key1='--key keys/1.pub --insecure-ignore-tlog=true' key2='--key keys/2.pub --insecure-ignore-tlog=true'
by="--certificate-identity $workflow --certificate-oidc-issuer $issuer"
by_other="--certificate-identity ${workflow/api/other} --certificate-oidc-issuer $issuer"
of_other="--certificate-identity $workflow --certificate-oidc-issuer https://issuer.example"
both() { # REPOSITORY DIGEST COMMAND FLAGS...
  local image=$host/acme/$1@$2 flags=("${@:4}") old=() bundles=()
  case $1 in *bundle) [ "$3" = verify ] || old=(--new-bundle-format --trusted-root trusted-root.json) ;; esac
  said cosign2 "$image" "$3" "${flags[@]}" -- --offline "${old[@]}"
  [ -n "${COSIGN3:-}" ] || return 0
  case $1 in *bundle) bundles=(--trusted-root trusted-root.json) ;; *) bundles=(--new-bundle-format=false) ;; esac
  said cosign3 "$image" "$3" "${flags[@]}" -- --offline "${bundles[@]}"
}
cosign3() { command "$COSIGN3" "$@"; }
{
  both none "$D" verify $key1; both none "$D" verify $by
  both key "$D" verify $key1; both key "$D" verify $key2; both key "$D" verify $by; both key "$D" verify --key keys/1.pub
  both two "$D" verify $key1; both two "$D" verify $key2
  both index "$I" verify $key1; both index "$D" verify $key1
  both keyless "$D" verify $by; both keyless "$D" verify $by_other; both keyless "$D" verify $of_other
  both keyless "$D" verify $key1
  both att "$D" verify $key1; both katt "$D" verify $by
  both bundle "$D" verify $key1; both kbundle "$D" verify $by
  for t in slsaprovenance1 vuln; do
    both att "$D" verify-attestation --type $t $key1; both katt "$D" verify-attestation --type $t $by
    both kbundle "$D" verify-attestation --type $t $by
  done
  both att "$D" verify-attestation --type slsaprovenance1 $key2
  both katt "$D" verify-attestation --type slsaprovenance1 $by_other
  both kbundle "$D" verify-attestation --type slsaprovenance1 $by_other
  both bundle "$D" verify-attestation --type $type $key1; both bundle "$D" verify-attestation --type $type $key2
  both kbundle "$D" verify-attestation --type $type $by
} > verdicts.jsonl
echo ready
wait
