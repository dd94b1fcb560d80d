# In the folder of the example, with the programs of the cluster: two pairs of keys, images, and their signatures.
export COSIGN_PASSWORD='' COSIGN_YES=true
host=127.0.0.1:5000
for pair in first second; do
  cosign generate-key-pair --output-key-prefix $pair
done
for name in acme/first acme/second acme/unsigned built/here built/elsewhere built/unknown ci/api; do
  skopeo copy -q --src-tls-verify=false --dest-tls-verify=false "docker://$host/app:1" "docker://$host/$name:1"
done
digest=$(skopeo inspect --tls-verify=false --format '{{.Digest}}' "docker://$host/app:1")
cosign signing-config create --out no-services.json
quiet=(--signing-config no-services.json)
cosign sign --key first.key "${quiet[@]}" "$host/acme/first@$digest"
cosign sign --key second.key "${quiet[@]}" "$host/acme/second@$digest"
for builder in here:builder elsewhere:other; do
  cat > slsa.json <<J
{"buildDefinition": {"buildType": "https://builder.example/type", "externalParameters": {}},
 "runDetails": {"builder": {"id": "https://${builder#*:}.example/1"}}}
J
  cosign attest --key first.key "${quiet[@]}" --type slsaprovenance1 --predicate slsa.json \
    "$host/built/${builder%:*}@$digest"
done
cosign sign --identity-token "$(curl -sf "$ISSUER/token")" --trusted-root "$SIGSTORE/trusted-root.json" \
  --signing-config "$SIGSTORE/signing-config.json" "$host/ci/api@$digest"
