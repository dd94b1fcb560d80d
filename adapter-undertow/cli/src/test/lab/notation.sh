#!/usr/bin/env bash
# Images that notation signed, in the registries of cosign3.sh, which runs this.
#
#   notation.sh FOLDER URL HOST...     the folder of that lab, its timestamp authority and its registries; ends when done
#
# FOLDER/notation has the authorities (ca.pem, tsa-root.pem) and verdicts.jsonl: what notation said under a trust policy of the
# level strict, for the identity C=DE, ST=BE, O=acme, CN=acme.example.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tsa=$2 hosts=("${@:3}")
cd "$1" && out=$PWD
. "$here/common.sh"
mkdir -p notation
export XDG_CONFIG_HOME=$out/notation/config
config=$XDG_CONFIG_HOME/notation
mkdir -p "$config/truststore/x509/ca/acme" "$config/truststore/x509/tsa/lab"

key() { # NAME, options of openssl genpkey
  openssl genpkey "${@:2}" -out "notation/$1.key" 2> /dev/null
}
ca() { # NAME ORGANISATION
  key "$1" -algorithm EC -pkeyopt ec_paramgen_curve:P-384
  openssl req -x509 -new -key "notation/$1.key" -out "notation/$1.pem" -days 3650 -subj "/C=DE/ST=BE/O=$2/CN=$2 root" \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign
}
issue() { # NAME ISSUER SUBJECT EXTENSION... writes NAME.pem
  printf '%s\n' "${@:4}" subjectKeyIdentifier=hash authorityKeyIdentifier=keyid > "notation/$1.cnf"
  openssl req -new -key "notation/$1.key" -subj "$3" |
    openssl x509 -req -CA "notation/$2.pem" -CAkey "notation/$2.key" -CAcreateserial -days 3600 -out "notation/$1.pem" \
      -extfile "notation/$1.cnf" 2> /dev/null
}
leaf() { # NAME ORGANISATION COMMON_NAME ISSUER... up to the root
  issue "$1" "$4" "/C=DE/ST=BE/O=$2/OU=release/CN=$3" basicConstraints=critical,CA:FALSE \
    keyUsage=critical,digitalSignature extendedKeyUsage=codeSigning
  local name
  for name in "$1" "${@:4}"; do cat "notation/$name.pem"; done > "notation/$1.crt"
}

ca ca acme
ca other-ca other
key intermediate -algorithm EC -pkeyopt ec_paramgen_curve:P-256
issue intermediate ca '/C=DE/ST=BE/O=acme/CN=acme intermediate' basicConstraints=critical,CA:TRUE,pathlen:0 \
  keyUsage=critical,keyCertSign,cRLSign
for name in ec other stranger; do key $name -algorithm EC -pkeyopt ec_paramgen_curve:P-256; done
key chained -algorithm EC -pkeyopt ec_paramgen_curve:P-384
key p521 -algorithm EC -pkeyopt ec_paramgen_curve:P-521
key rsa -algorithm RSA -pkeyopt rsa_keygen_bits:3072
for name in ec rsa p521; do leaf $name acme acme.example ca; done
leaf chained acme acme.example intermediate ca
leaf other other acme.example other-ca
leaf stranger acme stranger.example ca
cp sigstore/tsa-root.pem notation
cp notation/ca.pem "$config/truststore/x509/ca/acme"
cp notation/tsa-root.pem "$config/truststore/x509/tsa/lab"
for name in ec rsa p521 chained other stranger; do
  jq -n --arg name $name --arg path "$out/notation/$name" \
    '{$name, keyPath: ($path + ".key"), certPath: ($path + ".crt")}'
done | jq -s '{default: "ec", keys: .}' > "$config/signingkeys.json"
cat > "$config/trustpolicy.json" <<'J'
{"version": "1.0", "trustPolicies": [{"name": "acme", "registryScopes": ["*"],
  "signatureVerification": {"level": "strict", "verifyTimestamp": "afterCertExpiry"},
  "trustStores": ["ca:acme", "tsa:lab"], "trustedIdentities": ["x509.subject: C=DE, ST=BE, O=acme, CN=acme.example"]}]}
J
chmod 600 "$config"/*.json

D=$(digest single) I=$(digest multi)
sign() { # REPOSITORY FLAGS...
  local reference=$D
  [ "$1" != index ] || reference=$I
  notation sign --insecure-registry "${@:2}" "$host/acme/notation-$1@$reference"
}
cose='--signature-format cose' stamp="--timestamp-url $tsa --timestamp-root-cert notation/tsa-root.pem"
sign_all() {
  push single "$host" notation-{jws,cose,rsa-jws,rsa-cose,p521-jws,p521-cose,chained,timestamped,metadata} \
    notation-{two,other,stranger,both,none}
  push multi "$host" notation-index
  sign jws
  sign cose $cose
  for k in rsa p521; do
    sign $k-jws -k $k
    sign $k-cose -k $k $cose
  done
  sign chained -k chained
  sign timestamped $stamp
  sign timestamped $cose $stamp
  sign metadata -m release=1.0.0
  sign two -k other
  sign two
  sign other -k other
  sign stranger -k stranger
  sign both -k chained --force-referrers-tag=false
  sign index
}

ask() { # REPOSITORY DIGEST FLAGS...
  said notation "$host/acme/notation-$1@$2" verify "${@:3}" -- --insecure-registry
}
ask_all() {
  local r
  for r in jws cose rsa-jws rsa-cose p521-jws p521-cose chained timestamped metadata two other stranger both none index; do
    ask $r "$D"
  done
  ask index "$I"
  ask metadata "$D" -m release=1.0.0
  ask metadata "$D" -m release=2.0.0
}

for host in "${hosts[@]}"; do
  push single "$host" notation-expiring
  sign expiring --expiry 1m
done > notation/sign.log 2>&1
signed=$(date +%s)
for host in "${hosts[@]}"; do sign_all; done >> notation/sign.log 2>&1
for host in "${hosts[@]}"; do ask_all; done > notation/verdicts.jsonl
left=$((signed + 61 - $(date +%s)))
[ $left -le 0 ] || sleep $left
for host in "${hosts[@]}"; do ask expiring "$D"; done >> notation/verdicts.jsonl
