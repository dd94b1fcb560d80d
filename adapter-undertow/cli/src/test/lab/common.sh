# Read by the scripts of both labs: the functions that they share. `out` is the folder of the lab.
export COSIGN_PASSWORD='' COSIGN_YES=true
cosign2() { command "${COSIGN2:-/usr/bin/cosign}" "$@"; } # Debian's, also where cosign 3 comes first on the PATH
pids=()
trap 'kill "${pids[@]}" 2> /dev/null || true' EXIT
trap 'exit 0' TERM INT

start() { # NAME COMMAND...
  "${@:2}" > "$1.log" 2>&1 &
  pids+=($!)
}

start_docker_registry() { # HOST:PORT
  printf 'version: 0.1\nstorage: {filesystem: {rootdirectory: %s/docker-registry}}\nhttp: {addr: %s}\n' "$out" "$1" \
    > docker-registry.yml
  start docker-registry docker-registry serve docker-registry.yml
}

await() { # COMMAND... that succeeds within two minutes
  for _ in $(seq 1 1200); do "$@" > /dev/null 2>&1 && return; sleep 0.1; done
  echo "not ready: $*" >&2
  tail -n 3 ./*.log >&2
  exit 1
}

push() { # single|multi HOST REPOSITORY...
  local repository
  for repository in "${@:3}"; do
    skopeo copy -q --all --dest-tls-verify=false "oci:image:$1" "docker://$2/acme/$repository:1.0.0"
  done
}

digest() { # single|multi
  skopeo inspect --raw "oci:image:$1" | sha256sum | sed 's/^\([0-9a-f]*\).*/sha256:\1/'
}

# What a program says of an image, by its exit status, as a line of JSON. `--` ends the flags that a policy has to express, too;
# the others only say where the program finds its roots.
said() { # PROGRAM IMAGE COMMAND FLAGS... [-- FLAGS...]
  local program=$1 image=$2 command=$3 verdict=verified why='' flags=() more=()
  shift 3
  while [ $# -gt 0 ] && [ "$1" != -- ]; do flags+=("$1"); shift; done
  [ $# = 0 ] || more=("${@:2}")
  why=$("$program" "$command" "${more[@]}" "${flags[@]}" "$image" 2>&1) || verdict=refused
  [ $verdict = refused ] || why=''
  why=$(grep -m1 -o 'Error: .*' <<< "$why" | cut -c1-300 || true)
  jq -cn --arg program "$program" --arg image "$image" --arg command "$command" --arg flags "${flags[*]}" \
    --arg verdict $verdict --arg why "$why" '$ARGS.named'
}
