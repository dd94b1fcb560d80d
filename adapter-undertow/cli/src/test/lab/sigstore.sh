#!/usr/bin/env bash
# A sigstore on loopback, made of the real servers: Fulcio, TesseraCT (certificate log), Rekor 2 and timestamp-authority.
#
#   sigstore.sh FOLDER PORT     uses ten ports from PORT on, and 2112 for metrics; stays until SIGTERM
#
# PATH has fulcio, tesseract-posix, rekor-server-posix, timestamp-server and cosign 3; NODE_PATH has npm's jose.
# FOLDER/trusted-root.json is for those who verify. Those who sign use signing-config.json, signing-log.json (Rekor and
# timestamps without Fulcio, for keys) or signing-none.json. http://127.0.0.1:PORT/token gives an identity token as GitHub
# Actions does; query parameters replace its claims.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
p=$2
mkdir -p "$1" && cd "$1"
pids=()
trap 'kill "${pids[@]}" 2> /dev/null || true' EXIT
trap 'exit 0' TERM INT
oidc=http://127.0.0.1:$p ct=127.0.0.1:$((p + 1)) fulcio=http://127.0.0.1:$((p + 2)) rekor=http://127.0.0.1:$((p + 5))
tsa=http://127.0.0.1:$((p + 8))/api/v1/timestamp

start() { # NAME COMMAND...
  "${@:2}" > "$1.log" 2>&1 &
  pids+=($!)
}

start oidc node "$here/github-oidc.js" "$p"

openssl ecparam -name prime256v1 -genkey -noout -out ct.key
openssl ec -in ct.key -pubout -out ctfe.pub 2> /dev/null
openssl genpkey -algorithm ed25519 -out rekor.key
openssl pkey -in rekor.key -pubout -out rekor.pub
openssl ecparam -name secp384r1 -genkey -noout | openssl pkcs8 -topk8 -v2 aes256 -passout pass:lab -out ca.key
openssl req -x509 -new -key ca.key -passin pass:lab -sha384 -days 3650 -subj "/O=lab/CN=fulcio" \
  -addext basicConstraints=critical,CA:TRUE,pathlen:0 -addext keyUsage=critical,keyCertSign,cRLSign \
  -addext extendedKeyUsage=codeSigning -out fulcio-root.pem
openssl ecparam -name secp384r1 -genkey -noout -out tsa-root.key
openssl req -x509 -new -key tsa-root.key -sha384 -days 3650 -subj "/O=lab/CN=tsa root" \
  -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign -out tsa-root.pem
openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -v2 aes256 -passout pass:lab -out tsa.key
openssl req -new -key tsa.key -passin pass:lab -subj "/O=lab/CN=tsa" -out tsa.csr
cat > tsa.cnf <<'X'
basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=critical,timeStamping
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
X
openssl x509 -req -in tsa.csr -CA tsa-root.pem -CAkey tsa-root.key -CAcreateserial -days 3000 -sha384 -out tsa.pem \
  -extfile tsa.cnf 2> /dev/null
cat tsa.pem tsa-root.pem > tsa-chain.pem
cat > fulcio.yaml <<Y
oidc-issuers:
  $oidc: {issuer-url: "$oidc", client-id: sigstore, type: github-workflow}
Y
for i in $(seq 1 1200); do curl -sf "$oidc/keys" > /dev/null && break; sleep 0.1; done

start ct tesseract-posix --private_key ct.key --origin ct.lab --http_endpoint "$ct" --roots_pem_file fulcio-root.pem \
  --storage_dir ctlog
start fulcio fulcio serve --ca fileca --fileca-cert fulcio-root.pem --fileca-key ca.key --fileca-key-passwd lab \
  --fileca-watch=false --ct-log-url "http://$ct" --ct-log-public-key-path ctfe.pub --ct-log-origin ct.lab \
  --config-path fulcio.yaml --host 127.0.0.1 --port $((p + 2)) --grpc-host 127.0.0.1 --grpc-port $((p + 3)) \
  --metrics-port $((p + 4)) --legacy-unix-domain-socket "@fulcio-lab-$p"
start rekor rekor-server-posix serve --storage-dir rekor --signer-filepath rekor.key --hostname rekor.lab \
  --http-port $((p + 5)) --grpc-port $((p + 6)) --http-metrics-port $((p + 7)) --checkpoint-interval 1s \
  --batch-max-age 200ms
start tsa timestamp-server serve --host 127.0.0.1 --port $((p + 8)) --scheme http --timestamp-signer file \
  --file-signer-key-path tsa.key --file-signer-passwd lab --certificate-chain-path tsa-chain.pem --disable-ntp-monitoring
for i in $(seq 1 1200); do
  curl -sf "$tsa/certchain" > /dev/null && curl -sf "$fulcio/api/v2/trustBundle" > /dev/null && break
  sleep 0.1
done
for name in oidc ct fulcio rekor tsa; do
  if grep -iE -m1 'fatal|address already in use' "$name.log" >&2; then
    echo "$name did not start" >&2
    exit 1
  fi
done

from=$(date -u +%Y-%m-%dT00:00:00Z)
# Logs are named as on their checkpoints, not by the addresses they listen on.
cosign trusted-root create --out trusted-root.json \
  --fulcio "url=https://fulcio.lab,certificate-chain=fulcio-root.pem,start-time=$from" \
  --ctfe "url=https://ct.lab,public-key=ctfe.pub,start-time=$from,origin=ct.lab" \
  --rekor "url=https://rekor.lab,public-key=rekor.pub,start-time=$from,origin=rekor.lab" \
  --tsa "url=https://tsa.lab/api/v1/timestamp,certificate-chain=tsa-chain.pem,start-time=$from"
made="start-time=$from,operator=lab"
log=(--rekor "url=$rekor,api-version=2,$made" --rekor-config ANY --tsa "url=$tsa,api-version=1,$made" --tsa-config ANY)
cosign signing-config create --fulcio "url=$fulcio,api-version=1,$made" "${log[@]}" --out signing-config.json
cosign signing-config create "${log[@]}" --out signing-log.json
cosign signing-config create --out signing-none.json
echo ready
wait
