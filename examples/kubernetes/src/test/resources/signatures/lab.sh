#!/usr/bin/env bash
# lab.sh FOLDER STORAGE SIGSTORE PORT: the registry of the cluster for readers with a password (reader, secret-of-reader), at
# 198.18.88.1:5001, and the sigstore of that script; stays until SIGTERM.
set -euo pipefail
mkdir -p "$1/sigstore" && cd "$1"
pids=()
trap 'kill "${pids[@]}" 2> /dev/null || true' EXIT
trap 'exit 0' TERM INT
# The password's bcrypt hash.
echo 'reader:$2y$05$abcdefghijklmnopqrstuuAU5pSWTBWOeCDS9D2TkA1uF8dR/16xy' > htpasswd
cat > registry.yml <<Y
version: 0.1
storage: {filesystem: {rootdirectory: $2}}
http: {addr: "198.18.88.1:5001"}
auth: {htpasswd: {realm: lab, path: $PWD/htpasswd}}
Y
docker-registry serve registry.yml > registry.log 2>&1 &
pids+=($!)
bash "$3" "$PWD/sigstore" "$4" > sigstore.log 2>&1 &
pids+=($!)
for _ in $(seq 1 3000); do
  grep -q ready sigstore.log && curl -s http://198.18.88.1:5001/v2/ > /dev/null && break
  kill -0 "${pids[@]}" || { tail -n 5 registry.log sigstore.log; exit 1; }
  sleep 0.1
done
echo ready
wait
