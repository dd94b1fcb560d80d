#!/usr/bin/env bash
# Images that cosign 3 signed in each of its ways, in docker-registry (no referrers API) and zot (referrers API), with the
# sigstore of sigstore.sh; all on loopback.
#
#   cosign3.sh FOLDER PORT     sigstore at ten ports from PORT on, docker-registry at PORT+10, zot at PORT+11; until SIGTERM
#
# Needs what sigstore.sh needs, and docker-registry, zot, notation, skopeo, jq, curl, openssl and python3. FOLDER/verdicts.jsonl is
# what cosign 3 said of each image, and Debian's cosign 2 of those in the form that it can read. notation.sh runs beside.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
port=$2
mkdir -p "$1/keys" && cd "$1" && out=$PWD
. "$here/common.sh"
cosign3() { command cosign "$@"; }
A=127.0.0.1:$((port + 10)) B=127.0.0.1:$((port + 11))

start sigstore bash "$here/sigstore.sh" sigstore "$port"
start_docker_registry "$A"
cat > zot.json <<Z
{"distSpecVersion": "1.1.1", "storage": {"rootDirectory": "$out/zot", "gc": false},
 "http": {"address": "127.0.0.1", "port": "$((port + 11))"}, "log": {"level": "warn", "output": "$out/zot.log"}}
Z
start zot-output zot serve zot.json
python3 "$here/make-image.py" image

for n in 1 2; do (cd keys && cosign3 generate-key-pair --output-key-prefix $n > /dev/null 2>&1); done
import() { # NAME, options of openssl genpkey
  openssl genpkey "${@:2}" -out "keys/$1.pem" 2> /dev/null
  (cd keys && cosign3 import-key-pair --key "$1.pem" --output-key-prefix "$1" > /dev/null 2>&1)
  openssl pkey -in "keys/$1.pem" -pubout -out "keys/$1.pub"
}
import rsa -algorithm RSA -pkeyopt rsa_keygen_bits:3072
import ed25519 -algorithm ED25519
import p384 -algorithm EC -pkeyopt ec_paramgen_curve:P-384
# A certificate authority of one's own.
import ca -algorithm EC -pkeyopt ec_paramgen_curve:P-256
import leaf -algorithm EC -pkeyopt ec_paramgen_curve:P-256
openssl req -x509 -new -key keys/ca.pem -out keys/ca.crt -days 3650 -subj "/O=acme/CN=acme root" \
  -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign
cat > leaf.cnf <<'X'
basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=codeSigning
subjectAltName=email:release@acme.example
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
X
openssl req -new -key keys/leaf.pem -subj "/O=acme/CN=release" |
  openssl x509 -req -CA keys/ca.crt -CAkey keys/ca.pem -CAcreateserial -days 3000 -out keys/leaf.crt -extfile leaf.cnf \
    2> /dev/null
from=$(date -u +%Y-%m-%dT00:00:00Z)
cosign3 trusted-root create --out keys/ca-root.json \
  --fulcio "url=https://ca.acme.example,certificate-chain=keys/ca.crt,start-time=$from"

workflow=https://github.com/acme/api/.github/workflows/release.yml@refs/tags/v1.0.0
echo "predicate: runDetails: builder: id: \"$workflow\"" > builder.cue
echo 'predicate: runDetails: builder: id: "https://other.example"' > other-builder.cue

time=$(date -u +%Y-%m-%dT%H:%M:%SZ)
cat > slsa.json <<'J'
{"buildDefinition": {"buildType": "https://actions.github.io/buildtypes/workflow/v1", "externalParameters": {"workflow":
  {"ref": "refs/tags/v1.0.0", "repository": "https://github.com/acme/api", "path": ".github/workflows/release.yml"}}},
 "runDetails": {"builder": {"id": "https://github.com/acme/api/.github/workflows/release.yml@refs/tags/v1.0.0"}}}
J
cat > vuln.json <<J
{"scanner": {"uri": "pkg:example/scanner", "version": "1.0", "db": {"uri": "", "version": ""},
  "result": {"critical": 0, "high": 1}}, "metadata": {"scanStartedOn": "$time", "scanFinishedOn": "$time"}}
J
cat > sbom.json <<'J'
{"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": [
  {"type": "library", "name": "jackson-databind", "version": "2.20.0"}]}
J
cat > vex.json <<J
{"@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://acme.example/vex/1", "author": "acme", "timestamp": "$time",
 "version": 1, "statements": [{"vulnerability": {"name": "CVE-2026-0001"}, "products": [{"@id": "pkg:oci/api"}],
  "status": "not_affected", "justification": "vulnerable_code_not_in_execute_path"}]}
J
cat > vsa.json <<J
{"verifier": {"id": "https://acme.example/verifier"}, "timeVerified": "$time", "resourceUri": "acme/api", "slsaVersion": "1.1",
 "policy": {"uri": "https://acme.example/policy/1"}, "verificationResult": "PASSED", "verifiedLevels": ["SLSA_BUILD_LEVEL_3"]}
J

await grep -q ready sigstore.log
cp sigstore/trusted-root.json .
for host in $A $B; do await curl -sf "http://$host/v2/"; done
root=(--trusted-root trusted-root.json)
none=("${root[@]}" --signing-config sigstore/signing-none.json)
log=("${root[@]}" --signing-config sigstore/signing-log.json)
old=(--new-bundle-format=false --use-signing-config=false --tlog-upload=false)
certificate=(--key keys/leaf.key --certificate keys/leaf.crt --certificate-chain keys/ca.crt)
own=(--trusted-root keys/ca-root.json --signing-config sigstore/signing-none.json)
token() { curl -sf "http://127.0.0.1:$port/token$1"; }
other=acme/other/.github/workflows/release.yml@refs/heads/main
other_token=$(token "?repository=acme/other&sub=repo:acme/other:ref:refs/heads/main&job_workflow_ref=$other&workflow_ref=$other")
full=("${root[@]}" --signing-config sigstore/signing-config.json)
me=(--identity-token "$(token '')" "${full[@]}")
D=$(digest single) I=$(digest multi)

sign_all() { # HOST
  local a=$1/acme k t
  push single "$1" none key keylog two annotated rsa p384 certificate old old-certificate keyless keyless-other keyless-key \
    attested keyless-attested copied
  push multi "$1" index index-only
  cosign3 sign --key keys/1.key "${none[@]}" "$a/key@$D"
  cosign3 sign --key keys/1.key "${log[@]}" "$a/keylog@$D"
  for k in 1 2 1; do cosign3 sign --key keys/$k.key "${none[@]}" "$a/two@$D"; done
  cosign3 sign --key keys/1.key "${none[@]}" -a team=payments -a release=1.0.0 "$a/annotated@$D"
  # cosign 3 cannot make a bundle with an Ed25519 key.
  for k in rsa p384; do cosign3 sign --key keys/$k.key "${none[@]}" "$a/$k@$D"; done
  for k in 1 ed25519 p384; do cosign3 sign --key keys/$k.key "${old[@]}" "$a/old@$D"; done
  # As a mirror does: the payload still names acme/old.
  local tag=sha256-${D#sha256:}.sig
  skopeo copy -q --src-tls-verify=false --dest-tls-verify=false "docker://$a/old:$tag" "docker://$a/copied:$tag"
  cosign3 sign "${certificate[@]}" "${own[@]}" "$a/certificate@$D"
  cosign3 sign "${certificate[@]}" "${old[@]}" "$a/old-certificate@$D"
  cosign3 sign "${me[@]}" "$a/keyless@$D"
  cosign3 sign --identity-token "$other_token" "${full[@]}" "$a/keyless-other@$D"
  cosign3 sign "${me[@]}" "$a/keyless-key@$D"
  cosign3 sign --key keys/1.key "${none[@]}" "$a/keyless-key@$D"
  cosign3 sign --key keys/1.key "${none[@]}" -r "$a/index@$I"
  cosign3 sign --key keys/1.key "${none[@]}" "$a/index-only@$I"
  for t in slsaprovenance1:slsa vuln:vuln cyclonedx:sbom openvex:vex https://slsa.dev/verification_summary/v1:vsa; do
    cosign3 attest --key keys/1.key "${none[@]}" --type "${t%:*}" --predicate "${t##*:}.json" "$a/attested@$D"
    cosign3 attest "${me[@]}" --type "${t%:*}" --predicate "${t##*:}.json" "$a/keyless-attested@$D"
  done
}

key() { echo "--key keys/$1.pub --insecure-ignore-tlog=true"; }
by="--certificate-identity $workflow --certificate-oidc-issuer http://127.0.0.1:$port"
by_own='--insecure-ignore-sct=true --certificate-identity release@acme.example --certificate-oidc-issuer-regexp .*'

ask_all() { # HOST
  local a=$1/acme k t
  set -f # a flag holds .*
  ask() { said cosign3 "$a/$1@$D" "${@:2}" -- "${root[@]}"; }
  asks() { local flags; for flags in "${@:3}"; do ask "$1" "$2" $flags; done; }
  asks none verify "$(key 1)" "$by"
  asks key verify "$(key 1)" '--key keys/1.pub' "$(key 2)" "$by"
  asks keylog verify "$(key 1)" '--key keys/1.pub' '--key keys/1.pub --use-signed-timestamps'
  asks two verify "$(key 1)" "$(key 2)"
  asks annotated verify "$(key 1)" "$(key 1) -a team=payments" "$(key 1) -a team=web"
  asks rsa verify "$(key rsa)"
  asks p384 verify "$(key p384)" "$(key p384) --signature-digest-algorithm sha384"
  asks old verify "$(key 1)" "$(key ed25519)" "$(key p384)"
  asks copied verify "$(key 1)"
  said cosign3 "$a/certificate@$D" verify --insecure-ignore-tlog=true $by_own -- --trusted-root keys/ca-root.json
  said cosign3 "$a/old-certificate@$D" verify --private-infrastructure $by_own -- --ca-roots keys/ca.crt
  asks keyless verify "$by" "$by --use-signed-timestamps" "$(key 1)" \
    "$by --certificate-github-workflow-repository acme/api" "$by --certificate-github-workflow-repository acme/other" \
    "--certificate-identity $workflow --certificate-oidc-issuer https://token.actions.githubusercontent.com" \
    "--certificate-identity-regexp https://github.com/acme/.* --certificate-oidc-issuer http://127.0.0.1:$port"
  asks keyless-other verify "$by"
  asks keyless-key verify "$by" "$(key 1)"
  for k in index index-only; do
    asks $k verify "$(key 1)"
    said cosign3 "$a/$k@$I" verify $(key 1) -- "${root[@]}"
  done
  asks attested verify "$(key 1)"
  asks keyless-attested verify "$by"
  for t in slsaprovenance1 vuln cyclonedx openvex https://slsa.dev/verification_summary/v1 spdx; do
    asks attested verify-attestation "--type $t $(key 1)" "--type $t $(key 2)"
    asks keyless-attested verify-attestation "--type $t $by"
  done
  asks keyless-attested verify-attestation "--type slsaprovenance1 ${by/api/other}"
  for k in builder.cue other-builder.cue; do
    asks attested verify-attestation "--type slsaprovenance1 --policy $k $(key 1)"
    asks keyless-attested verify-attestation "--type slsaprovenance1 --policy $k $by"
  done
  asks key verify-attestation "--type slsaprovenance1 $(key 1)" "--type https://sigstore.dev/cosign/sign/v1 $(key 1)"
  [ -x "${COSIGN2:-/usr/bin/cosign}" ] || return 0
  for k in 1 2 ed25519 p384; do said cosign2 "$a/old@$D" verify $(key $k) -- --offline; done
  said cosign2 "$a/copied@$D" verify $(key 1) -- --offline
  said cosign2 "$a/old-certificate@$D" verify --private-infrastructure $by_own -- --ca-roots keys/ca.crt
}

bash "$here/notation.sh" "$out" "http://127.0.0.1:$((port + 8))/api/v1/timestamp" "$A" "$B" > notation.log 2>&1 &
work=($!)
for host in $A $B; do
  { sign_all "$host" > "sign-$host.log" 2>&1; ask_all "$host" > "verdicts-$host.jsonl"; } &
  work+=($!)
done
for pid in "${work[@]}"; do wait "$pid" || { tail -n 3 sign-*.log notation.log notation/sign.log >&2; exit 1; }; done
cat verdicts-*.jsonl > verdicts.jsonl
echo ready
wait
